//! What an `AccessDenied` says of its reason: the action, what it was to be done to, and which policy forbids it.
//!
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html> (*Access denied message
//! examples*); S3 says it to requests of the bucket's own account or organisation.

/// Why a request was denied.
///
/// ```
/// use dropslot::s3::Denial;
///
/// let message = "User: arn:aws:iam::111122223333:user/me is not authorized to perform: s3:PutObject on resource: \
///     \"arn:aws:s3:::media-assets/a.png\" because no identity-based policy allows the s3:PutObject action";
/// let denial = Denial::in_message(message).unwrap();
/// assert_eq!(denial.action, "s3:PutObject");
/// assert_eq!(denial.resource.as_deref(), Some("arn:aws:s3:::media-assets/a.png"));
/// assert_eq!(denial.denied_by, None, "nothing forbids it: nothing allows it");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Denial {
    /// `s3:PutObject`, `kms:GenerateDataKey`, …
    pub action: String,
    /// The ARN of what it is denied on, where it is named.
    pub resource: Option<String>,
    /// The kind of policy that denies it outright (`resource-based policy`); `None`: no policy allows it.
    pub denied_by: Option<String>,
}

impl Denial {
    /// Reads S3's sentence: `User: ARN is not authorized to perform: ACTION on resource: "ARN" because no identity-based
    /// policy allows the ACTION action`, or `… with an explicit deny in a resource-based policy`. `None` for any other.
    ///
    /// ```
    /// use dropslot::s3::Denial;
    ///
    /// assert_eq!(Denial::in_message("Access Denied"), None);
    /// let said = "User: arn:aws:iam::111122223333:user/me is not authorized to perform: s3:PutObject";
    /// assert_eq!(Denial::in_message(said).map(|denial| denial.action).as_deref(), Some("s3:PutObject"));
    /// ```
    #[must_use]
    pub fn in_message(message: &str) -> Option<Self> {
        let (_, after) = message.split_once("not authorized to perform: ")?;
        let action = after.split_whitespace().next()?;
        let (service, name) = action.split_once(':')?;
        let is_word = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !is_word(service) || !is_word(name) {
            return None;
        }
        let resource = after.split_once("on resource: ").map(|(_, named)| named);
        let resource = resource.and_then(|named| named.split_whitespace().next());
        let denied_by = after
            .split_once("explicit deny in a ")
            .or_else(|| after.split_once("explicit deny in an "))
            .map(|(_, policy)| policy.split(['.', ':']).next().unwrap_or_default().trim().to_owned());
        Some(Self {
            action: action.to_owned(),
            resource: resource
                .map(|arn| arn.trim_matches(['"', '.', ',']).to_owned())
                .filter(|arn| arn.starts_with("arn:")),
            denied_by,
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]
mod tests {
    use super::*;

    const USER: &str = "User: arn:aws:iam::777788889999:user/MaryMajor is not authorized to perform: ";

    fn read(rest: &str) -> (String, String, Option<String>) {
        let denial = Denial::in_message(&format!("{USER}{rest}")).unwrap();
        (denial.action, denial.resource.unwrap_or_default(), denial.denied_by)
    }

    /// The sentences of AWS's own page, and KMS's.
    #[test]
    fn action_resource_and_policy_are_read_from_awss_own_sentences() {
        let put = "s3:PutObject on resource: \"arn:aws:s3:::amzn-s3-demo-bucket1/object name\" ";
        assert_eq!(
            read(
                "s3:PutObject on resource: \"arn:aws:s3:::bucket1/a.png\" because no identity-based policy allows the s3:PutObject action"
            ),
            ("s3:PutObject".to_owned(), "arn:aws:s3:::bucket1/a.png".to_owned(), None)
        );
        for policy in [
            "service control policy",
            "resource-based policy",
            "VPC endpoint policy",
            "permissions boundary",
        ] {
            let (_, _, by) = read(&format!("{put}with an explicit deny in a {policy}"));
            assert_eq!(by.as_deref(), Some(policy));
        }
        let (_, _, by) = read(&format!("{put}with an explicit deny in an identity-based policy"));
        assert_eq!(by.as_deref(), Some("identity-based policy"));
        let key = "arn:aws:kms:us-west-2:111122223333:key/1234abcd";
        assert_eq!(
            read(&format!(
                "kms:GenerateDataKey on resource: {key} because no identity-based policy allows the kms:GenerateDataKey action"
            )),
            ("kms:GenerateDataKey".to_owned(), key.to_owned(), None)
        );
    }

    #[test]
    fn any_other_sentence_names_nothing() {
        for message in [
            "",
            "Access Denied",
            "is not authorized to perform: ",
            "not authorized to perform: magic",
        ] {
            assert_eq!(Denial::in_message(message), None, "{message}");
        }
    }
}
