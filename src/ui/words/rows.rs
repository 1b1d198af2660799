//! Texts of the list: its menu, its selection, what it asks.

use super::english::count;

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
    cancel_title: |number| format!("업로드 {number}개를 취소할까요?"),
    cancel_explained: |size| format!("이미 {size}를 보냈으며, 취소하면 처음부터 다시 보내야 합니다"),
    cancel_unsent: "아직 보낸 내용은 없습니다",
    cancel_uploads: |number| format!("업로드 {number}개 취소"),
};
