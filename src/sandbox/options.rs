//! Options of an upload that a bucket as S3 makes it today takes, or refuses.

use super::answer::Refusal;
use http::StatusCode;

/// ACLs that a bucket without ACLs takes (Object Ownership "bucket owner enforced", the default since April 2023).
const HARMLESS_ACLS: [&str; 2] = ["private", "bucket-owner-full-control"];
const STORAGE_CLASSES: [&str; 8] = [
    "DEEP_ARCHIVE",
    "GLACIER",
    "GLACIER_IR",
    "INTELLIGENT_TIERING",
    "ONEZONE_IA",
    "REDUCED_REDUNDANCY",
    "STANDARD",
    "STANDARD_IA",
];

/// Holds a form's fields or a request's headers to them; `value` looks one up by its lower-case name, the ACL as `acl`.
pub(super) fn check<'a>(value: impl Fn(&str) -> Option<&'a str>) -> Result<(), Refusal> {
    if value("acl").is_some_and(|acl| !HARMLESS_ACLS.contains(&acl)) {
        let message = "The bucket does not allow ACLs";
        return Err(Refusal::new(
            StatusCode::BAD_REQUEST,
            "AccessControlListNotSupported",
            message,
        ));
    }
    if value("x-amz-storage-class").is_some_and(|class| !STORAGE_CLASSES.contains(&class)) {
        let message = "The storage class you specified is not valid";
        return Err(Refusal::new(StatusCode::BAD_REQUEST, "InvalidStorageClass", message));
    }
    // S3's own keys need nothing that a sandbox lacks; KMS does.
    if value("x-amz-server-side-encryption").is_some_and(|encryption| encryption != "AES256") {
        return Err(Refusal::not_implemented());
    }
    Ok(())
}
