//! 샌드박스.

use crate::engine::Text;
use crate::engine::failure::SandboxReason;

pub(super) fn korean(reason: &SandboxReason) -> Text {
    match reason {
        SandboxReason::NotRunning => Text::new(
            "샌드박스가 실행 중이 아닙니다",
            "샌드박스를 시작하거나 다른 업로드 위치를 선택하세요",
        ),
        SandboxReason::NoHome => Text::new(
            "샌드박스를 둘 홈 폴더가 이 사용자에게 없습니다",
            "HOME을 설정하고 Dropslot을 다시 시작하세요",
        ),
        SandboxReason::FolderInUse { dir } => Text::new(
            format!("다른 프로그램이 샌드박스 폴더를 쓰고 있습니다: {}", dir.display()),
            "그 프로그램이 끝나면 다시 시도하세요",
        ),
        SandboxReason::Folder { dir } => Text::new(
            format!("샌드박스 폴더를 쓸 수 없습니다: {}", dir.display()),
            "읽기와 쓰기 권한을 준 뒤 다시 시도하세요",
        ),
        SandboxReason::NotStarted => Text::new(
            "샌드박스를 시작할 수 없습니다",
            "다시 시도하거나 다른 업로드 위치를 선택하세요",
        ),
    }
}
