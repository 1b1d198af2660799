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
        UploadReason::AskExists { object_key } => Text::new(
            format!("“{object_key}” 객체가 이미 있어 아직 올리지 않았습니다"),
            "덮어쓸지, 둘 다 유지할지, 이 파일을 건너뛸지 선택하세요",
        ),
        UploadReason::HostChanged { lambda, host, known } => Text::new(
            format!(
                "함수({lambda})가 준 양식의 주소가 바뀌었습니다: {} → {host}",
                known.join(", ")
            ),
            "함수를 관리하는 사람에게 맞는 주소인지 확인한 뒤에만 새 주소를 신뢰하세요",
        ),
        UploadReason::KeyTaken { object_key } => Text::new(
            format!("함수가 다른 파일의 객체 키를 다시 주었습니다: {object_key}"),
            "함수를 관리하는 사람에게 파일마다 다른 키를 요청하거나, 덮어쓰도록 설정하세요",
        ),
        UploadReason::TicketUsed { object_key } => Text::new(
            format!("이 양식은 파일 하나만 받으며, 이미 다른 파일을 보냈습니다: {object_key}"),
            "파일마다 새 양식을 요청하거나, 덮어쓰도록 설정하세요",
        ),
        UploadReason::TicketExpired { ago_secs } => Text::new(
            format!("양식이 {ago_secs}초 전에 만료되었습니다"),
            "새 양식을 요청하세요. 아직 유효해야 한다면 이 컴퓨터의 시계를 맞추세요",
        ),
        UploadReason::TicketGone => Text::new(
            "양식이 남아 있지 않습니다. 양식은 저장하지 않습니다",
            "다시 붙여넣거나 새 양식을 요청하세요",
        ),
        UploadReason::NotSignedHere => Text::new(
            "이 객체에 쓸 키가 없습니다. 양식을 다른 곳에서 서명했습니다",
            "양식이나 함수를 관리하는 사람에게 문의하세요",
        ),
        UploadReason::Mistake => Text::new("이 파일을 처리하다가 Dropslot에 오류가 났습니다", "다시 시도하세요"),
        UploadReason::NotStarted => Text::new("Dropslot을 시작할 수 없습니다", "다시 시도하세요"),
    }
}
