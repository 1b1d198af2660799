//! Texts of the examination of a destination.

mod korean;

use crate::engine::Text;
use crate::engine::doctor::{Remark, State, Step};

/// All of one language.
#[derive(Debug)]
pub(crate) struct CheckupWords {
    pub(crate) open: &'static str,
    pub(crate) check: &'static str,
    pub(crate) title: fn(&str) -> String,
    pub(crate) explained: &'static str,
    pub(crate) checking: &'static str,
    pub(crate) works: &'static str,
    pub(crate) works_with_notes: &'static str,
    pub(crate) does_not_work: &'static str,
    pub(crate) again: &'static str,
    pub(crate) stop: &'static str,
    pub(crate) done: &'static str,
    pub(crate) copy_report: &'static str,
    pub(crate) copy_policy: &'static str,
    pub(crate) step: fn(Step) -> &'static str,
    pub(crate) state: fn(State) -> &'static str,
    /// Asked by `Words::remark`.
    pub(super) remark: fn(&Remark) -> Text,
}

pub(super) const ENGLISH: CheckupWords = CheckupWords {
    open: "Check this destination…",
    check: "Check…",
    title: |name| format!("Check of {name}"),
    explained: "A small file goes all the way there, and is deleted again",
    checking: "Checking",
    works: "Everything is well: files can be sent",
    works_with_notes: "Files can be sent; what is noted is no fault",
    does_not_work: "Something does not work yet",
    again: "Check again",
    stop: "Stop",
    done: "Done",
    copy_report: "Copy report",
    copy_policy: "Copy IAM policy",
    step: |step| match step {
        Step::Destination => "Destination",
        Step::Environment => "Proxy and certificates",
        Step::Keys => "Keys",
        Step::Region => "Region",
        Step::Clock => "Clock",
        Step::Identity => "Who signs",
        Step::Listing => "List of buckets",
        Step::Signing => "Signature",
        Step::Host => "Host",
        Step::Upload => "Upload",
        Step::Proof => "Proof",
        Step::Link => "Link",
        Step::Deletion => "Deletion",
        Step::Unfinished => "Unfinished uploads",
    },
    state: |state| match state {
        State::Ok => "OK",
        State::Note => "Note",
        State::Skipped => "Skipped",
        State::Failed => "Failed",
    },
    remark: english,
};

pub(super) const KOREAN: CheckupWords = CheckupWords {
    open: "이 위치 점검…",
    check: "점검…",
    title: |name| format!("점검: {name}"),
    explained: "작은 파일을 끝까지 보내 보고 다시 삭제합니다",
    checking: "확인 중",
    works: "모두 정상입니다. 파일을 보낼 수 있습니다",
    works_with_notes: "파일을 보낼 수 있습니다. 참고 사항은 문제가 아닙니다",
    does_not_work: "아직 고쳐야 할 것이 있습니다",
    again: "다시 점검",
    stop: "중지",
    done: "완료",
    copy_report: "보고서 복사",
    copy_policy: "IAM 정책 복사",
    step: |step| match step {
        Step::Destination => "업로드 위치",
        Step::Environment => "프록시와 인증서",
        Step::Keys => "키",
        Step::Region => "리전",
        Step::Clock => "시계",
        Step::Identity => "서명하는 사람",
        Step::Listing => "버킷 목록",
        Step::Signing => "서명",
        Step::Host => "호스트",
        Step::Upload => "업로드",
        Step::Proof => "검증",
        Step::Link => "링크",
        Step::Deletion => "삭제",
        Step::Unfinished => "끝나지 않은 업로드",
    },
    state: |state| match state {
        State::Ok => "정상",
        State::Note => "참고",
        State::Skipped => "건너뜀",
        State::Failed => "실패",
    },
    remark: korean::korean,
};

/// The engine's own, but for what only the command line can do.
fn english(remark: &Remark) -> Text {
    let text = remark.english();
    match remark {
        Remark::Unfinished(_) => Text::new(text.what, "Discard them in the settings: their parts cost money"),
        _ => text,
    }
}
