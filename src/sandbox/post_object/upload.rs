//! What the form's fields ask for, beyond being allowed to.

use super::form::Fields;
use super::success::Reply;
use crate::sandbox::answer::Refusal;
use crate::sandbox::attributes::Attributes;
use crate::sandbox::checksums::Checksums;
use crate::sandbox::options;
use http::StatusCode;
use s3s::dto::Tagging;
use s3s::xml::{Deserialize, Deserializer};

const METADATA_PREFIX: &str = "x-amz-meta-";
/// Most tags of an object (object-tagging.html).
const MAX_TAGS: usize = 10;
/// Most user metadata, names and values together, in bytes (UsingMetadata.html).
const MAX_METADATA_BYTES: usize = 2048;

/// One object as it was asked for.
pub(super) struct Upload {
    pub(super) object_key: String,
    pub(super) attributes: Attributes,
    pub(super) claims: Checksums,
    pub(super) reply: Reply,
}

impl Upload {
    /// Refuses what the sandbox, or S3, does not do.
    pub(super) fn from_fields(fields: &Fields) -> Result<Self, Refusal> {
        let object_key = fields.get("key").ok_or_else(|| {
            Refusal::invalid_argument(
                "Bucket POST must contain a field named 'key'.  If it is specified, please check the order of the fields.",
            )
        })?;
        options::check(|name| fields.get(name))?;
        let mut attributes = Attributes::from_headers(|name| fields.get(name));
        attributes.metadata = metadata(fields)?;
        attributes.tags = fields.get("tagging").map_or_else(|| Ok(Vec::new()), tags)?;
        Ok(Self {
            object_key: object_key.to_owned(),
            attributes,
            claims: Checksums::claimed(|name| fields.get(name)),
            reply: Reply::by_fields(fields),
        })
    }
}

fn metadata(fields: &Fields) -> Result<std::collections::HashMap<String, String>, Refusal> {
    let entries = fields
        .iter()
        .filter_map(|(name, value)| Some((name.strip_prefix(METADATA_PREFIX)?, value)));
    let bytes: usize = entries.clone().map(|(name, value)| name.len() + value.len()).sum();
    if bytes > MAX_METADATA_BYTES {
        let message = "Your metadata headers exceed the maximum allowed metadata size";
        return Err(Refusal::new(StatusCode::BAD_REQUEST, "MetadataTooLarge", message));
    }
    Ok(entries
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect())
}

fn tags(xml: &str) -> Result<Vec<(String, String)>, Refusal> {
    let tagging =
        Tagging::deserialize(&mut Deserializer::new(xml.as_bytes())).map_err(|_cause| Refusal::malformed_xml())?;
    if tagging.tag_set.len() > MAX_TAGS {
        return Err(Refusal::new(
            StatusCode::BAD_REQUEST,
            "BadRequest",
            "Object tags cannot be greater than 10",
        ));
    }
    let pair = |tag: s3s::dto::Tag| (tag.key.unwrap_or_default(), tag.value.unwrap_or_default());
    Ok(tagging.tag_set.into_iter().map(pair).collect())
}
