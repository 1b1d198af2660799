//! Korean particles, whose form follows the last sound of the word before them.

/// How a word ends when it is read aloud.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    Vowel,
    /// ㄹ: as a vowel for 로.
    Rieul,
    Consonant,
    /// Letters that are read in a way of their own (`work`, `media`).
    Unknown,
}

/// 으로 or 로: towards, into.
pub(super) fn to(word: &str) -> &'static str {
    match ending(word) {
        Ending::Vowel | Ending::Rieul => "로",
        Ending::Consonant => "으로",
        Ending::Unknown => "(으)로",
    }
}

/// 을 or 를: the object.
pub(super) fn object(word: &str) -> &'static str {
    pick(word, "을", "를", "을(를)")
}

/// 이 or 가: the subject.
pub(super) fn subject(word: &str) -> &'static str {
    pick(word, "이", "가", "이(가)")
}

/// 은 or 는: the topic.
pub(super) fn topic(word: &str) -> &'static str {
    pick(word, "은", "는", "은(는)")
}

fn pick(word: &str, after_consonant: &'static str, after_vowel: &'static str, either: &'static str) -> &'static str {
    match ending(word) {
        Ending::Vowel => after_vowel,
        Ending::Rieul | Ending::Consonant => after_consonant,
        Ending::Unknown => either,
    }
}

/// Of the last letter or digit: quotation marks and brackets are not read.
fn ending(word: &str) -> Ending {
    match word.chars().rev().find(|letter| letter.is_alphanumeric()) {
        // Syllables lie in the order of their final consonants: 27 of them, and none; ㄹ is the eighth.
        Some(syllable @ '가'..='힣') => match (u32::from(syllable) - u32::from('가')) % 28 {
            0 => Ending::Vowel,
            8 => Ending::Rieul,
            _ => Ending::Consonant,
        },
        // 이, 사, 오, 구.
        Some('2' | '4' | '5' | '9') => Ending::Vowel,
        // 일, 칠, 팔.
        Some('1' | '7' | '8') => Ending::Rieul,
        // 영, 삼, 육.
        Some('0' | '3' | '6') => Ending::Consonant,
        _ => Ending::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_particle_goes_by_the_last_syllable() {
        for (word, to_form, object_form, subject_form, topic_form) in [
            ("회사-자료", "로", "를", "가", "는"),
            ("사진", "으로", "을", "이", "은"),
            ("서울", "로", "을", "이", "은"),
            ("“사진”", "으로", "을", "이", "은"),
            ("자료(사진)", "으로", "을", "이", "은"),
        ] {
            assert_eq!(
                [to(word), object(word), subject(word), topic(word)],
                [to_form, object_form, subject_form, topic_form],
                "{word}"
            );
        }
    }

    #[test]
    fn digits_are_read_as_numbers() {
        let read: Vec<_> = ('0'..='9').map(|digit| to(&digit.to_string())).collect();
        assert_eq!(read, ["으로", "로", "로", "으로", "로", "로", "으로", "로", "로", "로"]);
        assert_eq!(object("us-east-1"), "을");
        assert_eq!(object("ap-northeast-2"), "를");
    }

    #[test]
    fn other_letters_get_both_forms() {
        for word in ["work", "media-assets", "資料", ""] {
            assert_eq!(
                [to(word), object(word), subject(word), topic(word)],
                ["(으)로", "을(를)", "이(가)", "은(는)"]
            );
        }
    }
}
