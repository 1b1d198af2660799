//! Texts about parts uploads that nobody has finished.

use super::english::count;
use crate::ui::format::thousands;

/// All of one language.
#[derive(Debug)]
pub(crate) struct UnfinishedWords {
    pub(crate) heading: &'static str,
    pub(crate) explained: &'static str,
    pub(crate) nowhere: &'static str,
    pub(crate) look: &'static str,
    pub(crate) look_again: &'static str,
    pub(crate) looking: &'static str,
    pub(crate) none: &'static str,
    pub(crate) found: fn(usize) -> String,
    /// There are more than were read.
    pub(crate) found_at_least: fn(usize) -> String,
    pub(crate) started: fn(&str) -> String,
    pub(crate) started_between: fn(&str, &str) -> String,
    /// This computer goes on with them.
    pub(crate) resumable: fn(usize) -> String,
    pub(crate) discard: &'static str,
    pub(crate) title: fn(usize) -> String,
    pub(crate) warning: &'static str,
    pub(crate) with_resumable: &'static str,
    pub(crate) with_resumable_explained: fn(usize) -> String,
    pub(crate) discard_now: &'static str,
    pub(crate) discarding: &'static str,
    /// The toast.
    pub(crate) discarded: fn(usize) -> String,
}

pub(super) const ENGLISH: UnfinishedWords = UnfinishedWords {
    heading: "Unfinished uploads",
    explained: "Parts of large files that were sent and never put together: they cost money until they are discarded",
    nowhere: "Save a bucket as a destination, or choose one, to look there",
    look: "Look for them",
    look_again: "Look again",
    looking: "Looking",
    none: "None",
    found: |number| count(number, "unfinished upload", "unfinished uploads"),
    found_at_least: |number| format!("More than {} unfinished uploads", thousands(number)),
    started: |age| format!("started {age} ago"),
    started_between: |oldest, newest| format!("started {oldest} to {newest} ago"),
    resumable: |number| format!("{} can be resumed here", thousands(number)),
    discard: "Discard…",
    title: |number| format!("Discard {}?", count(number, "unfinished upload", "unfinished uploads")),
    warning: "Their parts are deleted from S3. Another computer may still be sending them: it would have to begin anew",
    with_resumable: "Also those that can be resumed here",
    with_resumable_explained: |number| {
        format!(
            "{} in this computer's list would begin anew",
            count(number, "upload", "uploads")
        )
    },
    discard_now: "Discard",
    discarding: "Discarding…",
    discarded: |number| format!("{} discarded", count(number, "unfinished upload", "unfinished uploads")),
};

pub(super) const KOREAN: UnfinishedWords = UnfinishedWords {
    heading: "끝나지 않은 업로드",
    explained: "큰 파일을 나누어 보내다가 합치지 못하고 남은 조각입니다. 버릴 때까지 비용이 듭니다",
    nowhere: "버킷을 위치로 저장하거나 선택하면 그곳을 찾아볼 수 있습니다",
    look: "찾아보기",
    look_again: "다시 찾아보기",
    looking: "찾는 중",
    none: "없음",
    found: |number| format!("끝나지 않은 업로드 {}개", thousands(number)),
    found_at_least: |number| format!("끝나지 않은 업로드 {}개 이상", thousands(number)),
    started: |age| format!("{age} 전에 시작"),
    started_between: |oldest, newest| format!("{oldest} 전부터 {newest} 전까지 시작"),
    resumable: |number| format!("{}개는 여기서 이어서 올릴 수 있음", thousands(number)),
    discard: "버리기…",
    title: |number| format!("끝나지 않은 업로드 {}개를 버릴까요?", thousands(number)),
    warning: "S3에 있는 조각을 삭제합니다. 다른 컴퓨터가 아직 보내는 중이라면 처음부터 다시 보내야 합니다",
    with_resumable: "여기서 이어서 올릴 수 있는 것도 버리기",
    with_resumable_explained: |number| {
        format!(
            "이 컴퓨터의 목록에 있는 업로드 {}개는 처음부터 다시 보냅니다",
            thousands(number)
        )
    },
    discard_now: "버리기",
    discarding: "버리는 중…",
    discarded: |number| format!("끝나지 않은 업로드 {}개를 버렸습니다", thousands(number)),
};
