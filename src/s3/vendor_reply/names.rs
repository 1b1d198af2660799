//! What the members of answers are called, folded (`uploadUrl`, `upload_url` and `UploadURL` are `uploadurl`), the name
//! that says most first: beside an `uploadurl` a bare `url` is the finished object's.
//!
//! Gathered from functions in public repositories, from the SDKs' own answers (AWS for PHP calls the two halves of a form
//! `attributes` and `inputs`), Uppy, Shrine, Rails and Laravel Vapor.

/// Where the form, or the PUT, goes.
pub(super) const URL: &[&str] = &[
    "uploadurl",
    "presignedposturl",
    "presignedurl",
    "presigneduploadurl",
    "posturl",
    "puturl",
    "signedurl",
    "signeduploadurl",
    "signedrequest",
    "signedputurl",
    "postendpoint",
    "uploadendpoint",
    "endpointurl",
    "s3url",
    "presigned",
    "action",
    "url",
    "endpoint",
];
/// The one of them that may be the finished object's as well.
pub(super) const BARE_URL: &str = "url";
/// The form's fields, whatever they hold.
pub(super) const FIELDS: &[&str] = &[
    "fields",
    "formdata",
    "formfields",
    "forminputs",
    "inputs",
    "uploadfields",
    "postfields",
    "presignedfields",
    "presignedpostfields",
];
/// The form's fields, where a policy is among them.
pub(super) const LOOSE_FIELDS: &[&str] = &[
    "params",
    "parameters",
    "postdata",
    "uploadparams",
    "additionaldata",
    "data",
    "signature",
    "credentials",
];
/// Where a form's URL stands among its attributes.
pub(super) const ATTRIBUTES: &[&str] = &["attributes", "formattributes"];
/// What a form comes wrapped in.
pub(super) const WRAPPERS: &[&str] = &[
    "presignedpost",
    "presigned",
    "data",
    "post",
    "form",
    "upload",
    "result",
    "response",
    "body",
    "presignedurl",
    "signedpost",
    "signedurl",
    "uploadurl",
    "url",
    "payload",
    "directupload",
];
/// Where the finished object is opened.
pub(super) const LINK: &[&str] = &[
    "publicurl",
    "fileurl",
    "objecturl",
    "downloadurl",
    "cdnurl",
    "cloudfronturl",
    "finalurl",
    "publiclink",
    "resourceurl",
    "viewurl",
    "geturl",
    "location",
];
/// What says why there is no form.
pub(super) const ERROR: &[&str] = &[
    "errormessage",
    "message",
    "error",
    "errors",
    "errordescription",
    "detail",
    "reason",
    "title",
];

/// Whether S3 knows a form field of this name, so that a form may stand flat beside its URL.
pub(super) fn is_form_field(name: &str) -> bool {
    const FIELDS: [&str; 16] = [
        "key",
        "acl",
        "bucket",
        "policy",
        "signature",
        "awsaccesskeyid",
        "tagging",
        "redirect",
        "success_action_redirect",
        "success_action_status",
        "cache-control",
        "content-type",
        "content-disposition",
        "content-encoding",
        "content-language",
        "expires",
    ];
    let name = name.to_ascii_lowercase();
    FIELDS.contains(&name.as_str()) || name.starts_with("x-amz-")
}
