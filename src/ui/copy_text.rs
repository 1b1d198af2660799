//! What is put on the clipboard for an upload that is done: its URL, Markdown, HTML, or the person's own text.
//!
//! Markdown as `CommonMark` 0.31 reads it, HTML as the WHATWG's "Escaping a string" writes it.

use super::{format, names};
use crate::engine::Done;
use crate::store::CopyFormat;
use std::path::Path;

/// The words that a template knows.
pub(crate) const WORDS: [&str; 6] = ["url", "name", "object_key", "bucket", "size", "content_type"];

/// What a template's words stand for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CopyParts<'a> {
    pub(crate) url: &'a str,
    /// Its last part is the name.
    pub(crate) path: &'a Path,
    pub(crate) object_key: &'a str,
    pub(crate) bucket: &'a str,
    pub(crate) size_bytes: u64,
    /// An image is shown, not linked.
    pub(crate) content_type: &'a str,
}

impl<'a> From<&'a Done> for CopyParts<'a> {
    fn from(done: &'a Done) -> Self {
        Self {
            url: &done.url,
            path: &done.path,
            object_key: &done.object_key,
            bucket: &done.bucket,
            size_bytes: done.size_bytes,
            content_type: &done.content_type,
        }
    }
}

/// Why a text is no template; the sentences are in `words::copying`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum CopyTemplateError {
    /// A word in braces that is not one of [`WORDS`].
    UnknownWord {
        /// The word without its braces.
        word: String,
    },
    /// `{` without `}`, or the other way round.
    LoneBrace,
    /// Nothing would be copied.
    Empty,
}

/// Looks whether `template` can be copied by; to be called when it is edited.
///
/// # Errors
/// See [`CopyTemplateError`].
pub(crate) fn check_template(template: &str) -> Result<(), CopyTemplateError> {
    if template.trim().is_empty() {
        return Err(CopyTemplateError::Empty);
    }
    expand(template, |word| {
        WORDS
            .contains(&word)
            .then(String::new)
            .ok_or_else(|| CopyTemplateError::UnknownWord { word: word.to_owned() })
    })
    .map(|_| ())
}

/// The text. A template that [`check_template`] would refuse (from an edited settings file) gives the URL.
pub(crate) fn copy_text(format: &CopyFormat, parts: &CopyParts<'_>) -> String {
    match format {
        CopyFormat::Url => parts.url.to_owned(),
        CopyFormat::Markdown => markdown(parts),
        CopyFormat::Html => html(parts),
        CopyFormat::Template(template) => match check_template(template) {
            Ok(()) => expand(template, |word| Ok(value(word, parts))).unwrap_or_else(|_| parts.url.to_owned()),
            Err(_) => parts.url.to_owned(),
        },
    }
}

fn is_image(parts: &CopyParts<'_>) -> bool {
    parts.content_type.starts_with("image/")
}

fn markdown(parts: &CopyParts<'_>) -> String {
    let mark = if is_image(parts) { "!" } else { "" };
    let name = markdown_text(&names::of_path(parts.path));
    format!("{mark}[{name}]({})", markdown_url(parts.url))
}

/// Backslashes where a character would mean something. `snake_case` is left as it is: no renderer takes the `_` between
/// two letters for emphasis, and what does not render Markdown would show the backslash.
fn markdown_text(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let is_word = |index: Option<usize>| {
        index
            .and_then(|index| characters.get(index))
            .is_some_and(|character| character.is_alphanumeric())
    };
    let mut escaped = String::with_capacity(text.len());
    for (index, character) in characters.iter().copied().enumerate() {
        let (before, after) = (index.checked_sub(1), Some(index + 1));
        let means_something = match character {
            '\\' | '`' | '*' | '[' | ']' | '<' | '~' | '|' => true,
            '_' => !(is_word(before) && is_word(after)),
            // The beginning of `&amp;` or `&#38;`.
            '&' => is_word(after) || characters.get(index + 1) == Some(&'#'),
            _ => false,
        };
        if means_something {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// A URL that no bracket, space or quote ends early: our own are encoded, a public base URL may be anything.
fn markdown_url(url: &str) -> String {
    let mut encoded = String::with_capacity(url.len());
    for character in url.chars() {
        match character {
            '(' => encoded.push_str("%28"),
            ')' => encoded.push_str("%29"),
            '<' => encoded.push_str("%3C"),
            '>' => encoded.push_str("%3E"),
            '\\' => encoded.push_str("%5C"),
            ' ' => encoded.push_str("%20"),
            character => encoded.push(character),
        }
    }
    encoded
}

fn html(parts: &CopyParts<'_>) -> String {
    let (url, name) = (html_text(parts.url), html_text(&names::of_path(parts.path)));
    if is_image(parts) {
        format!("<img src=\"{url}\" alt=\"{name}\">")
    } else {
        format!("<a href=\"{url}\">{name}</a>")
    }
}

/// For text and for attributes in quotes of either kind.
fn html_text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            character => escaped.push(character),
        }
    }
    escaped
}

/// As it is: whether it has to be escaped, only the person who wrote the template knows.
fn value(word: &str, parts: &CopyParts<'_>) -> String {
    match word {
        "url" => parts.url.to_owned(),
        "name" => names::of_path(parts.path),
        "object_key" => parts.object_key.to_owned(),
        "bucket" => parts.bucket.to_owned(),
        "size" => format::size(parts.size_bytes),
        "content_type" => parts.content_type.to_owned(),
        _ => String::new(),
    }
}

/// `template` with `{word}`s replaced; `{{` and `}}` are braces.
fn expand(
    template: &str,
    value: impl Fn(&str) -> Result<String, CopyTemplateError>,
) -> Result<String, CopyTemplateError> {
    let mut expanded = String::new();
    let mut rest = template;
    while let Some(brace) = rest.find(['{', '}']) {
        let (before, from_brace) = rest.split_at(brace);
        expanded.push_str(before);
        if let Some(after) = from_brace.strip_prefix("{{") {
            expanded.push('{');
            rest = after;
        } else if let Some(after) = from_brace.strip_prefix("}}") {
            expanded.push('}');
            rest = after;
        } else {
            let (word, after) = from_brace
                .strip_prefix('{')
                .and_then(|word| word.split_once('}'))
                .ok_or(CopyTemplateError::LoneBrace)?;
            expanded.push_str(&value(word)?);
            rest = after;
        }
    }
    expanded.push_str(rest);
    Ok(expanded)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts<'a>(name: &'a str, content_type: &'a str) -> CopyParts<'a> {
        CopyParts {
            url: "https://b.s3.eu-west-1.amazonaws.com/k3f9/a.png",
            path: Path::new(name),
            object_key: "k3f9/a.png",
            bucket: "b",
            size_bytes: 1_258_291,
            content_type,
        }
    }

    #[test]
    fn an_image_is_shown_and_a_file_is_linked() {
        let url = "https://b.s3.eu-west-1.amazonaws.com/k3f9/a.png";
        let (image, file) = (parts("/home/me/a.png", "image/png"), parts("a.pdf", "application/pdf"));
        for (format, of_image, of_file) in [
            (CopyFormat::Url, url.to_owned(), url.to_owned()),
            (
                CopyFormat::Markdown,
                format!("![a.png]({url})"),
                format!("[a.pdf]({url})"),
            ),
            (
                CopyFormat::Html,
                format!("<img src=\"{url}\" alt=\"a.png\">"),
                format!("<a href=\"{url}\">a.pdf</a>"),
            ),
        ] {
            assert_eq!(copy_text(&format, &image), of_image);
            assert_eq!(copy_text(&format, &file), of_file);
        }
    }

    #[test]
    fn a_name_means_nothing_in_markdown() {
        for (name, text) in [
            ("a]b[c.txt", r"a\]b\[c.txt"),
            ("snake_case.txt", "snake_case.txt"),
            ("__init__.py", r"\_\_init\_\_.py"),
            ("a*b`c\\d.txt", r"a\*b\`c\\d.txt"),
            ("<script>.txt", r"\<script>.txt"),
            ("Tom & Jerry &amp; &#38;.txt", r"Tom & Jerry \&amp; \&#38;.txt"),
            ("두\n줄.txt", "두□줄.txt"),
        ] {
            assert_eq!(markdown_text(&names::of_path(Path::new(name))), text);
        }
    }

    #[test]
    fn a_base_url_with_brackets_does_not_end_the_link() {
        let mut parts = parts("a", "text/plain");
        parts.url = "https://cdn.example.com/a (1)/<b>";
        assert_eq!(
            copy_text(&CopyFormat::Markdown, &parts),
            "[a](https://cdn.example.com/a%20%281%29/%3Cb%3E)"
        );
    }

    #[test]
    fn a_name_cannot_leave_its_html_attribute() {
        let parts = parts("\" onload='x'><b>&amp;.png", "image/png");
        let html = copy_text(&CopyFormat::Html, &parts);
        assert!(
            html.ends_with("alt=\"&quot; onload=&#39;x&#39;&gt;&lt;b&gt;&amp;amp;.png\">"),
            "{html}"
        );
    }

    #[test]
    fn a_template_knows_its_words_and_writes_braces() {
        let format = CopyFormat::Template("{{{name}}} {size} {content_type} {bucket}:{object_key} {url}".to_owned());
        assert_eq!(
            copy_text(&format, &parts("/x/a.png", "image/png")),
            "{a.png} 1.1 MiB image/png b:k3f9/a.png https://b.s3.eu-west-1.amazonaws.com/k3f9/a.png"
        );
    }

    #[test]
    fn a_wrong_template_is_told_when_it_is_edited_and_copies_the_url() {
        let word = "date".to_owned();
        assert_eq!(
            check_template("{url} {date}"),
            Err(CopyTemplateError::UnknownWord { word })
        );
        for lone in ["{url", "url}", "{", "{{}"] {
            assert_eq!(check_template(lone), Err(CopyTemplateError::LoneBrace), "{lone}");
        }
        assert_eq!(check_template("  "), Err(CopyTemplateError::Empty));
        assert_eq!(check_template("see {url}"), Ok(()));
        let parts = parts("a", "text/plain");
        assert_eq!(copy_text(&CopyFormat::Template("{date}".to_owned()), &parts), parts.url);
    }
}
