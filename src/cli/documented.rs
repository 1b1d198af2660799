//! What the pages for people say about the command line is so: every command on them is one that the program takes, and every
//! number that a constant sets is that constant's.

use super::args::{Arguments, Subcommand};
use crate::s3::KeyTemplate;
use crate::s3::parts::MAX_PARTS_UPLOAD_BYTES;
use crate::s3::policy_check::MAX_POST_BYTES;
use crate::s3::upload_options::{DEFAULT_EXPIRES_IN, MAX_EXPIRES_IN};
use crate::store::UploadMethod;
use crate::transfer::MAX_ATTEMPTS;
use clap::error::ErrorKind;
use clap::{CommandFactory as _, Parser as _};
use std::fs;
use std::path::{Path, PathBuf};

/// Pages whose commands are tried: README, and all of `assets/docs` and `assets/lambda`.
fn pages() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = vec![root.join("README.md")];
    for folder in ["assets/docs", "assets/lambda"] {
        let entries = fs::read_dir(root.join(folder)).unwrap();
        paths.extend(entries.map(|entry| entry.unwrap().path()));
    }
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    let read = |path: PathBuf| (path.clone(), fs::read_to_string(path).unwrap());
    paths.into_iter().map(read).collect()
}

fn readme() -> String {
    fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap()
}

/// What runs something: the lines of fences, with their continuations, and what stands between backticks in the prose.
fn code(page: &str) -> (Vec<String>, Vec<String>) {
    let page = page.replace("\\\n", " ");
    let (mut lines, mut spans) = (Vec::new(), Vec::new());
    for (number, part) in page.split("```").enumerate() {
        if number % 2 == 1 {
            lines.extend(part.lines().skip(1).map(str::to_owned));
        } else {
            spans.extend(part.split('`').skip(1).step_by(2).map(str::to_owned));
        }
    }
    (lines, spans)
}

/// The command lines of this program in a line of a shell's: behind `|`, `;`, `&&` and `$(`, up to what ends them.
fn commands(line: &str) -> Vec<Vec<String>> {
    let line = line.split(" #").next().unwrap_or_default();
    // A word of its own: what is in quotes stays there.
    let spaced = line
        .replace("$(dropslot", " ; dropslot")
        .replace("; ", " ; ")
        .replace("--release -- ", "; dropslot ");
    let Ok(words) = shell_words::split(&spaced) else {
        return Vec::new();
    };
    let ends = |word: &String| matches!(word.as_str(), ";" | "|" | "&&" | ">" | ">>");
    let commands = words
        .split(ends)
        .filter(|command| command.first().is_some_and(|first| first == "dropslot"));
    commands
        .map(|command| {
            command
                .iter()
                .map(|word| word.trim_end_matches(')').to_owned())
                .collect()
        })
        .collect()
}

#[test]
fn every_command_on_the_pages_is_one_that_the_program_takes() {
    let mut tried = 0;
    for (path, page) in pages() {
        let (lines, spans) = code(&page);
        let mut try_all = |lines: &[String], also: &[ErrorKind]| {
            for command in lines.iter().flat_map(|line| commands(line)) {
                tried += 1;
                if let Err(error) = Arguments::try_parse_from(&command)
                    && !also.contains(&error.kind())
                {
                    panic!("{}: {}\n{error}", path.display(), command.join(" "));
                }
            }
        };
        let shown = [ErrorKind::DisplayHelp, ErrorKind::DisplayVersion];
        try_all(&lines, &shown);
        // The prose may name a command, or an option of it, without the rest.
        try_all(&spans, &[shown[0], shown[1], ErrorKind::MissingRequiredArgument]);
    }
    assert!(
        tried > 30,
        "{tried} commands were found: is the reader of the pages at fault?"
    );
}

#[test]
fn every_option_on_the_pages_is_one_of_the_program_s() {
    let program = Arguments::command();
    let mut known: Vec<String> = program
        .get_subcommands()
        .chain([&program])
        .flat_map(clap::Command::get_arguments)
        .filter_map(|argument| Some(format!("--{}", argument.get_long()?)))
        .collect();
    known.extend(["--help".to_owned(), "--version".to_owned()]);
    for (path, page) in pages() {
        let (_, spans) = code(&page);
        for span in spans.iter().filter(|span| span.starts_with("--")) {
            let option = span.split([' ', '=']).next().unwrap_or_default();
            assert!(
                known.iter().any(|known| known == option) || OF_OTHERS.contains(&option),
                "{}: `{span}`",
                path.display()
            );
        }
    }
}

/// Options of other programs that the pages name.
const OF_OTHERS: [&str; 2] = ["--config", "--locked"];

#[test]
fn every_command_of_the_program_is_on_the_first_page() {
    let readme = readme();
    let program = Arguments::command();
    for command in program.get_subcommands().filter(|command| !command.is_hide_set()) {
        let named = format!("dropslot {}", command.get_name());
        assert!(readme.contains(&named), "README does not name `{named}`");
    }
    // The one that it opens with.
    assert!(matches!(
        Arguments::try_parse_from(["dropslot", "put", "README.md"])
            .unwrap()
            .subcommand,
        Some(Subcommand::Put(_))
    ));
}

#[test]
fn the_numbers_on_the_first_page_are_the_program_s() {
    let readme = readme();
    let mib = |bytes: u64| format!("{} MiB", bytes >> 20);
    let gib = |bytes: u64| format!("{} GiB", bytes >> 30);
    let attempts = ["no", "once", "twice", "three", "four", "five", "six"][MAX_ATTEMPTS as usize];
    for said in [
        format!(
            "up to {}, and always where somebody else signs",
            mib(UploadMethod::PARTS_FROM_BYTES)
        ),
        format!(
            "above {}, up to {}",
            mib(UploadMethod::PARTS_FROM_BYTES),
            gib(MAX_PARTS_UPLOAD_BYTES)
        ),
        format!("A single request takes {} at most", gib(MAX_POST_BYTES)),
        format!("tried again up to {attempts} times"),
        format!("`{}` by default", KeyTemplate::DEFAULT),
    ] {
        assert!(readme.contains(&said), "README does not say: {said}");
    }
    assert_eq!(DEFAULT_EXPIRES_IN.as_secs(), 3600, "security.md: an hour");
    assert_eq!(MAX_EXPIRES_IN.as_secs(), 7 * 86_400, "security.md: 7 days at most");
}

#[test]
fn the_placeholders_on_the_first_page_are_those_that_a_key_takes() {
    let readme = readme();
    let line = readme.lines().find(|line| line.starts_with("`{name} {stem}")).unwrap();
    let listed = line.split('`').nth(1).unwrap();
    for placeholder in listed.split(' ') {
        KeyTemplate::parse(placeholder).unwrap_or_else(|error| panic!("{placeholder}: {error}"));
    }
    // None is missing: the refusal of a wrong one names them all.
    let refusal = KeyTemplate::parse("{unknown}").unwrap_err().to_string();
    assert!(refusal.contains(listed), "{refusal}");
}
