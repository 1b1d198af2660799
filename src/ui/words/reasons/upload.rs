//! 업로드 하나의 여정.

use crate::engine::Text;
use crate::engine::failure::UploadReason;

pub(super) fn korean(reason: &UploadReason) -> Text {
    match reason {
        UploadReason::Cancelled => Text::new("취소됨", ""),
        UploadReason::Stopped => Text::new("보내기 전에 멈췄습니다", "다시 보내세요"),
        UploadReason::NotWhatWasSent => Text::new(
            "S3에 저장된 내용이 보낸 내용과 다릅니다",
            "다시 시도하세요. 같은 일이 반복되면 데이터를 바꾸는 프록시나 디스크가 없는지 살펴보세요",
        ),
        UploadReason::NoRandomNumbers => Text::new("시스템에서 난수를 얻을 수 없습니다", "컴퓨터를 다시 시작하세요"),
        UploadReason::ExistenceUnknown { object_key } => Text::new(
            format!("“{object_key}” 객체가 이미 있는지 알 수 없습니다"),
            "s3:GetObject와 s3:ListBucket 권한을 요청하거나, 겹치지 않는 키를 쓰도록 설정하세요",
        ),
        UploadReason::Exists { object_key } => Text::new(
            format!("“{object_key}” 객체가 이미 있습니다"),
            "파일 이름을 바꾸거나, 키 템플릿에 {rand}를 넣거나, 덮어쓰도록 설정하세요",
        ),
        UploadReason::Mistake => Text::new("이 파일을 처리하다가 Dropslot에 오류가 났습니다", "다시 시도하세요"),
        UploadReason::NotStarted => Text::new("Dropslot을 시작할 수 없습니다", "다시 시도하세요"),
    }
}
