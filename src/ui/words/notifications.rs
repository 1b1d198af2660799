//! Texts of notifications: they stand on their own, beside those of other programs.

use super::english::count;
use crate::ui::format::thousands;

/// All of one language.
#[derive(Debug)]
pub(crate) struct NotificationWords {
    pub(crate) done: fn(usize) -> String,
    pub(crate) failed: fn(usize) -> String,
    pub(crate) done_and_failed: fn(usize, usize) -> String,
    pub(crate) failed_are: fn(&str) -> String,
    pub(crate) asking_are: fn(&str) -> String,
    pub(crate) show: &'static str,
}

pub(super) const ENGLISH: NotificationWords = NotificationWords {
    done: |number| format!("{} in S3", count(number, "file is", "files are")),
    failed: |number| format!("{} failed", count(number, "upload", "uploads")),
    done_and_failed: |done, failed| {
        let done = (ENGLISH.done)(done);
        format!("{done}, {} failed", thousands(failed))
    },
    failed_are: |names| format!("Failed: {names}"),
    asking_are: |names| format!("Your answer is wanted: {names}"),
    show: "Show",
};

pub(super) const KOREAN: NotificationWords = NotificationWords {
    done: |number| format!("파일 {}개를 S3에 올렸습니다", thousands(number)),
    failed: |number| format!("파일 {}개를 올리지 못했습니다", thousands(number)),
    done_and_failed: |done, failed| {
        let (done, failed) = (thousands(done), thousands(failed));
        format!("파일 {done}개를 S3에 올렸고 {failed}개는 올리지 못했습니다")
    },
    failed_are: |names| format!("실패: {names}"),
    asking_are: |names| format!("선택 대기: {names}"),
    show: "보기",
};
