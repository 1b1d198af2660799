//! Changes a section of an AWS configuration file and leaves every other byte as it is.
//!
//! It writes what `aws configure set` writes (awscli's `customizations/configure/writer.py`), and is more careful where
//! that loses something: line ends stay what they are, comments stay, a key inside a nested block is not mistaken for
//! the section's own, and a section is found however its heading is spelled.
//! The format: <https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html>

use std::ops::Range;

/// Which section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section<'a> {
    /// `[profile NAME]`, or `[default]`: of the file `config`.
    Profile(&'a str),
    /// `[sso-session NAME]`: of the file `config`.
    SsoSession(&'a str),
    /// `[NAME]`: of the file `credentials`.
    Credentials(&'a str),
}

impl Section<'_> {
    /// Its heading as it is written.
    fn heading(self) -> String {
        match self {
            Self::Profile("default") => "[default]".to_owned(),
            Self::Profile(name) => format!("[profile {name}]"),
            Self::SsoSession(name) => format!("[sso-session {name}]"),
            Self::Credentials(name) => format!("[{name}]"),
        }
    }

    /// Whether `header` (what stands between the brackets) is its heading.
    fn is(self, header: &str) -> bool {
        let header = header.trim();
        let pair = header.split_once([' ', '\t']);
        let is_pair = |prefix: &str, name: &str| {
            pair.is_some_and(|(first, second)| first == prefix && unquoted(second.trim()) == name)
        };
        match self {
            Self::Profile("default") => header == "default" || is_pair("profile", "default"),
            Self::Profile(name) => is_pair("profile", name),
            Self::SsoSession(name) => is_pair("sso-session", name),
            Self::Credentials(name) => header == name,
        }
    }
}

fn unquoted(name: &str) -> &str {
    let of = |quote: char| name.strip_prefix(quote)?.strip_suffix(quote);
    of('"').or_else(|| of('\'')).unwrap_or(name)
}

/// A file's text, by lines with their ends. It holds secrets: no `Debug`.
pub(super) struct IniText {
    lines: Vec<String>,
    line_end: &'static str,
}

/// A key of a section with its value, nested lines included.
struct Entry {
    key: String,
    lines: Range<usize>,
}

impl IniText {
    pub(super) fn new(text: &str) -> Self {
        let lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
        let is_crlf = lines.first().is_some_and(|line| line.ends_with("\r\n"));
        Self {
            lines,
            line_end: if is_crlf { "\r\n" } else { "\n" },
        }
    }

    pub(super) fn has(&self, section: Section<'_>) -> bool {
        !self.places(section).is_empty()
    }

    /// The value that readers find in `section`.
    pub(super) fn value(&self, section: Section<'_>, key: &str) -> Option<&str> {
        let entry = self.last_entry(section, key)?;
        let (_, value) = self.line(entry.lines.start).split_once(['=', ':'])?;
        Some(without_comment(value).0.trim())
    }

    /// Sets each key to its value, in place where it is there, otherwise below the section's last one.
    pub(super) fn set(&mut self, section: Section<'_>, values: &[(&str, &str)]) {
        let mut values = values.iter().filter(|(_, value)| !value.is_empty()).peekable();
        if values.peek().is_none() {
            return;
        }
        if !self.has(section) {
            self.end_last_line();
            self.lines.push(format!("{}{}", section.heading(), self.line_end));
        }
        self.spell_plainly(section);
        for (key, value) in values {
            match self.last_entry(section, key) {
                Some(entry) => self.replace(&entry, value),
                None => self.insert(section, key, value),
            }
        }
    }

    /// Takes keys out of `section`.
    pub(super) fn remove(&mut self, section: Section<'_>, keys: &[&str]) {
        for place in self.places(section).into_iter().rev() {
            for entry in self.entries(place).into_iter().rev() {
                if keys.contains(&entry.key.as_str()) {
                    let notes = self.notes(&entry);
                    self.lines.splice(entry.lines, notes);
                }
            }
        }
    }

    pub(super) fn into_text(self) -> String {
        self.lines.concat()
    }

    fn line(&self, index: usize) -> &str {
        self.lines.get(index).map_or("", String::as_str)
    }

    /// Where the section stands, headings included. `[profile default]` makes readers pass over `[default]`.
    fn places(&self, section: Section<'_>) -> Vec<Range<usize>> {
        let headings: Vec<(usize, &str)> = self
            .lines
            .iter()
            .enumerate()
            .filter_map(|(index, line)| Some((index, header(line)?)))
            .collect();
        let ends = headings
            .iter()
            .skip(1)
            .map(|(index, _)| *index)
            .chain([self.lines.len()]);
        let found = headings.iter().zip(ends).filter(|((_, header), _)| section.is(header));
        let found: Vec<_> = found.collect();
        let is_prefixed = |header: &str| header.trim() != "default";
        let prefers_prefixed =
            section == Section::Profile("default") && found.iter().any(|((_, header), _)| is_prefixed(header));
        found
            .into_iter()
            .filter(|((_, header), _)| !prefers_prefixed || is_prefixed(header))
            .map(|((start, _), end)| *start..end)
            .collect()
    }

    /// The section's own keys: what is indented deeper than a key belongs to it. A line that is neither belongs to nobody,
    /// and stays.
    fn entries(&self, place: Range<usize>) -> Vec<Entry> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut own_indent = None;
        let mut is_below_key = false;
        for index in place.skip(1) {
            let line = self.line(index);
            if is_blank_or_comment(line) {
                continue;
            }
            let is_own = own_indent.is_none_or(|own| indent(line) <= own);
            if is_own {
                own_indent = Some(indent(line));
                is_below_key = key(line).is_some();
                entries.extend(key(line).map(|key| Entry {
                    key: key.to_ascii_lowercase(),
                    lines: index..index + 1,
                }));
            } else if let Some(last) = entries.last_mut().filter(|_| is_below_key) {
                last.lines.end = index + 1;
            }
        }
        entries
    }

    /// Of a key that is there twice the last one counts.
    fn last_entry(&self, section: Section<'_>, key: &str) -> Option<Entry> {
        let all = self.places(section).into_iter().flat_map(|place| self.entries(place));
        all.rev().find(|entry| entry.key == key)
    }

    fn replace(&mut self, entry: &Entry, value: &str) {
        let old = self.line(entry.lines.start);
        let (indent, name) = (" ".repeat(indent(old)), key(old).unwrap_or(&entry.key));
        let end = line_end(old).unwrap_or(self.line_end);
        let comment = old.split_once(['=', ':']).and_then(|(_, old)| without_comment(old).1);
        // To boto3 a comment behind a value is part of it: it gets a line of its own.
        let comment = comment.map(|comment| format!("{indent}{}{end}", comment.trim_end()));
        let new = format!("{indent}{name} = {value}{end}");
        let notes = self.notes(entry);
        let lines = comment.into_iter().chain([new]).chain(notes);
        self.lines.splice(entry.lines.clone(), lines);
    }

    /// Comments and blank lines between a key and what is below it: they stay when it goes.
    fn notes(&self, entry: &Entry) -> Vec<String> {
        let lines = entry.lines.clone().map(|index| self.line(index));
        let notes = lines.filter(|line| is_blank_or_comment(line));
        notes.map(str::to_owned).collect()
    }

    fn insert(&mut self, section: Section<'_>, key: &str, value: &str) {
        let Some(place) = self.places(section).pop() else {
            return;
        };
        let above = self.entries(place.clone()).pop();
        // Below all that is said there: the comments at the end may be about the next section.
        let last = place
            .clone()
            .skip(1)
            .rfind(|index| !is_blank_or_comment(self.line(*index)));
        let at = last.unwrap_or(place.start) + 1;
        let above = above.filter(|above| above.lines.end == at);
        let indent = above.map_or(0, |above| indent(self.line(above.lines.start)));
        if at == self.lines.len() {
            self.end_last_line();
        }
        let line = format!("{}{key} = {value}{}", " ".repeat(indent), self.line_end);
        self.lines.insert(at, line);
    }

    fn end_last_line(&mut self) {
        let end = self.line_end;
        if let Some(last) = self.lines.last_mut().filter(|last| !last.ends_with('\n')) {
            last.push_str(end);
        }
    }

    /// A quoted name is read by boto3 alone: as one word it needs no quotes, and every SDK reads it.
    fn spell_plainly(&mut self, section: Section<'_>) {
        for place in self.places(section) {
            let Some(line) = self.lines.get_mut(place.start) else {
                continue;
            };
            let quoted = line.find(['"', '\'']).zip(line.find(']'));
            if quoted.is_some_and(|(quote, bracket)| quote < bracket) {
                let after = line.split_once(']').map_or("", |(_, after)| after).to_owned();
                *line = format!("{}{after}", section.heading());
            }
        }
    }
}

/// What stands between the brackets, where a line is a heading.
fn header(line: &str) -> Option<&str> {
    let line = line.trim_start_matches('\u{feff}').trim_start();
    line.strip_prefix('[')?.split_once(']').map(|(header, _)| header)
}

fn is_blank_or_comment(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.starts_with(['#', ';'])
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

fn key(line: &str) -> Option<&str> {
    let (key, _) = line.split_once(['=', ':'])?;
    Some(key.trim()).filter(|key| !key.is_empty())
}

/// A value, and the comment behind it: `#` or `;` after white space.
fn without_comment(value: &str) -> (&str, Option<&str>) {
    let mut after_space = false;
    for (index, letter) in value.char_indices() {
        if after_space && matches!(letter, '#' | ';') {
            let (value, comment) = value.split_at(index);
            return (value, Some(comment));
        }
        after_space = letter.is_whitespace();
    }
    (value, None)
}

fn line_end(line: &str) -> Option<&'static str> {
    if line.ends_with("\r\n") {
        Some("\r\n")
    } else {
        line.ends_with('\n').then_some("\n")
    }
}

#[cfg(test)]
mod tests;
