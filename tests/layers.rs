//! The layers of the architecture page hold: no file of `src/` names what its layer may not. What the pure layer pulls in
//! is looked at in `library.rs`.

use crate::support::source;
use std::fs;
use std::path::Path;

/// A layer: `src/NAME.rs` and all of `src/NAME/`.
struct Layer {
    name: &'static str,
    /// The other layers that it may name.
    may_name: &'static [&'static str],
    /// What else it may not.
    forbidden: &'static [&'static str],
}

const WINDOWS: &[&str] = &["egui", "eframe", "winit", "rfd"];

/// Arrows only go right: `ui`, `cli` ► `engine` ► `signer`, `transfer`, `store` ► `aws` ► `s3`. The command line opens
/// the window, so `cli` may name `ui`.
const LAYERS: &[Layer] = &[
    Layer {
        name: "s3",
        may_name: &[],
        forbidden: &[
            "tokio",
            "reqwest",
            "hyper",
            "aws_config",
            "aws_sdk_s3",
            "getrandom",
            "tracing",
            "std::fs",
            "std::net",
            "std::io",
            "std::process",
            "std::env",
            "std::thread",
            "SystemTime",
            "Instant",
            "Timestamp::now",
            "Zoned::now",
        ],
    },
    Layer {
        name: "lambda",
        may_name: &["s3"],
        forbidden: &["reqwest", "aws_config", "aws_sdk_s3"],
    },
    Layer {
        name: "aws",
        may_name: &["s3"],
        forbidden: &[],
    },
    Layer {
        name: "signer",
        may_name: &["aws", "s3"],
        forbidden: &[],
    },
    Layer {
        name: "transfer",
        may_name: &["aws", "s3"],
        forbidden: &[],
    },
    Layer {
        name: "store",
        may_name: &["aws", "s3"],
        forbidden: &[],
    },
    Layer {
        name: "sandbox",
        may_name: &["s3"],
        forbidden: &[],
    },
    Layer {
        name: "engine",
        may_name: &["signer", "transfer", "store", "aws", "s3", "sandbox"],
        forbidden: &[],
    },
    Layer {
        name: "cli",
        may_name: &["ui", "engine", "signer", "transfer", "store", "aws", "s3", "sandbox"],
        forbidden: &[],
    },
    Layer {
        name: "ui",
        may_name: &["engine", "signer", "transfer", "store", "aws", "s3", "sandbox"],
        forbidden: &["reqwest", "hyper", "rusqlite", "aws_config", "aws_sdk_s3"],
    },
];

#[test]
fn no_file_names_what_its_layer_may_not() {
    let mut broken = Vec::new();
    for path in source::files() {
        let name = layer_name(&path);
        let Some(layer) = LAYERS.iter().find(|layer| layer.name == name) else {
            assert!(
                ["lib", "main", "bin"].contains(&name.as_str()),
                "{}: which layer is this?",
                path.display()
            );
            continue;
        };
        let source = fs::read_to_string(source::folder().join(&path)).unwrap();
        broken.extend(forbidden_in(layer, &source).map(|named| format!("src/{}: {named}", path.display())));
    }
    assert!(
        broken.is_empty(),
        "these files name what their layer may not:\n{}",
        broken.join("\n")
    );
}

/// Whatever lets a server go without a certificate that somebody trusts, in rustls, reqwest and the AWS SDK's client.
#[test]
fn no_file_can_turn_the_check_of_certificates_off() {
    const SWITCHES: [&str; 5] = [
        "danger_accept",
        "dangerous",
        "ServerCertVerifier",
        "native_tls",
        "insecure",
    ];
    let mut found = Vec::new();
    for path in source::files() {
        let code = source::code_of(&fs::read_to_string(source::folder().join(&path)).unwrap()).to_lowercase();
        let switches = SWITCHES.iter().filter(|switch| code.contains(&switch.to_lowercase()));
        found.extend(switches.map(|switch| format!("src/{}: {switch}", path.display())));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The test above would be worth nothing if it found nothing.
#[test]
fn a_forbidden_import_is_found_in_every_form() {
    let breaks = |layer: &str, source: &str| {
        let layer = LAYERS.iter().find(|known| known.name == layer).unwrap();
        forbidden_in(layer, source).next().is_some()
    };
    assert!(breaks("s3", "use tokio::sync::watch;"));
    assert!(breaks("s3", "fn now() -> jiff::Timestamp { jiff::Timestamp::now() }"));
    assert!(breaks(
        "s3",
        "use std::{\n    collections::BTreeMap,\n    fs::{self, File},\n};"
    ));
    assert!(breaks("s3", "let now = std::time::SystemTime::now();"));
    assert!(breaks("engine", "pub ctx: egui::Context,"));
    assert!(breaks("engine", "use eframe as window;"));
    assert!(breaks(
        "signer",
        "use crate::{\n    aws::Account,\n    transfer::Post,\n};"
    ));
    assert!(breaks("transfer", "use crate::{s3::{answer, policy}, store};"));
    assert!(breaks("store", "crate :: engine :: Engine"));
    assert!(breaks("ui", "crate::cli::run()"));

    assert!(!breaks(
        "s3",
        "// tokio::spawn is for others\n/* and std::fs too */ \"std::fs\"; r#\"tokio\"#;"
    ));
    assert!(!breaks(
        "s3",
        "use crate::s3::{policy, answer}; let tokio_like = '\"'; // egui"
    ));
    assert!(!breaks(
        "signer",
        "use crate::{aws::Account, s3::transfer_name}; crate::signer::transfer();"
    ));
    assert!(!breaks(
        "s3",
        "pub fn a() {}\n#[cfg(test)]\nmod tests {\n    use std::fs;\n}\n"
    ));
}

/// Everything that a source names and its layer may not.
fn forbidden_in(layer: &Layer, source: &str) -> impl Iterator<Item = String> {
    let code = tight_code_of(source);
    let windows = if layer.name == "ui" { &[] } else { WINDOWS };
    let may_name = |other: &Layer| other.name == layer.name || layer.may_name.contains(&other.name);
    let layers = LAYERS.iter().filter(move |other| !may_name(other));
    let others = layer.forbidden.iter().chain(windows);
    layers
        .map(|other| format!("crate::{}", other.name))
        .chain(others.map(|&path| path.to_owned()))
        .filter(move |path| names(&code, path))
}

/// Whether `code` names `path`: written out, or as an item of a group such as `use crate::{a, b::c}`.
fn names(code: &str, path: &str) -> bool {
    let written_out = code
        .match_indices(path)
        .any(|(start, _)| is_whole(code, start, path.len()));
    written_out
        || path.rsplit_once("::").is_some_and(|(parent, item)| {
            let opening = format!("{parent}::{{");
            code.match_indices(&opening)
                .any(|(start, _)| group_has(&code[start + opening.len()..], item))
        })
}

/// Whether the words at both ends of a match end there too.
fn is_whole(code: &str, start: usize, length: usize) -> bool {
    let is_word = |character: char| character.is_alphanumeric() || character == '_';
    !code[..start].ends_with(is_word) && !code[start + length..].starts_with(is_word)
}

/// Whether one of the items of a group, given from behind its opening brace, begins with `item`.
fn group_has(group: &str, item: &str) -> bool {
    let mut depth = 0;
    let mut at_item_start = true;
    for (start, character) in group.char_indices() {
        if at_item_start && depth == 0 && group[start..].starts_with(item) && is_whole(group, start, item.len()) {
            return true;
        }
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => return false,
            '}' => depth -= 1,
            _ => {}
        }
        at_item_start = character == ',';
    }
    false
}

/// The code of a source in one line, without the blanks around `::`, `{` and `,`.
fn tight_code_of(source: &str) -> String {
    let mut tight: String = source::code_of(source).split_whitespace().collect::<Vec<_>>().join(" ");
    for sign in ["::", "{", ","] {
        tight = tight
            .replace(&format!(" {sign}"), sign)
            .replace(&format!("{sign} "), sign);
    }
    tight
}

/// The first folder of a path, or the file's own name.
fn layer_name(path: &Path) -> String {
    let first = path.components().next().unwrap().as_os_str().to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}
