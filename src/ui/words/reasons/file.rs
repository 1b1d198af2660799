//! 이 컴퓨터의 파일.

use crate::engine::Text;
use crate::engine::failure::FileReason;
use crate::ui::format::size;

const CHECK_DISK: &str = "파일이 있는 디스크를 확인하고 다시 시도하세요";

pub(super) fn korean(reason: &FileReason) -> Text {
    match reason {
        FileReason::Gone => Text::new("파일이 없어졌습니다", "파일을 제자리에 두고 다시 시도하세요"),
        FileReason::DanglingLink => Text::new(
            "링크가 가리키는 파일이 없습니다",
            "원본 파일을 제자리에 두고 다시 시도하세요",
        ),
        FileReason::NotReadable => Text::new("파일을 읽을 권한이 없습니다", "읽기 권한을 준 뒤 다시 시도하세요"),
        FileReason::NotRegular => Text::new("일반 파일이 아닙니다", "일반 파일만 보낼 수 있습니다"),
        FileReason::TooLarge { size_bytes } => Text::new(
            format!(
                "파일이 {}입니다. 양식으로는 한 파일에 5 GiB까지 보낼 수 있습니다",
                size(*size_bytes)
            ),
            "프로필로 서명하고 큰 파일을 나누어 보내는 업로드 위치를 고르세요",
        ),
        FileReason::TooLargeForParts { size_bytes } => Text::new(
            format!(
                "파일이 {}입니다. 나누어 보내도 한 파일에 625 GiB까지 됩니다",
                size(*size_bytes)
            ),
            "파일을 나누세요",
        ),
        FileReason::Changed => Text::new("보내는 동안 파일이 바뀌었습니다", "파일 저장이 끝난 뒤 다시 시도하세요"),
        FileReason::ReadError => Text::new("파일을 읽을 수 없습니다", CHECK_DISK),
        FileReason::BrokenOff => Text::new("파일을 읽다가 중단되었습니다", "다시 시도하세요"),
        FileReason::NotReadAgain => Text::new("업로드를 검증하려고 파일을 다시 읽지 못했습니다", CHECK_DISK),
        FileReason::EmptyFolder => Text::new(
            "빈 폴더입니다",
            "S3에는 빈 폴더를 만들 수 없습니다. 파일을 넣은 뒤 다시 추가하세요",
        ),
        FileReason::NoTrial => Text::new(
            "시험 삼아 보낼 작은 파일을 쓸 수 없습니다",
            "임시 파일 폴더에 공간을 만들거나 TMPDIR에 다른 폴더를 지정하세요",
        ),
        FileReason::FolderNotReadable => Text::new("폴더를 읽을 권한이 없습니다", "읽기 권한을 준 뒤 다시 추가하세요"),
        FileReason::Ticket => Text::new(
            "파일에 든 양식은 비밀번호와 같아서 올리지 않습니다",
            "이 양식으로 올리려면 창에 놓거나 --ticket으로 지정하세요",
        ),
    }
}
