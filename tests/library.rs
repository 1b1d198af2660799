//! The library as another program meets it: `dropslot::s3` alone, what it pulls in, its documentation and its examples.

use crate::support::sandbox::Sandbox;
use crate::support::source;
use crate::support::tools::{curl, run, stdout, told};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What `cargo tree` may name without features, one a line.
const PACKAGES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/library_packages.txt");

/// What no signer of forms has any need of. The AWS SDK's own brings the types of `http`, and of tokio its channels.
const STRANGERS: [&str; 14] = [
    "reqwest",
    "hyper",
    "hyper-util",
    "rustls",
    "mio",
    "socket2",
    "aws-config",
    "aws-sdk-s3",
    "rusqlite",
    "clap",
    "s3s",
    "egui",
    "eframe",
    "winit",
];

#[test]
fn the_library_alone_pulls_in_no_runtime_no_http_client_and_no_window() {
    let tree = cargo_tree();
    let mut packages: Vec<&str> = tree.lines().filter_map(|line| line.split(' ').next()).collect();
    for stranger in STRANGERS {
        assert!(!packages.contains(&stranger), "it depends on {stranger}");
    }
    let tokio = tree.lines().find(|line| line.starts_with("tokio ")).unwrap_or_default();
    let features = tokio.rsplit_once('|').map_or("", |(_, features)| features);
    for feature in ["rt", "rt-multi-thread", "net", "fs", "time", "full"] {
        assert!(
            !features.split(',').any(|on| on == feature),
            "it enables tokio's {feature}"
        );
    }

    packages.retain(|package| *package != "dropslot");
    packages.sort_unstable();
    packages.dedup();
    let allowed = fs::read_to_string(PACKAGES).unwrap();
    let allowed: Vec<&str> = allowed.lines().collect();
    let news: Vec<_> = packages.iter().filter(|package| !allowed.contains(package)).collect();
    let gone: Vec<_> = allowed.iter().filter(|package| !packages.contains(package)).collect();
    assert!(
        news.is_empty() && gone.is_empty(),
        "the packages behind the library alone are not those of {PACKAGES}: new are {news:?}, gone are {gone:?}"
    );
}

/// The packages behind the library without features, one a line: `NAME VERSION|FEATURES`.
fn cargo_tree() -> String {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(env!("CARGO_MANIFEST_DIR"));
    cargo.args(["tree", "--locked", "--edges", "normal", "--no-default-features"]);
    cargo.args(["--prefix", "none", "--format", "{p}|{f}"]);
    stdout(&mut cargo)
}

#[test]
fn every_public_item_of_the_library_has_an_example() {
    let mut without = Vec::new();
    let mut seen = 0;
    for path in source::files().into_iter().filter(|path| path.starts_with("s3")) {
        let source = fs::read_to_string(source::folder().join(&path)).unwrap();
        for item in public_items(&source) {
            seen += 1;
            if !item.has_example {
                without.push(format!("src/{}:{}: {}", path.display(), item.line, item.text));
            }
        }
    }
    assert!(seen > 100, "only {seen} items were found");
    assert!(
        without.is_empty(),
        "no example in the documentation of\n{}",
        without.join("\n")
    );
}

struct Item {
    line: usize,
    text: String,
    has_example: bool,
}

/// Functions, methods, types and constants that are public.
fn public_items(source: &str) -> Vec<Item> {
    const KINDS: [&str; 7] = ["fn ", "const ", "async ", "struct ", "enum ", "type ", "trait "];
    let code = source::code_of(source);
    let lines: Vec<&str> = source.lines().collect();
    let mut items = Vec::new();
    for (at, line) in code.lines().enumerate() {
        let Some(item) = line.trim_start().strip_prefix("pub ") else {
            continue;
        };
        if !KINDS.iter().any(|kind| item.starts_with(kind)) {
            continue;
        }
        let above = lines[..at].iter().rev().map(|line| line.trim());
        let mut documentation =
            above.take_while(|line| !line.is_empty() && !line.ends_with(['{', '}', ';']) || line.starts_with("///"));
        items.push(Item {
            line: at + 1,
            text: line.trim().to_owned(),
            has_example: documentation.any(|line| line.starts_with("/// ```")),
        });
    }
    items
}

/// The test above would be worth nothing if it found nothing.
#[test]
fn an_item_without_an_example_is_found() {
    let source = "\
/// A key.
///
/// ```
/// let a = 1;
/// ```
#[derive(Debug)]
pub struct Key(String);

/// No key.
pub enum NoKey {}

impl Key {
    /// Its text.
    #[must_use]
    pub fn text(&self) -> &str { /* pub fn no */ \"pub fn neither\" }
    pub(crate) fn ours() {}
}
";
    let found: Vec<_> = public_items(source)
        .into_iter()
        .map(|item| (item.text, item.has_example))
        .collect();
    assert_eq!(found.len(), 3);
    assert!(found[0].0.starts_with("pub struct Key") && found[0].1);
    assert!(found[1].0.starts_with("pub enum NoKey") && !found[1].1);
    assert!(found[2].0.starts_with("pub fn text") && !found[2].1);
}

#[test]
fn a_form_that_an_example_prints_is_taken_by_curl() {
    let sandbox = Sandbox::start();
    let mut presign = example("presign_post");
    presign.args(["sandbox", "us-east-1", "in/by hand's.txt", &sandbox.endpoint]);
    presign.env("AWS_ACCESS_KEY_ID", &sandbox.access_key_id);
    presign.env("AWS_SECRET_ACCESS_KEY", &sandbox.secret_access_key);
    presign.env_remove("AWS_SESSION_TOKEN");
    let output = run(&mut presign);
    assert!(output.status.success(), "{}", told(&output));
    let form: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(form["fields"]["key"], "in/by hand's.txt");

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("FILE");
    fs::write(&file, "by hand").unwrap();
    let line = String::from_utf8(output.stderr).unwrap();
    assert!(line.starts_with("curl --fail "), "{line}");
    let mut shell = Command::new("sh");
    shell.current_dir(&folder).args(["-c", &line]).env("no_proxy", "*");
    stdout(&mut shell);
    let url = form["url"].as_str().unwrap();
    assert_eq!(stdout(curl().arg(format!("{url}/in/by%20hand%27s.txt"))), "by hand");

    // The form as its JSON, held against a file by the program that reads what others have signed.
    let (taken, said) = checked(&form.to_string(), &file);
    assert!(taken && said.contains("/in/by%20hand%27s.txt\nuntil "), "{said}");
    fs::File::options()
        .write(true)
        .open(&file)
        .unwrap()
        .set_len((10 << 20) + 1)
        .unwrap();
    let (taken, said) = checked(&form.to_string(), &file);
    assert!(!taken && said.contains("TooLarge"), "{said}");
    // And as the line that was printed.
    fs::write(&file, "by hand").unwrap();
    assert!(checked(&line, &file).0);
}

#[test]
fn a_function_of_an_example_signs_pictures_alone() {
    let requests = "{\"object_name\": \"a.png\", \"content_type\": \"image/png\"}\n{\"object_name\": \"a.exe\"}\n";
    let (_, said) = fed(&mut example("signing_function"), requests);
    let answers: Vec<&str> = said.lines().collect();
    assert_eq!(answers[1], r#"400 {"message":"only pictures are taken"}"#);
    let form = answers[0].strip_prefix("200 ").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.png");
    fs::write(&file, "picture").unwrap();
    let (taken, said) = checked(form, &file);
    assert!(
        taken && said.starts_with("https://media-assets.s3.eu-west-1.amazonaws.com/in/"),
        "{said}"
    );
}

/// Whether a form takes the file, and what was said.
fn checked(form: &str, file: &Path) -> (bool, String) {
    fed(example("check_form").arg(file).arg("image/png"), form)
}

/// Runs a program with `input` for its standard input, and gives all that it said.
fn fed(command: &mut Command, input: &str) -> (bool, String) {
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(said).unwrap())
}

/// One of `tests/examples/`, which Cargo builds with the tests.
fn example(name: &str) -> Command {
    let beside: PathBuf = Path::new(env!("CARGO_BIN_EXE_dropslot")).with_file_name("examples");
    Command::new(beside.join(name))
}
