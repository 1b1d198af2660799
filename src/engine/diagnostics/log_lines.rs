//! Lines of the log, read back: `TIME LEVEL TARGET: MESSAGE NAME=VALUE…`, as `tracing-subscriber` writes them.

use super::redaction::Redaction;

/// Fields that hold no name, and are shown where they look as they should.
const PLAIN_FIELDS: [&str; 22] = [
    "attempts",
    "cancelled",
    "code",
    "command",
    "commit",
    "elapsed",
    "failed",
    "from",
    "kind",
    "os",
    "proof",
    "rate",
    "request_id",
    "seconds",
    "size_bytes",
    "status",
    "to",
    "upload",
    "uploads",
    "version",
    "width",
    "is_reached",
];
/// Fields with sentences: shown without names.
const SENTENCES: [&str; 4] = ["what", "error", "details", "message_of_panic"];

/// One of them.
#[derive(Debug)]
pub(super) struct LogLine<'a> {
    time: &'a str,
    level: &'a str,
    target: &'a str,
    message: &'a str,
    fields: Vec<(&'a str, &'a str)>,
}

impl<'a> LogLine<'a> {
    /// `None` where it is something else: the rest of a line that was broken.
    pub(super) fn read(line: &'a str) -> Option<Self> {
        let (time, rest) = line.split_once(' ')?;
        let (level, rest) = rest.trim_start().split_once(' ')?;
        let (target, rest) = rest.split_once(": ")?;
        let is_ours = target.starts_with("dropslot") && !target.contains(' ');
        let is_level = ["ERROR", "WARN", "INFO", "DEBUG", "TRACE"].contains(&level);
        if !is_ours || !is_level || !time.ends_with('Z') {
            return None;
        }
        let begin = next_field(rest).unwrap_or(rest.len());
        let (message, mut left) = rest.split_at_checked(begin)?;
        let mut fields = Vec::new();
        while let Some((name, from)) = left.trim_start().split_once('=') {
            let (value, after) = from.split_at_checked(value_length(from))?;
            fields.push((name, value));
            left = after;
        }
        Some(Self {
            time,
            level,
            target,
            message: message.trim(),
            fields,
        })
    }

    /// What a person may paste.
    pub(super) fn redacted(&self, redaction: &Redaction) -> String {
        let fields = self
            .fields
            .iter()
            .map(|(name, value)| format!(" {name}={}", shown(name, value, redaction)));
        let fields: String = fields.collect();
        let message = redaction.text(self.message);
        format!("{} {:>5} {}: {message}{fields}", self.time, self.level, self.target)
    }

    /// `TIME CODE sentence (request REQUEST_ID)`, of a line that tells of a failure.
    pub(super) fn failure(&self, redaction: &Redaction) -> Option<String> {
        let field = |wanted: &str| {
            let found = self.fields.iter().find(|(name, _)| *name == wanted);
            found.map(|(name, value)| shown(name, value, redaction))
        };
        let (code, what) = (field("code")?, field("what")?);
        let request = field("request_id").map_or_else(String::new, |id| format!(" (request {id})"));
        Some(format!("{} {code} {what}{request}", self.time))
    }
}

fn shown(name: &str, value: &str, redaction: &Redaction) -> String {
    let unquoted = unquoted(value);
    // The panics of libraries are in this user's folders.
    if name == "place" {
        let tail = value.trim_matches('"').rsplit(['/', '\\']).next();
        return tail.unwrap_or_default().to_owned();
    }
    let is_plain = |text: &str| text.len() <= 100 && text.chars().all(is_harmless);
    if PLAIN_FIELDS.contains(&name) && is_plain(&unquoted) {
        return unquoted;
    }
    if SENTENCES.contains(&name) {
        return redaction.text(&unquoted);
    }
    "…".to_owned()
}

fn is_harmless(character: char) -> bool {
    character.is_ascii_alphanumeric() || "._+-=/µ".contains(character)
}

/// The text of a value that was written in quotation marks; a list as what stands in it.
fn unquoted(value: &str) -> String {
    if let Some(list) = value.strip_prefix('[').and_then(|list| list.strip_suffix(']')) {
        let texts = list
            .split("\", \"")
            .map(|text| text.trim_matches('"').replace("\\\"", "\""));
        return texts.collect::<Vec<_>>().join("; ");
    }
    match value.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
        Some(text) => text.replace("\\\"", "\"").replace("\\\\", "\\"),
        None => value.to_owned(),
    }
}

/// Where the next ` name=` begins.
fn next_field(text: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(blank) = text.get(from..)?.find(' ').map(|at| from + at) {
        let name = text.get(blank + 1..)?.split(['=', ' ']).next().unwrap_or_default();
        let is_name = !name.is_empty()
            && name
                .chars()
                .all(|letter| letter.is_ascii_lowercase() || "_.".contains(letter));
        if is_name
            && text
                .get(blank + 1 + name.len()..)
                .is_some_and(|after| after.starts_with('='))
        {
            return Some(blank);
        }
        from = blank + 1;
    }
    None
}

/// A value in quotation marks ends with them, a list with its bracket, any other before the next field.
fn value_length(text: &str) -> usize {
    let end = match text.chars().next() {
        Some('"') => '"',
        Some('[') => ']',
        _ => return next_field(text).unwrap_or(text.len()),
    };
    let (mut is_escaped, mut is_quoted) = (false, end == '"');
    for (at, character) in text.char_indices().skip(1) {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' if end == ']' => is_quoted = !is_quoted,
            _ if character == end && (end == '"' || !is_quoted) => return at + 1,
            _ => {}
        }
    }
    text.len()
}
