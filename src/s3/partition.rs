//! AWS partitions: which DNS suffix a region's endpoints have.
//!
//! Source: `partitions.json` of the AWS SDKs.

/// `amazonaws.com` for `ap-northeast-2`, `amazonaws.com.cn` for `cn-north-1`, and so on.
#[must_use]
pub fn dns_suffix(_region: &str) -> &'static str {
    todo!()
}
