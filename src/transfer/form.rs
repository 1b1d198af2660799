//! The `multipart/form-data` body around the file: fields in order, `file` last, a known length. Around a presigned PUT's
//! file stands nothing.
//!
//! Written by hand because S3 refuses a chunked form and because names that look odd must arrive as they are signed.
//! Source: RFC 7578; <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTForms.html>;
//! escapes in names: <https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data>

use super::Source;
use crate::s3::{PresignedPost, PresignedUpload};
use bytes::Bytes;
use std::fmt::Write as _;
use std::path::Path;
use unicode_normalization::UnicodeNormalization as _;

/// What stands before and after the file's bytes.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Form {
    /// All fields, and the headers of the part `file`.
    pub(super) preamble: Bytes,
    /// The closing boundary.
    pub(super) epilogue: Bytes,
    /// The request's headers but for its length: of a form its `Content-Type`, boundary included.
    pub(super) headers: Vec<(String, String)>,
    /// The request's `Content-Length`: both and the file, in bytes.
    pub(super) content_length: u64,
}

impl Form {
    /// What stands around `source` where it is sent by `upload`.
    pub(super) fn of(upload: &PresignedUpload, source: &Source, random: u128) -> Self {
        match upload {
            PresignedUpload::Post(post) => Self::new(post, source, random),
            PresignedUpload::Put(put) => Self::bare(put.headers.clone(), source.size_bytes),
        }
    }

    /// A PUT's body is the file or a part of it, and nothing around it.
    pub(super) fn bare(headers: Vec<(String, String)>, size_bytes: u64) -> Self {
        Self {
            preamble: Bytes::new(),
            epilogue: Bytes::new(),
            headers,
            content_length: size_bytes,
        }
    }

    /// A form for `source` between boundaries made of `random`.
    fn new(post: &PresignedPost, source: &Source, random: u128) -> Self {
        let boundary = format!("dropslot-{random:032x}");
        let mut preamble = String::new();
        for (name, value) in &post.fields {
            write_part(&mut preamble, &boundary, &escaped(name), "", value);
        }
        let file_name = if uses_file_name(post) {
            file_name(&source.path)
        } else {
            "file".to_owned()
        };
        let attribute = format!(
            "; filename=\"{}\"\r\nContent-Type: application/octet-stream",
            escaped(&file_name)
        );
        write_part(&mut preamble, &boundary, "file", &attribute, "");
        // The line break that `write_part` puts behind a value belongs behind the file's bytes.
        preamble.truncate(preamble.len() - 2);
        let epilogue = format!("\r\n--{boundary}--\r\n");
        Self {
            content_length: (preamble.len() + epilogue.len()) as u64 + source.size_bytes,
            headers: vec![(
                "Content-Type".to_owned(),
                format!("multipart/form-data; boundary={boundary}"),
            )],
            preamble: preamble.into(),
            epilogue: epilogue.into(),
        }
    }
}

fn write_part(form: &mut String, boundary: &str, name: &str, attribute: &str, value: &str) {
    // Writing to a `String` cannot fail.
    write!(
        form,
        "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"{attribute}\r\n\r\n{value}\r\n"
    )
    .unwrap_or_default();
}

/// Whether S3 puts the file's name into the key or another field. Else it is nobody's business, and stays `file`.
fn uses_file_name(post: &PresignedPost) -> bool {
    post.fields.iter().any(|(_, value)| value.contains("${filename}"))
}

/// The name that S3 puts in place of `${filename}`: NFC, without control characters.
#[must_use]
pub fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.nfc()
        .map(|character| if character.is_control() { '_' } else { character })
        .collect()
}

/// As browsers write names, so that none can end its quotes or its line.
fn escaped(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(fields: &[(&str, &str)], path: &str) -> (String, Form) {
        let post = PresignedPost {
            url: "https://bucket.s3.eu-west-1.amazonaws.com/".to_owned(),
            fields: fields
                .iter()
                .map(|&(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
        };
        let source = Source {
            path: path.into(),
            size_bytes: 7,
            modified: std::time::SystemTime::UNIX_EPOCH,
        };
        let form = Form::new(&post, &source, 0xabc);
        (String::from_utf8_lossy(&form.preamble).into_owned(), form)
    }

    #[test]
    fn the_file_is_last_and_the_length_is_exact() {
        let (preamble, form) = form(&[("key", "한글 1.png"), ("acl", "private")], "/tmp/secret name.png");
        let boundary = "--dropslot-00000000000000000000000000000abc";
        let expected = [
            &format!("{boundary}\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\n한글 1.png\r\n"),
            &format!("{boundary}\r\nContent-Disposition: form-data; name=\"acl\"\r\n\r\nprivate\r\n"),
            &format!("{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"file\"\r\n"),
            "Content-Type: application/octet-stream\r\n\r\n",
        ];
        assert_eq!(preamble, expected.concat());
        assert_eq!(form.epilogue, format!("\r\n{boundary}--\r\n"));
        assert_eq!(
            form.content_length,
            (form.preamble.len() + form.epilogue.len()) as u64 + 7
        );
        assert_eq!(
            form.headers,
            [(
                "Content-Type".to_owned(),
                format!("multipart/form-data; boundary={}", &boundary[2..])
            )]
        );
    }

    #[test]
    fn the_files_name_is_told_only_where_the_form_asks_for_it() {
        let (preamble, _) = form(
            &[("key", "in/${filename}")],
            "/tmp/a \"b\"\n\u{1112}\u{1161}\u{11ab}.png",
        );
        assert!(preamble.contains("; filename=\"a %22b%22_한.png\"\r\n"), "{preamble}");
    }

    #[test]
    fn a_fields_name_cannot_end_its_quotes() {
        let (preamble, _) = form(&[("x-amz-meta-\"\r\n", "v")], "/tmp/f");
        assert!(preamble.contains("name=\"x-amz-meta-%22%0D%0A\"\r\n"), "{preamble}");
    }
}
