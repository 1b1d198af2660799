//! What is said when the system around the window cannot do something.

/// All of one language.
#[derive(Debug)]
pub(crate) struct SystemWords {
    pub(crate) file_is_gone: &'static str,
    pub(crate) no_file_manager: &'static str,
}

pub(super) const ENGLISH: SystemWords = SystemWords {
    file_is_gone: "The file is not there any more: it was moved or deleted",
    no_file_manager: "No program that shows folders was found",
};

pub(super) const KOREAN: SystemWords = SystemWords {
    file_is_gone: "파일이 이동되었거나 삭제되어 찾을 수 없습니다",
    no_file_manager: "폴더를 열 수 있는 프로그램을 찾지 못했습니다",
};
