//! AWS partitions: which DNS suffix a region's endpoints have, and what ARNs call them.
//!
//! Source: `partitions.json` of the AWS SDKs.

/// Beginnings of region names, and the DNS suffix of their partition. `us-gov-` is not here: AWS `GovCloud` shares
/// `amazonaws.com` with the commercial partition.
const DNS_SUFFIXES: [(&str, &str); 6] = [
    ("cn-", "amazonaws.com.cn"),
    ("eusc-", "amazonaws.eu"),
    ("us-iso-", "c2s.ic.gov"),
    ("us-isob-", "sc2s.sgov.gov"),
    ("eu-isoe-", "cloud.adc-e.uk"),
    ("us-isof-", "csp.hci.ic.gov"),
];

/// `amazonaws.com` for `ap-northeast-2`, `amazonaws.com.cn` for `cn-north-1`, and so on. A region that is not known
/// yet is taken for one of the commercial partition, as the SDKs do.
///
/// ```
/// use dropslot::s3::partition::dns_suffix;
///
/// assert_eq!(dns_suffix("cn-north-1"), "amazonaws.com.cn");
/// ```
#[must_use]
pub fn dns_suffix(region: &str) -> &'static str {
    DNS_SUFFIXES
        .iter()
        .find(|(beginning, _)| region.starts_with(beginning))
        .map_or("amazonaws.com", |(_, suffix)| suffix)
}

/// Beginnings of region names, and the partition that ARNs name.
const PARTITIONS: [(&str, &str); 7] = [
    ("cn-", "aws-cn"),
    ("us-gov-", "aws-us-gov"),
    ("eusc-", "aws-eusc"),
    ("us-iso-", "aws-iso"),
    ("us-isob-", "aws-iso-b"),
    ("eu-isoe-", "aws-iso-e"),
    ("us-isof-", "aws-iso-f"),
];

/// `aws` for `ap-northeast-2`, `aws-cn` for `cn-north-1`, and so on: the second word of an ARN.
///
/// ```
/// assert_eq!(dropslot::s3::partition::arn_partition("cn-north-1"), "aws-cn");
/// ```
#[must_use]
pub fn arn_partition(region: &str) -> &'static str {
    PARTITIONS
        .iter()
        .find(|(beginning, _)| region.starts_with(beginning))
        .map_or("aws", |(_, partition)| partition)
}

/// Every DNS suffix that [`dns_suffix`] gives, each once.
pub(super) fn dns_suffixes() -> impl Iterator<Item = &'static str> {
    DNS_SUFFIXES.iter().map(|(_, suffix)| *suffix).chain(["amazonaws.com"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_partition_has_its_suffix() {
        assert_eq!(dns_suffix("ap-northeast-2"), "amazonaws.com");
        assert_eq!(dns_suffix("us-gov-west-1"), "amazonaws.com");
        assert_eq!(dns_suffix("cn-north-1"), "amazonaws.com.cn");
        assert_eq!(dns_suffix("eusc-de-east-1"), "amazonaws.eu");
        assert_eq!(dns_suffix("us-iso-east-1"), "c2s.ic.gov");
        assert_eq!(dns_suffix("us-isob-east-1"), "sc2s.sgov.gov");
        assert_eq!(dns_suffix("eu-isoe-west-1"), "cloud.adc-e.uk");
        assert_eq!(dns_suffix("us-isof-south-1"), "csp.hci.ic.gov");
        assert_eq!(arn_partition("us-isob-east-1"), "aws-iso-b");
        assert_eq!(arn_partition("us-gov-west-1"), "aws-us-gov");
        assert_eq!(arn_partition("eusc-de-east-1"), "aws-eusc");
        assert_eq!(arn_partition("us-east-1"), "aws");
    }

    #[test]
    fn a_region_of_tomorrow_is_commercial() {
        assert_eq!(dns_suffix("mx-west-9"), "amazonaws.com");
    }
}
