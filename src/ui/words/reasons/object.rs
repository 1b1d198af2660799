//! S3에 이미 있는 객체.

use crate::engine::Text;
use crate::engine::failure::ObjectReason;

pub(super) fn korean(reason: &ObjectReason) -> Text {
    match reason {
        ObjectReason::DeletionDenied {
            profile,
            object,
            secret_may_be_wrong,
        } => Text::new(
            match profile {
                Some(profile) => format!("“{profile}” 프로필에는 이 객체를 삭제할 권한이 없습니다"),
                None => "이 객체를 삭제할 권한이 없습니다".to_owned(),
            },
            if *secret_may_be_wrong {
                format!("비밀 액세스 키가 맞는지 확인하거나, {object}에 대한 s3:DeleteObject 권한을 요청하세요")
            } else {
                format!("{object}에 대한 s3:DeleteObject 권한을 요청하세요")
            },
        ),
        ObjectReason::Locked => Text::new(
            "객체가 삭제되지 않도록 잠겨 있습니다(S3 객체 잠금)",
            "보존 기간이 끝날 때까지 기다리거나, 버킷 소유자에게 풀어 달라고 하세요",
        ),
        ObjectReason::StoreDeletesNothing => Text::new(
            "이 저장소는 이 주소의 객체를 삭제하지 않습니다",
            "저장소의 도구로 삭제하세요",
        ),
        ObjectReason::NotOnTheList => Text::new("이 업로드는 이제 목록에 없습니다", "기록에서 찾아보세요"),
        ObjectReason::NotInTheHistory => Text::new("이 항목은 이제 기록에 없습니다", "다른 창에서 지웠을 수 있습니다"),
        ObjectReason::DestinationUnknown => Text::new(
            "어떤 프로필로 보낸 파일인지 기록에 없습니다",
            "이전 버전의 Dropslot이 남긴 항목입니다. 객체는 AWS CLI나 콘솔에서 다루세요",
        ),
    }
}
