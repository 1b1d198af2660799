//! Texts of the settings page.

/// All of one language.
#[derive(Debug)]
pub(crate) struct SettingsWords {
    pub(crate) appearance: &'static str,
    pub(crate) theme_system: &'static str,
    pub(crate) theme_light: &'static str,
    pub(crate) theme_dark: &'static str,
    pub(crate) language: &'static str,
    pub(crate) language_system: &'static str,
    pub(crate) when_done: &'static str,
    pub(crate) copy_when_done: &'static str,
    pub(crate) copy_when_done_explained: &'static str,
}

pub(super) const ENGLISH: SettingsWords = SettingsWords {
    appearance: "Appearance",
    theme_system: "As the system",
    theme_light: "Light",
    theme_dark: "Dark",
    language: "Language",
    language_system: "As the system",
    when_done: "When uploads are done",
    copy_when_done: "Copy the URLs when all are done",
    copy_when_done_explained: "They replace what was on the clipboard",
};

pub(super) const KOREAN: SettingsWords = SettingsWords {
    appearance: "화면 모드",
    theme_system: "시스템 설정에 따름",
    theme_light: "밝게",
    theme_dark: "어둡게",
    language: "언어",
    language_system: "시스템 설정에 따름",
    when_done: "업로드가 끝나면",
    copy_when_done: "모두 끝나면 URL 복사",
    copy_when_done_explained: "클립보드에 있던 내용을 대신합니다",
};
