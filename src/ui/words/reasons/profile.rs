//! 프로필 저장.

use crate::engine::Text;
use crate::engine::failure::ProfileReason;

pub(super) fn korean(reason: &ProfileReason) -> Text {
    match reason {
        ProfileReason::Exists { name } => Text::new(
            format!("“{name}” 프로필이 이미 있습니다"),
            "그 프로필을 바꾸거나 다른 이름을 쓰세요",
        ),
        ProfileReason::SessionExists { name } => Text::new(
            format!("주소나 리전이 다른 “{name}” SSO 세션이 이미 있습니다"),
            "다른 프로필이 쓰고 있을 수 있으니 다른 세션 이름을 쓰세요",
        ),
        ProfileReason::Unwritable => Text::new("저장할 수 없는 값이 있습니다", "공백과 줄바꿈을 지우세요"),
        ProfileReason::Mistake => Text::new("Dropslot 내부 오류로 프로필을 저장하지 못했습니다", "다시 시도하세요"),
        ProfileReason::NoHome => Text::new(
            "프로필을 저장할 홈 폴더가 없습니다",
            "AWS_CONFIG_FILE과 AWS_SHARED_CREDENTIALS_FILE을 설정하세요",
        ),
        ProfileReason::NotText { path } => Text::new(
            format!("텍스트 파일이 아닙니다: {path}"),
            "파일을 고치거나 옮기세요. 내용은 그대로 두었습니다",
        ),
        ProfileReason::Changing { path } => Text::new(
            format!("다른 프로그램이 파일을 계속 바꾸고 있습니다: {path}"),
            "그 작업이 끝난 뒤 다시 시도하세요",
        ),
        ProfileReason::NotWritten { path } => Text::new(
            format!("파일을 저장할 수 없습니다: {path}"),
            "디스크와 폴더 권한을 확인하세요",
        ),
    }
}
