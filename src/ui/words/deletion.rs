//! Texts about objects that are deleted from S3.

/// All of one language.
#[derive(Debug)]
pub(crate) struct DeletionWords {
    /// The item of a menu.
    pub(crate) delete_from_s3: &'static str,
    pub(crate) title: &'static str,
    pub(crate) explained: &'static str,
    pub(crate) delete: &'static str,
    pub(crate) deleting: &'static str,
    /// The toast.
    pub(crate) done: fn(&str) -> String,
    /// The stage.
    pub(crate) deleted: &'static str,
    pub(crate) deleted_explained: &'static str,
    pub(crate) versions_remain: &'static str,
}

pub(super) const ENGLISH: DeletionWords = DeletionWords {
    delete_from_s3: "Delete from S3…",
    title: "Delete from S3?",
    explained: "The object is deleted and its links stop opening. The file on this computer stays",
    delete: "Delete",
    deleting: "Deleting…",
    done: |name| format!("{name} was deleted from S3"),
    deleted: "Deleted",
    deleted_explained: "Deleted from S3: its links do not open any more",
    versions_remain: "Deleted from S3; older versions may remain, because the bucket keeps versions",
};

pub(super) const KOREAN: DeletionWords = DeletionWords {
    delete_from_s3: "S3에서 삭제…",
    title: "S3에서 삭제할까요?",
    explained: "객체가 삭제되어 링크가 더 이상 열리지 않습니다. 이 컴퓨터의 파일은 그대로 남습니다",
    delete: "삭제",
    deleting: "삭제하는 중…",
    done: |name| format!("{name}: S3에서 삭제했습니다"),
    deleted: "삭제됨",
    deleted_explained: "S3에서 삭제되어 링크가 더 이상 열리지 않습니다",
    versions_remain: "S3에서 삭제됨. 버전을 보관하는 버킷이라 이전 버전이 남아 있을 수 있습니다",
};
