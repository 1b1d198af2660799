//! A form that somebody hands over: as JSON, or as the `curl` line that `mc share upload` prints.
//!
//! Source: <https://min.io/docs/minio/linux/reference/minio-mc/mc-share-upload.html>; `-F` by curl's manual page

use super::presigned_post::FILE_NAME_VARIABLE;
use super::vendor_reply::{self, Json, MAX_REPLY_BYTES};
use super::{PresignedUpload, VendorReply, VendorReplyError};

/// Why a text is no ticket. Nothing of the text is in it: a form is as good as a password.
///
/// ```
/// use dropslot::s3::{TicketError, ticket};
///
/// assert_eq!(ticket::read("Dear colleague,"), Err(TicketError::Neither));
/// assert_eq!(ticket::read("curl -F key=a.png"), Err(TicketError::NoUrl));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TicketError {
    /// Neither JSON nor a `curl` line.
    #[error("the text is neither a form's JSON nor a curl line")]
    Neither,
    /// A quotation mark without its partner.
    #[error("the curl line has a quotation mark too few")]
    Quotes,
    /// No `https://…`.
    #[error("the curl line has no URL")]
    NoUrl,
    /// No `-F name=value`.
    #[error("the curl line has no form field")]
    NoFields,
    /// `-F name=@file` beside the file itself.
    #[error("the curl line takes the field {name:?} from a file")]
    FieldFromFile {
        /// Which.
        name: String,
    },
    /// What is written there cannot be used.
    #[error(transparent)]
    Form(#[from] VendorReplyError),
}

/// Reads it.
///
/// # Errors
/// See [`TicketError`].
///
/// ```
/// use dropslot::s3::ticket;
///
/// let line = "curl https://minio.example.com/media/ -F policy=ey -F key=in/<NAME> -F file=@<FILE>";
/// let reply = ticket::read(line)?;
/// assert_eq!(reply.upload.object_key("a.png").as_deref(), Some("in/a.png"));
/// # Ok::<(), dropslot::s3::TicketError>(())
/// ```
pub fn read(text: &str) -> Result<VendorReply, TicketError> {
    if text.len() > MAX_REPLY_BYTES {
        return Err(VendorReplyError::TooLong.into());
    }
    if let Some(line) = curl_line(text) {
        return of_curl(&line);
    }
    if let Some(line) = line_in_json(text) {
        return of_curl(&line);
    }
    match VendorReply::read(text.as_bytes()) {
        Err(VendorReplyError::NotJson | VendorReplyError::Empty) => Err(TicketError::Neither),
        reply => Ok(reply?),
    }
}

/// What follows the word `curl`, on one line: lines that end in `\` (or `^`, or a backtick) go on in the next.
fn curl_line(text: &str) -> Option<String> {
    let begin = text
        .match_indices("curl")
        .map(|(at, _)| at)
        .find(|at| is_word_at(text, *at))?;
    let rest = text.get(begin + "curl".len()..)?;
    let rest = rest.strip_prefix(".exe").unwrap_or(rest);
    let mut line = String::new();
    for part in rest.lines() {
        let part = part.trim_end();
        let Some(goes_on) = part.strip_suffix(['\\', '^', '`']) else {
            line.push_str(part);
            break;
        };
        line.push_str(goes_on);
        line.push(' ');
    }
    Some(line)
}

/// `mc share upload --json` prints its line as `share`.
fn line_in_json(text: &str) -> Option<String> {
    let Ok(Json::Object(members)) = vendor_reply::read_json(text.trim()) else {
        return None;
    };
    let (_, share) = members.into_iter().find(|(name, _)| name == "share")?;
    curl_line(share.text()?)
}

/// JSON may hold the letters too, but no word of its own outside its quotation marks.
fn is_word_at(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    let after = text.get(at + "curl".len()..).unwrap_or_default();
    let ends = |character: Option<char>| character.is_none_or(char::is_whitespace);
    let before_is_fit = before.is_none_or(|before| before.is_whitespace() || before == '$');
    before_is_fit && (ends(after.chars().next()) || after.starts_with(".exe")) && !text.trim_start().starts_with('{')
}

/// What a `curl` line says.
#[derive(Default)]
struct Line {
    url: Option<String>,
    fields: Vec<(String, String)>,
    headers: Vec<(String, String)>,
    puts: bool,
}

fn of_curl(line: &str) -> Result<VendorReply, TicketError> {
    let words = shell_words::split(line).map_err(|_error| TicketError::Quotes)?;
    let line = Line::of_words(words)?;
    let url = line.url.ok_or(TicketError::NoUrl)?;
    let upload = if line.puts {
        PresignedUpload::Put(vendor_reply::checked_put(&url, line.headers)?)
    } else if line.fields.is_empty() {
        return Err(TicketError::NoFields);
    } else {
        PresignedUpload::Post(vendor_reply::checked_post(&url, line.fields)?)
    };
    Ok(VendorReply {
        upload,
        public_url: None,
    })
}

/// Long options whose value says nothing about the form.
const WITH_VALUE: &[&str] = &[
    "--output",
    "--max-time",
    "--user-agent",
    "--user",
    "--write-out",
    "--retry",
    "--connect-timeout",
    "--limit-rate",
    "--cacert",
    "--capath",
    "--cert",
    "--key",
    "--referer",
    "--cookie",
    "--cookie-jar",
    "--proxy",
    "--dump-header",
    "--resolve",
    "--interface",
    "--data",
    "--data-raw",
    "--data-binary",
];
/// Letters of short options that take a value, in the same word or in the next (curl's manual page).
const LETTERS_WITH_VALUE: &str = "AbcCdDeEFhHKmoPQrtTuUwxXyYz";

impl Line {
    fn of_words(words: Vec<String>) -> Result<Self, TicketError> {
        let mut line = Self::default();
        let mut words = words.into_iter();
        while let Some(word) = words.next() {
            let (option, joined) = split_option(&word);
            let mut value = || joined.clone().or_else(|| words.next()).unwrap_or_default();
            match option.as_str() {
                "-F" | "--form" => line.take_field(&value(), true)?,
                "--form-string" => line.take_field(&value(), false)?,
                "-H" | "--header" => line.headers.extend(header(&value())),
                "-X" | "--request" => line.puts |= value().eq_ignore_ascii_case("put"),
                "-T" | "--upload-file" => {
                    value();
                    line.puts = true;
                }
                "--url" => line.url = Some(value()),
                option if takes_value(option) => drop(value()),
                _ if is_url(&word) => line.url = line.url.or(Some(word)),
                _ => {}
            }
        }
        Ok(line)
    }

    /// `name=value`; `file=@…` is where the file goes.
    fn take_field(&mut self, text: &str, has_extras: bool) -> Result<(), TicketError> {
        let Some((name, value)) = text.split_once('=') else {
            return Ok(());
        };
        if name.eq_ignore_ascii_case("file") {
            return Ok(());
        }
        let value = if has_extras {
            if value.starts_with(['@', '<']) {
                return Err(TicketError::FieldFromFile { name: name.to_owned() });
            }
            without_extras(value)
        } else {
            value.to_owned()
        };
        // mc stands these in for what the person is to write.
        let value = if name.eq_ignore_ascii_case("key") {
            value
                .replace("<NAME>", FILE_NAME_VARIABLE)
                .replace("<FILE>", FILE_NAME_VARIABLE)
        } else {
            value
        };
        self.fields.push((name.to_owned(), value));
        Ok(())
    }
}

/// `-Fname=value`, `-sSF name=value` and `--form=name=value` into option and value.
fn split_option(word: &str) -> (String, Option<String>) {
    if word.starts_with("--") {
        return match word.split_once('=') {
            Some((option, value)) => (option.to_owned(), Some(value.to_owned())),
            None => (word.to_owned(), None),
        };
    }
    let Some(letters) = word.strip_prefix('-') else {
        return (word.to_owned(), None);
    };
    match letters
        .char_indices()
        .find(|(_, letter)| LETTERS_WITH_VALUE.contains(*letter))
    {
        Some((at, letter)) => {
            let value = letters.get(at + letter.len_utf8()..).filter(|value| !value.is_empty());
            (format!("-{letter}"), value.map(str::to_owned))
        }
        None => (word.to_owned(), None),
    }
}

fn takes_value(option: &str) -> bool {
    let is_short = option
        .strip_prefix('-')
        .is_some_and(|letter| letter.chars().count() == 1);
    WITH_VALUE.contains(&option) || (is_short && option.ends_with(|letter| LETTERS_WITH_VALUE.contains(letter)))
}

/// curl's `;type=…` behind a value, and quotation marks around it.
fn without_extras(value: &str) -> String {
    if let Some(quoted) = value.strip_prefix('"') {
        let mut plain = String::new();
        let mut characters = quoted.chars();
        while let Some(character) = characters.next() {
            match character {
                '"' => break,
                '\\' => plain.extend(characters.next()),
                other => plain.push(other),
            }
        }
        return plain;
    }
    let ends = [";type=", ";filename=", ";headers=", ";encoder="];
    let end = ends.iter().filter_map(|end| value.find(end)).min();
    value.get(..end.unwrap_or(value.len())).unwrap_or_default().to_owned()
}

fn header(text: &str) -> Option<(String, String)> {
    let (name, value) = text.split_once(':')?;
    Some((name.trim().to_owned(), value.trim().to_owned()))
}

fn is_url(word: &str) -> bool {
    word.starts_with("https://") || word.starts_with("http://")
}

#[cfg(test)]
mod tests;
