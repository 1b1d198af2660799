//! 샌드박스.

use crate::engine::Text;
use crate::engine::failure::SandboxReason;

pub(super) fn korean(reason: &SandboxReason) -> Text {
    match reason {
        SandboxReason::NotRunning => Text::new(
            "샌드박스가 실행 중이 아닙니다",
            "샌드박스를 시작하거나 다른 보낼 곳을 선택하세요",
        ),
    }
}
