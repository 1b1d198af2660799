//! The pages for people lead somewhere: every link and picture is there, and the measured numbers are those of the record.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn pages() -> Vec<PathBuf> {
    let mut pages = vec![root().join("README.md")];
    for folder in ["assets/docs", "assets/lambda"] {
        let entries = fs::read_dir(root().join(folder)).unwrap();
        pages.extend(entries.map(|entry| entry.unwrap().path()));
    }
    pages.retain(|page| page.extension().is_some_and(|extension| extension == "md"));
    pages
}

/// `](…)`, `src="…"` and `srcset="…"`.
fn links(page: &str) -> Vec<String> {
    let page: String = page.split("```").step_by(2).collect();
    let between = |begin: &str, end: char| {
        let pieces = page.split(begin).skip(1);
        pieces
            .filter_map(|piece| piece.split(end).next().map(str::to_owned))
            .collect::<Vec<_>>()
    };
    [between("](", ')'), between("src=\"", '"'), between("srcset=\"", '"')].concat()
}

/// The names that a heading can be reached by, as GitHub makes them.
fn anchors(page: &str) -> HashSet<String> {
    let without_code: String = page.split("```").step_by(2).collect();
    let headings = without_code.lines().filter(|line| line.starts_with('#')).map(|line| {
        let text = line.trim_start_matches('#').trim().to_lowercase();
        let kept = text
            .chars()
            .filter(|letter| letter.is_alphanumeric() || " -_".contains(*letter));
        kept.collect::<String>().replace(' ', "-")
    });
    headings.collect()
}

#[test]
fn every_link_and_picture_of_the_pages_is_there() {
    let mut looked_at = 0;
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        for link in links(&text).iter().filter(|link| !link.contains("://")) {
            looked_at += 1;
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = if path.is_empty() {
                page.clone()
            } else {
                page.parent().unwrap().join(path)
            };
            assert!(target.exists(), "{}: {link}", page.display());
            if !anchor.is_empty() {
                let there = anchors(&fs::read_to_string(&target).unwrap());
                assert!(
                    there.contains(anchor),
                    "{}: {link}; there are {there:?}",
                    page.display()
                );
            }
        }
    }
    assert!(looked_at > 50, "{looked_at}");
}

#[test]
fn no_picture_lies_about_that_no_page_shows() {
    let shown: HashSet<PathBuf> = pages()
        .iter()
        .flat_map(|page| {
            let folder = page.parent().unwrap().to_owned();
            links(&fs::read_to_string(page).unwrap())
                .into_iter()
                .map(move |link| folder.join(link))
        })
        .filter_map(|path| path.canonicalize().ok())
        .collect();
    for entry in fs::read_dir(root().join("assets/screenshots")).unwrap() {
        let picture = entry.unwrap().path().canonicalize().unwrap();
        assert!(shown.contains(&picture), "{} is on no page", picture.display());
    }
}

#[test]
fn the_measured_numbers_are_those_of_the_record() {
    let results = root().join("assets/bench/results.json");
    let checked = Command::new("python3")
        .arg(root().join("tests/bench/page.py"))
        .arg("--check")
        .args([&results, &root().join("assets/docs/measured.md")])
        .output()
        .unwrap();
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
}

/// What README says of speed, and the limit in the record that says it.
const RATIOS: [(&str, &str, &str); 4] = [
    ("1 GiB by form takes ", "post", "wall time, of curl's"),
    ("1 GiB in parts ", "parts", "wall time, of s5cmd's"),
    ("10,000 small files ", "small", "wall time, of s5cmd's"),
    (
        "256 MiB over a long, thin line ",
        "line",
        "wall time, of the best other's (aws s3 cp)",
    ),
];

#[test]
fn the_first_page_repeats_the_record() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap().replace('\n', " ");
    let results = fs::read_to_string(root().join("assets/bench/results.json")).unwrap();
    let results: serde_json::Value = serde_json::from_str(&results).unwrap();
    for (said, row, what) in RATIOS {
        let limits = results["rows"][row]["limits"].as_array().unwrap();
        let limit = limits.iter().find(|limit| limit["what"] == what).unwrap();
        let sentence = format!("{said}{:.2}", limit["measured"].as_f64().unwrap());
        assert!(readme.contains(&sentence), "README does not say: {sentence}");
    }
}

#[test]
fn the_first_command_installs_only_what_the_tests_install_too() {
    let readme = fs::read_to_string(root().join("README.md"))
        .unwrap()
        .replace("\\\n", " ");
    let command = readme
        .lines()
        .find(|line| line.starts_with("sudo apt-get install -y gcc"))
        .unwrap();
    let (packages, run) = command.split_once("&&").unwrap();
    assert!(run.contains("cargo run --release -- --sandbox README.md"), "{run}");
    let tested = fs::read_to_string(root().join("tests/run")).unwrap();
    for package in packages.split_whitespace().skip(4) {
        assert!(
            tested.split_whitespace().any(|word| word == package),
            "{package} is in no test"
        );
    }
}
