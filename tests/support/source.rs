//! The sources of Dropslot, read as code: what comments, texts and unit tests say is not there.

use std::fs;
use std::path::{Path, PathBuf};

/// `src/`.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every Rust file of `src/`, relative to it.
pub(crate) fn files() -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder()];
    while let Some(open) = folders.pop() {
        for entry in fs::read_dir(open).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path.strip_prefix(folder()).unwrap().to_path_buf());
            }
        }
    }
    files
}

/// A source with blanks for its comments, its texts and all that is there for `cfg(test)` alone; its lines stay where
/// they are.
pub(crate) fn code_of(source: &str) -> String {
    let mut code = String::new();
    let mut left = source;
    while let Some(character) = left.chars().next() {
        let beside_code = comment_or_literal_length(left);
        if beside_code > 0 {
            code.push_str(&blank(&left[..beside_code]));
        } else {
            code.push(character);
        }
        left = &left[beside_code.max(character.len_utf8())..];
    }
    without_tests(&code)
}

/// As many lines, with nothing on them.
fn blank(text: &str) -> String {
    let lines = text.chars().filter(|character| *character == '\n');
    format!(" {}", lines.collect::<String>())
}

/// Takes the items out that follow `#[cfg(test)]`.
fn without_tests(code: &str) -> String {
    const MARK: &str = "#[cfg(test)]";
    let mut shipped = String::new();
    let mut left = code;
    while let Some((before, from)) = left.find(MARK).map(|at| left.split_at(at)) {
        let (item, after) = from.split_at(item_length(from));
        shipped.push_str(before);
        shipped.push_str(&blank(item));
        left = after;
    }
    shipped + left
}

/// The length of the item that a text begins with, to its semicolon or its last brace; a field ends with what it is in.
fn item_length(code: &str) -> usize {
    let mut depth = 0;
    for (at, character) in code.char_indices() {
        match character {
            '{' | '[' | '(' => depth += 1,
            '}' | ']' | ')' => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            return at;
        }
        if depth == 0 && matches!(character, ';' | '}') {
            return at + 1;
        }
    }
    code.len()
}

/// The length of the comment, string or character that a text begins with; 0 where it begins with code.
fn comment_or_literal_length(text: &str) -> usize {
    let through = |from: usize, end: &str| text[from..].find(end).map_or(text.len(), |at| from + at + end.len());
    let raw_hashes = text
        .strip_prefix('r')
        .map(|raw| raw.len() - raw.trim_start_matches('#').len());
    match raw_hashes {
        Some(hashes) if text[1 + hashes..].starts_with('"') => {
            return through(2 + hashes, &format!("\"{}", "#".repeat(hashes)));
        }
        _ => {}
    }
    if text.starts_with("//") {
        return text.find('\n').unwrap_or(text.len());
    }
    if text.starts_with("/*") {
        return through(2, "*/");
    }
    if text.starts_with("'\\") {
        return through(3, "'");
    }
    if text.starts_with('\'') {
        // A lifetime has no closing quote behind its first letter.
        let length = text.chars().nth(1).map_or(0, char::len_utf8);
        return if text[1 + length..].starts_with('\'') {
            length + 2
        } else {
            0
        };
    }
    if !text.starts_with('"') {
        return 0;
    }
    let mut escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}
