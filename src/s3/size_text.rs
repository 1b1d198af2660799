//! Sizes for sentences: short for the eye, and exact.

const UNITS: [&str; 4] = ["KiB", "MiB", "GiB", "TiB"];

/// `1.5 MiB (1,572,864 bytes)`; below 1 KiB `17 bytes`.
pub(super) fn size_text(bytes: u64) -> String {
    let exact = format!("{} {}", grouped(bytes), if bytes == 1 { "byte" } else { "bytes" });
    let mut tenths = u128::from(bytes) * 10;
    let mut unit = None;
    for candidate in UNITS {
        if tenths < 10_240 {
            break;
        }
        tenths /= 1024;
        unit = Some(candidate);
    }
    match unit {
        None => exact,
        Some(unit) if tenths % 10 == 0 => format!("{} {unit} ({exact})", tenths / 10),
        Some(unit) => format!("{}.{} {unit} ({exact})", tenths / 10, tenths % 10),
    }
}

/// Digits in groups of three.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_short_and_exact() {
        for (bytes, text) in [
            (0, "0 bytes"),
            (1, "1 byte"),
            (1023, "1,023 bytes"),
            (1024, "1 KiB (1,024 bytes)"),
            (1_572_864, "1.5 MiB (1,572,864 bytes)"),
            (5 * 1024 * 1024 * 1024, "5 GiB (5,368,709,120 bytes)"),
            (u64::MAX, "16777215.9 TiB (18,446,744,073,709,551,615 bytes)"),
        ] {
            assert_eq!(size_text(bytes), text);
        }
    }
}
