//! Texts about the formats in which links are copied.

use crate::ui::copy_text::{CopyTemplateError, WORDS};

/// All of one language.
#[derive(Debug)]
pub(crate) struct CopyingWords {
    /// The names of the formats.
    pub(crate) as_url: &'static str,
    pub(crate) as_markdown: &'static str,
    pub(crate) as_html: &'static str,
    pub(crate) as_template: &'static str,
    /// Why a text is no template.
    pub(crate) wrong_template: fn(&CopyTemplateError) -> String,
}

fn known_words() -> String {
    format!("{{{}}}", WORDS.join("} {"))
}

pub(super) const ENGLISH: CopyingWords = CopyingWords {
    as_url: "URL",
    as_markdown: "Markdown",
    as_html: "HTML",
    as_template: "Your template",
    wrong_template: |error| match error {
        CopyTemplateError::UnknownWord { word } => format!("There is no {{{word}}} here: use {}", known_words()),
        CopyTemplateError::LoneBrace => "A brace stands alone: write {{ or }} for a brace itself".to_owned(),
        CopyTemplateError::Empty => "Write what is to be copied, such as {name}: {url}".to_owned(),
    },
};

pub(super) const KOREAN: CopyingWords = CopyingWords {
    as_url: "URL",
    as_markdown: "Markdown",
    as_html: "HTML",
    as_template: "내 템플릿",
    wrong_template: |error| match error {
        CopyTemplateError::UnknownWord { word } => {
            format!("{{{word}}} 단어는 쓸 수 없습니다. {} 중에서 선택하세요", known_words())
        }
        CopyTemplateError::LoneBrace => "중괄호의 짝이 맞지 않습니다. 중괄호 자체는 {{ 또는 }}로 쓰세요".to_owned(),
        CopyTemplateError::Empty => "{name}: {url}처럼 복사할 내용을 입력하세요".to_owned(),
    },
};
