//! The content type of a file: by its name, else by its first bytes, else `application/octet-stream`.

use std::path::Path;

const UNKNOWN: &str = "application/octet-stream";
/// As many first bytes are looked at.
pub(super) const BEGINNING_BYTES: u64 = 64 * 1024;
/// An MPEG transport stream has this byte at the start of every packet (ISO/IEC 13818-1).
const MPEG_SYNC_BYTE: u8 = 0x47;
const MPEG_PACKET_BYTES: usize = 188;

/// Text types get `; charset=utf-8` where the file's beginning is UTF-8, so that a browser shows 한글 and not mojibake.
/// A beginning that could not be read is empty.
pub(super) fn content_type(path: &Path, beginning: &[u8]) -> String {
    let extension = path
        .extension()
        .and_then(|extension| extension.to_str())
        .unwrap_or_default();
    of(&extension.to_ascii_lowercase(), beginning)
}

fn of(extension: &str, beginning: &[u8]) -> String {
    let essence = by_name(extension, beginning)
        .or_else(|| by_content(beginning))
        .unwrap_or(UNKNOWN);
    if is_text(essence) && is_utf8(beginning) {
        format!("{essence}; charset=utf-8")
    } else {
        essence.to_owned()
    }
}

fn by_name(extension: &str, beginning: &[u8]) -> Option<&'static str> {
    match extension {
        // `mime_guess` knows these as video alone; most of them are TypeScript.
        "ts" | "mts" if is_mpeg_stream(beginning) => Some("video/mp2t"),
        "ts" | "mts" | "cts" | "tsx" => Some("text/x-typescript"),
        _ => mime_guess::from_ext(extension).first_raw(),
    }
}

fn by_content(beginning: &[u8]) -> Option<&'static str> {
    let plain = || (!beginning.is_empty() && is_utf8(beginning)).then_some("text/plain");
    infer::get(beginning).map(|kind| kind.mime_type()).or_else(plain)
}

fn is_mpeg_stream(beginning: &[u8]) -> bool {
    // Blu-ray's packets (.mts) have four more bytes in front.
    let packets_at = |first: usize, length: usize| {
        (0..3).all(|packet| beginning.get(first + packet * length) == Some(&MPEG_SYNC_BYTE))
    };
    packets_at(0, MPEG_PACKET_BYTES) || packets_at(4, MPEG_PACKET_BYTES + 4)
}

/// JSON is UTF-8 without being told (RFC 8259).
fn is_text(essence: &str) -> bool {
    essence.starts_with("text/")
        || matches!(
            essence,
            "application/javascript"
                | "application/x-javascript"
                | "application/xml"
                | "application/x-sql"
                | "application/x-sh"
        )
}

/// A character that the end of the beginning cuts in two is no fault. NUL is valid UTF-8, and never text.
fn is_utf8(beginning: &[u8]) -> bool {
    let cut = beginning.len() as u64 == BEGINNING_BYTES;
    let valid = match std::str::from_utf8(beginning) {
        Ok(_) => true,
        Err(error) => cut && error.error_len().is_none(),
    };
    valid && !beginning.contains(&0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_decides_and_text_says_that_it_is_utf8() {
        for (extension, beginning, expected) in [
            ("png", &b""[..], "image/png"),
            ("txt", "한글".as_bytes(), "text/plain; charset=utf-8"),
            ("txt", b"\xc7\xd1\xb1\xdb", "text/plain"),
            ("txt", b"\xff\xfeh\0i\0", "text/plain"),
            ("md", b"# Title", "text/markdown; charset=utf-8"),
            ("json", b"{}", "application/json"),
            ("html", b"<p>", "text/html; charset=utf-8"),
            ("pdf", b"%PDF-1.7", "application/pdf"),
        ] {
            assert_eq!(of(extension, beginning), expected);
        }
    }

    #[test]
    fn typescript_is_no_video() {
        assert_eq!(of("ts", b"export const a = 1;"), "text/x-typescript; charset=utf-8");
        let mut packets = vec![0xff; 3 * MPEG_PACKET_BYTES];
        for at in [0, MPEG_PACKET_BYTES, 2 * MPEG_PACKET_BYTES] {
            if let Some(byte) = packets.get_mut(at) {
                *byte = MPEG_SYNC_BYTE;
            }
        }
        assert_eq!(of("ts", &packets), "video/mp2t");
    }

    #[test]
    fn without_a_known_extension_the_first_bytes_decide() {
        assert_eq!(of("", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "image/png");
        assert_eq!(of("", b"all: build"), "text/plain; charset=utf-8");
        assert_eq!(of("", b""), UNKNOWN);
        assert_eq!(of("", b"\0\x01\xff"), UNKNOWN);
    }

    #[test]
    fn a_character_cut_in_two_at_the_end_of_the_beginning_is_no_fault() {
        let mut beginning = vec![b'a'; usize::try_from(BEGINNING_BYTES).unwrap_or_default() - 1];
        beginning.push("한".as_bytes().first().copied().unwrap_or_default());
        assert_eq!(of("txt", &beginning), "text/plain; charset=utf-8");
    }

    #[test]
    fn what_cannot_be_read_still_has_the_type_of_its_name() {
        assert_eq!(content_type(Path::new("/nowhere/a.PNG"), b""), "image/png");
    }
}
