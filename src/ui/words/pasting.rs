//! Texts of what comes from the clipboard.

/// All of one language.
#[derive(Debug)]
pub(crate) struct PastingWords {
    pub(crate) paste: &'static str,
    /// Nothing, or nothing that can be read.
    pub(crate) nothing: &'static str,
    /// A web address.
    pub(crate) link: &'static str,
    /// Any other text.
    pub(crate) text: &'static str,
    pub(crate) picture_too_large: &'static str,
    pub(crate) picture_unreadable: &'static str,
    pub(crate) picture_not_written: &'static str,
}

pub(super) const ENGLISH: PastingWords = PastingWords {
    paste: "Paste",
    nothing: "The clipboard is empty: copy files, a picture or a path first",
    link: "The clipboard holds a link: save what it opens, then drop the file here",
    text: "The clipboard holds text: files, pictures and whole paths can be pasted",
    picture_too_large: "The picture is too large to paste: save it as a file, then drop the file here",
    picture_unreadable: "The picture on the clipboard cannot be read: save it as a file, then drop the file here",
    picture_not_written: "The picture could not be written to the data folder: look whether the disk is full",
};

pub(super) const KOREAN: PastingWords = PastingWords {
    paste: "붙여넣기",
    nothing: "클립보드가 비어 있습니다. 먼저 파일이나 이미지, 경로를 복사하세요",
    link: "클립보드에 링크가 있습니다. 파일로 저장한 뒤 여기에 놓으세요",
    text: "클립보드에 텍스트가 있습니다. 파일, 이미지, 전체 경로만 붙여넣을 수 있습니다",
    picture_too_large: "이미지가 너무 커서 붙여넣을 수 없습니다. 파일로 저장한 뒤 여기에 놓으세요",
    picture_unreadable: "클립보드의 이미지를 읽을 수 없습니다. 파일로 저장한 뒤 여기에 놓으세요",
    picture_not_written: "이미지를 데이터 폴더에 저장하지 못했습니다. 디스크가 가득 찼는지 확인하세요",
};
