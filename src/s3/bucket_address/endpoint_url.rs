//! The endpoint of another store than AWS, as a person typed it.

use super::AddressError;
use crate::s3::is_safe_target;
use url::Url;

/// The endpoint as it was given (it goes into the form's URL), without slashes at its end.
pub(super) fn checked(text: &str) -> Result<String, AddressError> {
    // The URL parser repairs these silently, and the text is used as it stands.
    let is_repaired = |character: char| character.is_whitespace() || character.is_control() || character == '\\';
    let Ok(url) = Url::parse(text) else {
        return Err(AddressError::EndpointUrl);
    };
    let begins_well = text.starts_with("http://") || text.starts_with("https://");
    if !begins_well || text.contains(is_repaired) || url.host().is_none() {
        return Err(AddressError::EndpointUrl);
    }
    let has_user = !url.username().is_empty() || url.password().is_some();
    if has_user || url.query().is_some() || url.fragment().is_some() || text.contains('@') {
        return Err(AddressError::EndpointExtras);
    }
    if !is_safe_target(text) {
        return Err(AddressError::PlainHttp);
    }
    Ok(text.trim_end_matches('/').to_owned())
}
