//! Texts of the list: its menu, its selection, what it asks.

use super::english::count;
use crate::ui::format::thousands;

/// All of one language.
#[derive(Debug)]
pub(crate) struct RowsWords {
    /// What a screen reader calls the list.
    pub(crate) list: &'static str,
    /// Name and state of a row, for a screen reader.
    pub(crate) item: fn(&str, &str) -> String,
    /// The button that opens a row's menu.
    pub(crate) more: &'static str,
    /// What a screen reader calls the menu of a row.
    pub(crate) menu_of: fn(&str) -> String,
    pub(crate) copy_as: &'static str,
    pub(crate) show_in_folder: &'static str,
    pub(crate) send_again: &'static str,
    pub(crate) nothing_to_copy: &'static str,
    // Where an object exists already, and the person is asked
    pub(crate) asks: &'static str,
    pub(crate) asking: fn(usize) -> String,
    pub(crate) asking_strip: fn(usize) -> String,
    pub(crate) skip: &'static str,
    pub(crate) replace_all: &'static str,
    pub(crate) skip_all: &'static str,
    /// Beside a stage that a person need do nothing about.
    pub(crate) goes_on_by_itself: &'static str,
    pub(crate) cancel_title: fn(usize) -> String,
    pub(crate) cancel_explained: fn(&str) -> String,
    pub(crate) cancel_unsent: &'static str,
    pub(crate) cancel_uploads: fn(usize) -> String,
}

pub(super) const ENGLISH: RowsWords = RowsWords {
    list: "Uploads",
    item: |name, state| format!("{name}, {state}"),
    more: "More",
    menu_of: |name| format!("What to do with {name}"),
    copy_as: "Copy as",
    show_in_folder: "Show in folder",
    send_again: "Upload again",
    nothing_to_copy: "What is selected has no link yet",
    asks: "Exists already",
    asking: |number| count(number, "waits for your answer", "wait for your answer"),
    asking_strip: |number| count(number, "file exists already", "files exist already"),
    skip: "Skip",
    replace_all: "Replace all",
    skip_all: "Skip all",
    goes_on_by_itself: "Uploads go on by themselves when it is back",
    cancel_title: |number| format!("Cancel {}?", count(number, "upload", "uploads")),
    cancel_explained: |size| format!("{size} already sent would have to be sent again"),
    cancel_unsent: "Nothing has been sent yet",
    cancel_uploads: |number| {
        if number == 1 {
            "Cancel upload".to_owned()
        } else {
            "Cancel uploads".to_owned()
        }
    },
};

pub(super) const KOREAN: RowsWords = RowsWords {
    list: "업로드 목록",
    item: |name, state| format!("{name}, {state}"),
    more: "더 보기",
    menu_of: |name| format!("{name} 메뉴"),
    copy_as: "복사 형식",
    show_in_folder: "폴더에서 보기",
    send_again: "다시 업로드",
    nothing_to_copy: "선택한 항목에는 아직 링크가 없습니다",
    asks: "이미 있음",
    asking: |number| format!("{}개 선택 대기", thousands(number)),
    asking_strip: |number| format!("파일 {}개가 이미 있습니다", thousands(number)),
    skip: "건너뛰기",
    replace_all: "모두 덮어쓰기",
    skip_all: "모두 건너뛰기",
    goes_on_by_itself: "연결되면 자동으로 이어서 올립니다",
    cancel_title: |number| format!("업로드 {}개를 취소할까요?", thousands(number)),
    cancel_explained: |size| format!("이미 {size}를 보냈으며, 취소하면 처음부터 다시 보내야 합니다"),
    cancel_unsent: "아직 보낸 내용은 없습니다",
    cancel_uploads: |number| format!("업로드 {}개 취소", thousands(number)),
};
