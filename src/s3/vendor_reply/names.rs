//! What the members of answers are called, most usual first.

/// Where the form goes.
pub(super) const URL: &[&str] = &[
    "url",
    "uploadUrl",
    "upload_url",
    "uploadURL",
    "postURL",
    "postUrl",
    "post_url",
    "action",
    "endpoint",
    "presignedUrl",
    "presigned_url",
    "presignedURL",
    "signedUrl",
    "signed_url",
    "signedURL",
];
/// Where a PUT goes, in answers that never hold a form.
pub(super) const PUT_URL: &[&str] = &[
    "putUrl",
    "put_url",
    "putURL",
    "signedRequest",
    "signed_request",
    "preSignedUrl",
];
/// The form's fields.
pub(super) const FIELDS: &[&str] = &[
    "fields",
    "formData",
    "form_data",
    "formFields",
    "form_fields",
    "inputs",
    "formInputs",
    "form_inputs",
    "params",
];
/// What a form comes wrapped in.
pub(super) const WRAPPERS: &[&str] = &[
    "presignedPost",
    "presigned_post",
    "presignedPOST",
    "presigned",
    "data",
    "post",
    "form",
    "upload",
    "result",
    "response",
    "body",
    "presignedUrl",
    "presigned_url",
    "signedPost",
    "signed_post",
];
/// Where the finished object is opened.
pub(super) const LINK: &[&str] = &[
    "publicUrl",
    "public_url",
    "publicURL",
    "fileUrl",
    "file_url",
    "fileURL",
    "objectUrl",
    "object_url",
    "objectURL",
    "downloadUrl",
    "download_url",
    "downloadURL",
    "cdnUrl",
    "cdn_url",
    "cdnURL",
    "location",
];
/// What says why there is no form.
pub(super) const ERROR: &[&str] = &["message", "Message", "error", "error_description", "detail", "reason"];
