//! Texts of the history page.

use super::english::count;
use crate::ui::format::thousands;
use jiff::civil::{Date, Time, Weekday};

/// All of one language.
#[derive(Debug)]
pub(crate) struct HistoryWords {
    /// The page.
    pub(crate) page: &'static str,
    /// The list, to a screen reader.
    pub(crate) list: &'static str,
    pub(crate) search: &'static str,
    pub(crate) search_hint: &'static str,
    pub(crate) clear_search: &'static str,
    /// How many entries there are.
    pub(crate) uploads: fn(usize) -> String,
    /// How many were found.
    pub(crate) results: fn(usize) -> String,
    pub(crate) selected: fn(usize) -> String,
    pub(crate) today: &'static str,
    pub(crate) yesterday: &'static str,
    /// A day of this year.
    pub(crate) day: fn(Date) -> String,
    /// A day of another year.
    pub(crate) day_and_year: fn(Date) -> String,
    pub(crate) time: fn(Time) -> String,
    // Where there is nothing to show
    pub(crate) nothing_yet: &'static str,
    pub(crate) nothing_yet_hint: &'static str,
    pub(crate) nothing_found: fn(&str) -> String,
    pub(crate) nothing_found_hint: &'static str,
    // What can be done
    pub(crate) copy_urls: &'static str,
    pub(crate) nothing_to_copy: &'static str,
    /// Why an object cannot be deleted: an older Dropslot wrote the entry.
    pub(crate) cannot_delete: &'static str,
    pub(crate) forget: &'static str,
    pub(crate) forget_all: &'static str,
    pub(crate) forget_title: fn(usize) -> String,
    pub(crate) forget_all_title: &'static str,
    pub(crate) forget_explained: &'static str,
    pub(crate) forgotten: fn(usize) -> String,
    pub(crate) all_forgotten: &'static str,
}

pub(super) const ENGLISH: HistoryWords = HistoryWords {
    page: "History",
    list: "History",
    search: "Search the history",
    search_hint: "Search names, folders, keys and links",
    clear_search: "Clear the search",
    uploads: |number| count(number, "upload", "uploads"),
    results: |number| count(number, "result", "results"),
    selected: |number| format!("{} selected", thousands(number)),
    today: "Today",
    yesterday: "Yesterday",
    day: |date| {
        format!(
            "{}, {} {}",
            english_weekday(date.weekday()),
            english_month(date),
            date.day()
        )
    },
    day_and_year: |date| format!("{} {}, {}", english_month(date), date.day(), date.year()),
    time: |time| format!("{:02}:{:02}", time.hour(), time.minute()),
    nothing_yet: "No uploads yet",
    nothing_yet_hint: "What is uploaded is listed here, with its link, until you forget it",
    nothing_found: |text| format!("Nothing matches “{text}”"),
    nothing_found_hint: "Names, folders, object keys and links are searched",
    copy_urls: "Copy URLs",
    nothing_to_copy: "What is selected was deleted: there is no link to copy",
    cannot_delete: "Cannot be deleted from here: an older Dropslot did not note by which profile it was sent",
    forget: "Forget",
    forget_all: "Forget all…",
    forget_title: |number| format!("Forget {}?", count(number, "entry", "entries")),
    forget_all_title: "Forget the whole history?",
    forget_explained: "The entries and their links are taken off this computer. The objects stay in S3",
    forgotten: |number| match number {
        1 => "Forgotten".to_owned(),
        _ => format!("{} entries forgotten", thousands(number)),
    },
    all_forgotten: "The history is empty",
};

fn english_weekday(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

fn english_month(date: Date) -> &'static str {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let index = usize::try_from(date.month() - 1).unwrap_or_default();
    MONTHS.get(index).copied().unwrap_or_default()
}

pub(super) const KOREAN: HistoryWords = HistoryWords {
    page: "기록",
    list: "기록",
    search: "기록 검색",
    search_hint: "이름, 폴더, 키, 링크로 검색",
    clear_search: "검색어 지우기",
    uploads: |number| format!("업로드 {}개", thousands(number)),
    results: |number| format!("결과 {}개", thousands(number)),
    selected: |number| format!("{}개 선택됨", thousands(number)),
    today: "오늘",
    yesterday: "어제",
    day: |date| format!("{}월 {}일 {}", date.month(), date.day(), korean_weekday(date.weekday())),
    day_and_year: |date| format!("{}년 {}월 {}일", date.year(), date.month(), date.day()),
    time: |time| {
        let half = if time.hour() < 12 { "오전" } else { "오후" };
        let hour = match time.hour() % 12 {
            0 => 12,
            hour => hour,
        };
        format!("{half} {hour}:{:02}", time.minute())
    },
    nothing_yet: "아직 업로드가 없습니다",
    nothing_yet_hint: "업로드한 파일과 링크가 여기에 쌓입니다. 지우기 전까지 남아 있습니다",
    nothing_found: |text| format!("“{text}”에 맞는 결과가 없습니다"),
    nothing_found_hint: "이름, 폴더, 객체 키, 링크에서 찾습니다",
    copy_urls: "URL 복사",
    nothing_to_copy: "선택한 항목은 모두 삭제되어 복사할 링크가 없습니다",
    cannot_delete: "여기서는 삭제할 수 없습니다. 이전 버전의 Dropslot이 어떤 프로필로 보냈는지 남기지 않았습니다",
    forget: "기록에서 지우기",
    forget_all: "모두 지우기…",
    forget_title: |number| format!("기록 {}개를 지울까요?", thousands(number)),
    forget_all_title: "기록을 모두 지울까요?",
    forget_explained: "이 컴퓨터에 남은 항목과 링크를 지웁니다. S3에 있는 객체는 그대로 남습니다",
    forgotten: |number| format!("기록 {}개를 지웠습니다", thousands(number)),
    all_forgotten: "기록을 모두 지웠습니다",
};

fn korean_weekday(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "월요일",
        Weekday::Tuesday => "화요일",
        Weekday::Wednesday => "수요일",
        Weekday::Thursday => "목요일",
        Weekday::Friday => "금요일",
        Weekday::Saturday => "토요일",
        Weekday::Sunday => "일요일",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};

    #[test]
    fn dates_and_times_are_in_the_manner_of_the_language() {
        let day = date(2026, 11, 24);
        assert_eq!((ENGLISH.day)(day), "Tuesday, November 24");
        assert_eq!((ENGLISH.day_and_year)(day), "November 24, 2026");
        assert_eq!((KOREAN.day)(day), "11월 24일 화요일");
        assert_eq!((KOREAN.day_and_year)(day), "2026년 11월 24일");
        for (hour, english, korean) in [
            (0, "00:05", "오전 12:05"),
            (9, "09:05", "오전 9:05"),
            (12, "12:05", "오후 12:05"),
            (14, "14:05", "오후 2:05"),
        ] {
            let time = time(hour, 5, 0, 0);
            assert_eq!((ENGLISH.time)(time), english);
            assert_eq!((KOREAN.time)(time), korean);
        }
    }
}
