//! Texts of folders that are watched.

use super::destination::{Explained, explained};

/// All of one language.
#[derive(Debug)]
pub(crate) struct WatchingWords {
    /// In the dialog of a destination.
    pub(crate) option: Explained,
    /// Where nothing is typed yet.
    pub(crate) hint: &'static str,
    /// The button that opens a dialog.
    pub(crate) choose: &'static str,
    /// What is sent and what is not, once a folder is named.
    pub(crate) promise: &'static str,
    pub(crate) no_path: &'static str,
    pub(crate) taken: fn(&str) -> String,
    // On the page of uploads
    pub(crate) watching: fn(&str, &str) -> String,
    pub(crate) paused: fn(&str, &str) -> String,
    pub(crate) pause: &'static str,
    pub(crate) pause_explained: &'static str,
    pub(crate) resume: &'static str,
}

pub(super) const ENGLISH: WatchingWords = WatchingWords {
    option: explained("Watch a folder", "What appears in it is uploaded, and its link copied"),
    hint: "For screenshots: /home/me/Pictures/Screenshots",
    choose: "Watch a folder…",
    promise: "From now on: what is in it already is not uploaded. A file goes when it has not changed for 2 seconds, and each \
              once; what appears while Dropslot is closed goes at the next start. Folders in it, links and hidden files stay",
    no_path: "Name the whole path of a folder, or choose one",
    taken: |name| format!("“{name}” watches this folder already"),
    watching: |folder, destination| format!("Watching {folder} → {destination}"),
    paused: |folder, destination| format!("Paused: {folder} → {destination}"),
    pause: "Pause",
    pause_explained: "What appears during the pause is not uploaded",
    resume: "Resume",
};

pub(super) const KOREAN: WatchingWords = WatchingWords {
    option: explained("폴더 지켜보기", "폴더에 새로 생기는 파일을 올리고 링크를 복사합니다"),
    hint: "스크린샷 폴더 예: /home/me/Pictures/Screenshots",
    choose: "지켜볼 폴더 선택…",
    promise: "지금 폴더에 있는 파일은 올리지 않습니다. 새 파일은 2초 동안 바뀌지 않으면 한 번만 올리고, Dropslot이 꺼져 있을 때 \
              생긴 파일은 다음에 시작할 때 올립니다. 하위 폴더, 링크, 숨김 파일은 올리지 않습니다",
    no_path: "폴더의 전체 경로를 입력하거나 폴더를 선택하세요",
    taken: |name| format!("이미 지켜보는 폴더입니다: “{name}”"),
    watching: |folder, destination| format!("지켜보는 중: {folder} → {destination}"),
    paused: |folder, destination| format!("일시 정지: {folder} → {destination}"),
    pause: "일시 정지",
    pause_explained: "일시 정지 중에 생긴 파일은 올리지 않습니다",
    resume: "다시 시작",
};
