//! 지켜보는 폴더.

use crate::engine::Text;
use crate::engine::failure::WatchReason;

pub(super) fn korean(reason: &WatchReason) -> Text {
    match reason {
        WatchReason::NoFolder { folder } => Text::new(
            format!("지켜보는 폴더를 찾을 수 없습니다: {}", folder.display()),
            "폴더를 되돌려 놓거나 업로드 위치에서 다른 폴더를 고르세요. 폴더가 돌아오면 새 파일을 다시 올립니다",
        ),
        WatchReason::NotReadable { folder } => Text::new(
            format!("지켜보는 폴더를 읽을 권한이 없습니다: {}", folder.display()),
            "읽기 권한을 주거나 업로드 위치에서 다른 폴더를 고르세요",
        ),
        WatchReason::OwnFolder { folder } => Text::new(
            format!("Dropslot이 자기 데이터를 저장하는 폴더입니다: {}", folder.display()),
            "업로드 위치에서 다른 폴더를 고르세요",
        ),
        WatchReason::TooMany { folder, parameter } => Text::new(
            format!(
                "다른 프로그램들이 시스템 한도를 모두 써서({parameter}) 폴더를 지켜볼 수 없습니다: {}",
                folder.display()
            ),
            "명령을 실행해 한도를 늘리세요. 그때까지는 이 창을 앞으로 가져올 때마다 폴더를 확인합니다",
        ),
        WatchReason::NotTold { folder } => Text::new(
            format!("시스템이 폴더의 변화를 알려 주지 않습니다: {}", folder.display()),
            "이 창을 앞으로 가져올 때마다 폴더를 확인합니다",
        ),
        WatchReason::NotRemembered { folder } => Text::new(
            format!(
                "무엇을 올렸는지 기록할 수 없어서 폴더를 지켜보지 않습니다: {}",
                folder.display()
            ),
            "데이터 폴더의 문제를 해결한 뒤 다시 시도하세요",
        ),
    }
}
