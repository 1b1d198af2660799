//! What draws the window takes its colours, typefaces, sizes and distances from `src/ui/theme.rs` alone.

use crate::support::source;
use std::fs;
use std::path::Path;

/// Numbers that measure nothing: nothing, half, whole, twice.
const PLAIN: [f64; 4] = [0.0, 0.5, 1.0, 2.0];

/// What makes a colour, a typeface, a margin or a shadow.
const MAKERS: &[&str] = &[
    "Color32::from_",
    "Rgba::from_",
    "Hsva::new",
    "hex_color!",
    "rgb(",
    "gamma_multiply(",
    "linear_multiply(",
    "lerp_to_gamma(",
    "FontId::new",
    "FontId::monospace",
    "FontId::proportional",
    "Margin::same",
    "Margin::symmetric",
    "Margin {",
    "Shadow {",
];

/// Colours that paint nothing: none at all, and egui's sign for one that is given later.
const NO_COLOURS: [&str; 2] = ["TRANSPARENT", "PLACEHOLDER"];

/// Numbers that are no measures.
struct Exception {
    /// What the path below `src/ui/` begins with.
    path: &'static str,
    /// None: all.
    numbers: Option<&'static [f64]>,
    reason: &'static str,
}

const EXCEPTIONS: &[Exception] = &[
    Exception {
        path: "widgets/icon.rs",
        numbers: None,
        reason: "the points of drawings, in fractions of their square",
    },
    Exception {
        path: "widgets/type_icon.rs",
        numbers: None,
        reason: "the points of drawings, in fractions of their square",
    },
    Exception {
        path: "widgets/bar.rs",
        numbers: Some(&[0.4, 0.7, 16.0, 100.0]),
        reason: "the arc of a spinner, in fractions of its square and of a turn; percent",
    },
    Exception {
        path: "zoom.rs",
        numbers: Some(&[100.0]),
        reason: "percent",
    },
    Exception {
        path: "model",
        numbers: Some(&[0.01, 0.2, 5.0]),
        reason: "seconds",
    },
    Exception {
        path: "view_model/row.rs",
        numbers: Some(&[0.99]),
        reason: "a share of the bytes",
    },
];

#[test]
fn nothing_but_the_theme_holds_a_colour_or_a_measure() {
    let mut found = Vec::new();
    for path in source::files() {
        let Ok(below) = path.strip_prefix("ui") else { continue };
        if is_theme(below) || is_test(below) {
            continue;
        }
        let source = fs::read_to_string(source::folder().join(&path)).unwrap();
        let path = below.to_string_lossy();
        found.extend(literals(&path, &source).map(|literal| format!("src/ui/{path}:{literal}")));
    }
    assert!(
        found.is_empty(),
        "these belong into src/ui/theme/, with a name:\n{}",
        found.join("\n")
    );
}

/// The test above would be worth nothing if it found nothing.
#[test]
fn a_literal_is_found_in_every_form() {
    let of = |source: &str| literals("row_ui.rs", source).collect::<Vec<_>>();
    assert_eq!(of("\nlet a = 16.0;\n\nui.add_space(12.0);"), ["2: 16.0", "4: 12.0"]);
    assert_eq!(
        of("/* of\ntwo lines */ let a = \"of\ntwo\"; vec2(3.0, 0.0)"),
        ["3: 3.0"]
    );
    assert_eq!(of("a(360.0_f32, 7f32, 3., 1e3, 1_000.5, -4.0)").len(), 6);
    assert_eq!(of("0.0..8.0"), ["1: 8.0"]);
    assert_eq!(of("for x in 0..3 { pair.0 + 2 * CORNER + 0x1f }"), [""; 0]);
    assert_eq!(of("0.0 + 0.5 + 1.0_f32 + 2.0 + 0.50"), [""; 0]);
    assert_eq!(of("Color32::WHITE"), ["1: Color32::WHITE"]);
    assert_eq!(of("egui::Color32::LIGHT_BLUE"), ["1: Color32::LIGHT_BLUE"]);
    assert_eq!(
        of("Color32::TRANSPARENT; Color32::PLACEHOLDER; a.map(Color32::r)"),
        [""; 0]
    );
    assert_eq!(of("CornerRadius::same(4); CornerRadius::same(theme::CORNER)").len(), 1);
    for maker in MAKERS {
        assert_eq!(
            of(&format!("let made = {maker}(9, 9);")),
            [format!("1: {maker}")],
            "{maker}"
        );
    }

    assert_eq!(
        of("// 16.0\n/// 16.0\nlet a = '\"'; let b = \"16.0 Color32::WHITE\";"),
        [""; 0]
    );
    let tests = "#[cfg(test)]\n#[allow(a, reason = \";\")]\nmod tests {\n    fn a() { 16.0; }\n}\n";
    assert_eq!(of(&format!("{tests}let a = 9.0;")), ["6: 9.0"]);
    assert_eq!(of("#[cfg(test)]\nuse a::{b, c};\nlet a = 9.0;"), ["3: 9.0"]);

    let in_bar = literals("widgets/bar.rs", "100.0 + 99.0 + Color32::RED").collect::<Vec<_>>();
    assert_eq!(in_bar, ["1: 99.0", "1: Color32::RED"]);
    assert!(is_theme(Path::new("theme.rs")) && is_theme(Path::new("theme/colours.rs")));
    assert!(!is_theme(Path::new("theme_ui.rs")) && !is_test(Path::new("row_ui.rs")));
}

/// An exception that nothing needs any more would let something new through.
#[test]
fn every_exception_is_needed() {
    for exception in EXCEPTIONS {
        let files = source::files();
        let sources: Vec<String> = files
            .iter()
            .filter(|path| {
                path.strip_prefix("ui")
                    .is_ok_and(|below| !is_test(below) && covers(exception, below))
            })
            .map(|path| source::code_of(&fs::read_to_string(source::folder().join(path)).unwrap()))
            .collect();
        let numbers: Vec<f64> = sources
            .iter()
            .flat_map(|code| floats(code))
            .map(|(_, _, value)| value)
            .collect();
        let Exception { path, reason, .. } = exception;
        assert!(numbers.iter().any(|number| !PLAIN.contains(number)), "{path}: {reason}");
        for allowed in exception.numbers.into_iter().flatten() {
            assert!(numbers.contains(allowed), "{path}: {allowed} ({reason})");
        }
    }
}

fn is_theme(path: &Path) -> bool {
    path.starts_with("theme") || path == Path::new("theme.rs")
}

/// Files that only `cfg(test)` compiles.
fn is_test(path: &Path) -> bool {
    path.components().any(|part| part.as_os_str() == "tests") || path.ends_with("tests.rs")
}

fn covers(exception: &Exception, path: &Path) -> bool {
    path.to_string_lossy().starts_with(exception.path)
}

/// Each colour, typeface and measure that a source holds, as `LINE: WHAT`.
fn literals(path: &str, source: &str) -> impl Iterator<Item = String> {
    let code = source::code_of(source);
    let is_excepted = |number: f64| {
        let mut known = EXCEPTIONS.iter().filter(|exception| covers(exception, Path::new(path)));
        known.any(|exception| exception.numbers.is_none_or(|numbers| numbers.contains(&number)))
    };
    let mut found: Vec<(usize, String)> = floats(&code)
        .filter(|(_, _, value)| !PLAIN.contains(value) && !is_excepted(*value))
        .map(|(at, literal, _)| (at, literal.to_owned()))
        .collect();
    for maker in MAKERS {
        let places = code.match_indices(maker).filter(|(at, _)| !follows_word(&code, *at));
        found.extend(places.map(|(at, maker)| (at, maker.to_owned())));
    }
    found.extend(named_colours(&code));
    found.extend(corners(&code));
    found.sort();
    found
        .into_iter()
        .map(|(at, what)| format!("{}: {what}", 1 + code[..at].matches('\n').count()))
        .collect::<Vec<_>>()
        .into_iter()
}

/// `Color32::WHITE` and its like.
fn named_colours(code: &str) -> impl Iterator<Item = (usize, String)> {
    code.match_indices("Color32::").filter_map(|(at, path)| {
        let name = word(&code[at + path.len()..]);
        let is_colour = name.starts_with(|first: char| first.is_ascii_uppercase()) && !NO_COLOURS.contains(&name);
        is_colour.then(|| (at, format!("{path}{name}")))
    })
}

/// `CornerRadius::same(4)`.
fn corners(code: &str) -> impl Iterator<Item = (usize, String)> {
    code.match_indices("CornerRadius::same(").filter_map(|(at, call)| {
        let radius = word(&code[at + call.len()..]);
        radius
            .starts_with(|first: char| first.is_ascii_digit())
            .then(|| (at, format!("{call}{radius})")))
    })
}

/// The numbers of a code that are written with a point, an exponent or a type: where, how and what they are.
fn floats(code: &str) -> impl Iterator<Item = (usize, &str, f64)> {
    let digits = code
        .char_indices()
        .filter(|(at, character)| character.is_ascii_digit() && begins_number(code, *at));
    digits.filter_map(|(at, _)| {
        let literal = number(&code[at..]);
        let plain = literal.replace('_', "");
        let untyped = plain.trim_end_matches("f32").trim_end_matches("f64");
        let is_float = untyped.len() < plain.len() || untyped.contains(['.', 'e']);
        // Hexadecimal digits are no exponent.
        let value = (is_float && !literal.starts_with("0x")).then(|| untyped.parse().unwrap());
        value.map(|value| (at, literal, value))
    })
}

/// Whether the digit at `at` is the first of a number: neither of a word nor of a tuple's field.
fn begins_number(code: &str, at: usize) -> bool {
    let before = &code[..at];
    !follows_word(code, at) && (!before.ends_with('.') || before.ends_with(".."))
}

fn follows_word(code: &str, at: usize) -> bool {
    code[..at].ends_with(|character: char| character.is_alphanumeric() || character == '_')
}

/// The number that a text begins with; a point belongs to it unless it is a range's or a method's.
fn number(text: &str) -> &str {
    let whole = word(text);
    let Some(behind) = text[whole.len()..].strip_prefix('.') else {
        return whole;
    };
    let fraction = word(behind);
    let is_point = match fraction.chars().next() {
        Some(first) => first.is_ascii_digit(),
        None => !behind.starts_with('.'),
    };
    if is_point {
        &text[..=whole.len() + fraction.len()]
    } else {
        whole
    }
}

/// The letters, digits and underscores that a text begins with.
fn word(text: &str) -> &str {
    let end = text.find(|character: char| !character.is_alphanumeric() && character != '_');
    &text[..end.unwrap_or(text.len())]
}
