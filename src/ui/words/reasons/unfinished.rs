//! 끝나지 않은 나누어 올리기.

use crate::engine::Text;
use crate::engine::failure::UnfinishedReason;

pub(super) fn korean(reason: &UnfinishedReason) -> Text {
    match reason {
        UnfinishedReason::ListDenied { bucket } => Text::new(
            "이 프로필로는 끝나지 않은 업로드를 볼 수 없습니다",
            format!("{bucket}에 대한 s3:ListBucketMultipartUploads 권한을 요청하세요"),
        ),
        UnfinishedReason::AbortDenied { object } => Text::new(
            "이 프로필로는 끝나지 않은 업로드를 버릴 수 없습니다",
            format!("{object}에 대한 s3:AbortMultipartUpload 권한을 요청하세요"),
        ),
        UnfinishedReason::StoreKnowsNone => Text::new(
            "이 저장소는 끝나지 않은 업로드를 알려 주지 않습니다",
            "저장소를 운영하는 사람에게 문의하세요",
        ),
    }
}
