//! 대기열, 기록, 설정.

use crate::engine::Text;
use crate::engine::failure::StoreReason;

pub(super) fn korean(reason: &StoreReason) -> Text {
    match reason {
        StoreReason::DiskFull => Text::new(
            "디스크가 가득 차서 대기열과 기록을 저장할 수 없습니다",
            "공간을 비우세요. 업로드는 계속되고, 공간이 생기는 대로 기록됩니다",
        ),
        StoreReason::NotADatabase { path } => Text::new(
            format!("Dropslot 데이터베이스가 아니어서 그대로 두었습니다: {path}"),
            "그 파일을 옮기고 다시 시작하세요. 그때까지 업로드는 되지만 기록은 남지 않습니다",
        ),
        StoreReason::Newer { version } => Text::new(
            format!("대기열과 기록을 더 새로운 Dropslot이 저장했습니다(형식 버전 {version})"),
            "Dropslot을 업데이트하세요. 그때까지 업로드는 되지만 기록은 남지 않습니다",
        ),
        StoreReason::Folder => Text::new(
            "데이터 폴더에 쓸 수 없습니다",
            "쓰기 권한을 주세요(위치는 XDG_DATA_HOME에 있습니다). 그때까지 업로드는 되지만 기록은 남지 않습니다",
        ),
        StoreReason::Destination => Text::new(
            "대기열에 저장된 업로드 위치를 읽을 수 없습니다",
            "그 파일들을 다시 추가하세요",
        ),
        StoreReason::Database => Text::new(
            "대기열과 기록을 읽거나 쓸 수 없습니다",
            "데이터 폴더의 디스크와 권한을 확인하세요. SQLite의 메시지는 ‘자세히’에 있습니다",
        ),
        StoreReason::SettingsBroken { set_aside } => {
            let (path, name) = (
                set_aside.display().to_string(),
                set_aside.file_name().unwrap_or_default().to_string_lossy(),
            );
            Text::new(
                format!("설정 파일이 손상되어 따로 옮겨 두었습니다: {path}"),
                format!("기본값을 사용합니다. {name} 파일을 고쳐서 되돌려 놓거나 그대로 두세요"),
            )
        }
        StoreReason::Keychain => Text::new(
            "키체인에 비밀 값을 넣거나 꺼낼 수 없습니다",
            "키체인의 잠금을 풀고 다시 시도하세요. ‘자세히’에 더 있습니다",
        ),
        StoreReason::Settings => Text::new(
            "설정 파일을 읽거나 쓸 수 없습니다",
            "설정 폴더의 디스크와 권한을 확인하세요(위치는 XDG_CONFIG_HOME에 있습니다)",
        ),
    }
}
