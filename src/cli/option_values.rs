//! Values of options, read once: from here on only what is valid travels.

use crate::s3::Condition;
use std::num::NonZeroU64;
use std::time::Duration;

/// `NAME=VALUE`.
pub(super) type Pair = (String, String);
/// Bytes per second.
pub(super) type RateLimit = NonZeroU64;

/// Splits at the first `=`; the value may hold more of them.
pub(super) fn pair(text: &str) -> Result<Pair, String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("write it as NAME=VALUE".to_owned()),
    }
}

/// `750000`, `500k`, `1.5M`, `1G` and `2MiB`: powers of 1024, as `curl --limit-rate` counts.
pub(super) fn rate_limit(text: &str) -> Result<RateLimit, String> {
    let wrong = || "write bytes per second, such as 500k or 1.5M".to_owned();
    let lower = text.trim().to_ascii_lowercase();
    let lower = lower.strip_suffix("/s").unwrap_or(&lower);
    let number_end = lower
        .find(|letter: char| !letter.is_ascii_digit() && letter != '.')
        .unwrap_or(lower.len());
    let (number, unit) = lower.split_at(number_end);
    let factor: u64 = match unit.trim() {
        "" | "b" => 1,
        "k" | "kb" | "kib" => 1 << 10,
        "m" | "mb" | "mib" => 1 << 20,
        "g" | "gb" | "gib" => 1 << 30,
        _ => return Err(wrong()),
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let whole: u64 = if whole.is_empty() && !fraction.is_empty() {
        0
    } else {
        whole.parse().map_err(|_error| wrong())?
    };
    // Thousandths are finer than any rate is kept.
    let thousandths: u64 = format!("{fraction:0<3}")
        .get(..3)
        .unwrap_or_default()
        .parse()
        .map_err(|_error| wrong())?;
    let bytes = whole
        .checked_mul(factor)
        .map(|bytes| bytes + factor * thousandths / 1000);
    bytes.and_then(NonZeroU64::new).ok_or_else(wrong)
}

/// Whole seconds, 1 to 7 days (sigv4-query-string-auth.html).
pub(super) fn expires_in(text: &str) -> Result<Duration, String> {
    let longest = crate::s3::upload_options::MAX_EXPIRES_IN.as_secs();
    match text.parse::<u64>() {
        Ok(seconds) if (1..=longest).contains(&seconds) => Ok(Duration::from_secs(seconds)),
        _ => Err(format!("write seconds, 1 to {longest} (7 days)")),
    }
}

/// A condition of a POST policy, as it stands in one: `{"acl": "private"}`, `["starts-with", "$key", "in/"]`,
/// `["content-length-range", 0, 1048576]`.
pub(super) fn condition(text: &str) -> Result<Condition, String> {
    let wrong = || {
        r#"write {"field": "value"}, ["eq"|"starts-with", "$field", "value"] or ["content-length-range", MIN, MAX]"#
            .to_owned()
    };
    let value: serde_json::Value = serde_json::from_str(text).map_err(|_error| wrong())?;
    let read = match &value {
        serde_json::Value::Object(object) if object.len() == 1 => {
            object.iter().next().and_then(|(field, value)| exact(field, value))
        }
        serde_json::Value::Array(items) => match items.as_slice() {
            [kind, first, second] => three(kind.as_str(), first, second),
            _ => None,
        },
        _ => None,
    };
    read.ok_or_else(wrong)
}

fn exact(field: &str, value: &serde_json::Value) -> Option<Condition> {
    Some(Condition::Exact {
        field: field.to_owned(),
        value: value.as_str()?.to_owned(),
    })
}

fn three(kind: Option<&str>, first: &serde_json::Value, second: &serde_json::Value) -> Option<Condition> {
    let field = || {
        first
            .as_str()
            .and_then(|name| name.strip_prefix('$'))
            .map(str::to_owned)
    };
    match kind? {
        "eq" => exact(&field()?, second),
        "starts-with" => Some(Condition::StartsWith {
            field: field()?,
            prefix: second.as_str()?.to_owned(),
        }),
        "content-length-range" => Some(Condition::ContentLengthRange {
            min_bytes: first.as_u64()?,
            max_bytes: second.as_u64()?,
        }),
        _ => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail")]
mod tests {
    use super::*;

    #[test]
    fn rates_are_read_as_curl_reads_them() {
        let rate = |text: &str| rate_limit(text).map(NonZeroU64::get).ok();
        assert_eq!(rate("750000"), Some(750_000));
        assert_eq!(rate("500k"), Some(512_000));
        assert_eq!(rate("1M"), Some(1_048_576));
        assert_eq!(rate("1.5M"), Some(1_572_864));
        assert_eq!(rate("2MiB/s"), Some(2_097_152));
        assert_eq!(rate(".5G"), Some(536_870_912));
        for wrong in [
            "",
            "0",
            "fast",
            "-1",
            "1T",
            "1..5M",
            "99999999999999999999",
            "18446744073709551615G",
            "0.0001",
        ] {
            assert_eq!(rate(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_pair_is_split_at_its_first_equals_sign() {
        assert_eq!(pair("a=b=c").unwrap(), ("a".to_owned(), "b=c".to_owned()));
        assert_eq!(pair("a=").unwrap(), ("a".to_owned(), String::new()));
        assert!(pair("=b").is_err());
        assert!(pair("ab").is_err());
    }

    #[test]
    fn a_form_lives_from_one_second_to_seven_days() {
        assert_eq!(expires_in("604800").unwrap(), Duration::from_hours(168));
        assert!(expires_in("0").is_err());
        assert!(expires_in("604801").is_err());
        assert!(expires_in("1h").is_err());
    }

    #[test]
    fn conditions_are_read_in_every_form_that_a_policy_has() {
        let exact = Condition::Exact {
            field: "acl".to_owned(),
            value: "private".to_owned(),
        };
        assert_eq!(condition(r#"{"acl": "private"}"#).unwrap(), exact);
        assert_eq!(condition(r#"["eq", "$acl", "private"]"#).unwrap(), exact);
        assert_eq!(
            condition(r#"["content-length-range", 0, 9]"#).unwrap(),
            Condition::ContentLengthRange {
                min_bytes: 0,
                max_bytes: 9
            }
        );
        assert_eq!(
            condition(r#"["starts-with", "$key", ""]"#).unwrap(),
            Condition::StartsWith {
                field: "key".to_owned(),
                prefix: String::new()
            }
        );
        for wrong in [
            "acl=private",
            "[]",
            r#"["eq", "acl", "x"]"#,
            r#"{"a": 1}"#,
            r#"["content-length-range", -1, 2]"#,
        ] {
            assert!(condition(wrong).is_err(), "{wrong}");
        }
    }
}
