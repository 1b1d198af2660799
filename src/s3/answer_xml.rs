//! The XML of S3's answers: a root and, below it, names with texts, and records of such.
//!
//! It comes from the network: cut short or broken, what was read up to there is what there is.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, Event};

/// What an answer's body says.
#[derive(Debug, Default)]
pub(super) struct AnswerXml {
    root: Option<String>,
    texts: Vec<(String, String)>,
    records: Vec<Record>,
    is_whole: bool,
}

/// An element right below the root that has elements of its own: a `Part` of a list.
#[derive(Debug, Default)]
pub(super) struct Record {
    name: String,
    texts: Vec<(String, String)>,
    below: Vec<(String, String)>,
}

impl Record {
    /// The text of its first element `name`, if it was read to its end.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        first(&self.texts, name)
    }

    /// The texts of all elements `name` one level further down: `Name` in each `Bucket` of `Buckets`.
    pub(super) fn texts_below<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let found = self.below.iter().filter(move |(present, _)| present == name);
        found.map(|(_, text)| text.as_str())
    }
}

fn first<'a>(texts: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let found = texts.iter().find(|(present, _)| present == name);
    found.map(|(_, text)| text.as_str())
}

impl AnswerXml {
    /// The outermost element's name: `PostResponse`, `Error`.
    pub(super) fn root(&self) -> Option<&str> {
        self.root.as_deref()
    }

    /// The text of the first element `name` right below the root, if it was read to its end.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        first(&self.texts, name)
    }

    /// The records `name`, those that were read to their end.
    pub(super) fn records<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Record> {
        self.records.iter().filter(move |record| record.name == name)
    }

    /// Whether the root was read to its end.
    pub(super) fn is_whole(&self) -> bool {
        self.is_whole
    }
}

/// Reads as far as it goes.
pub(super) fn read_xml(body: &str) -> AnswerXml {
    let mut reader = Reader::from_str(body);
    let mut xml = AnswerXml::default();
    let mut depth = 0_usize;
    let mut text = String::new();
    let mut record = Record::default();
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => {
                if depth == 0 {
                    xml.root.get_or_insert_with(|| element.local_name().as_ref().to_owned());
                }
                depth += 1;
                text.clear();
            }
            Ok(Event::Text(part)) => text.push_str(&part),
            Ok(Event::CData(part)) => text.push_str(&part),
            Ok(Event::GeneralRef(reference)) => push_reference(&mut text, &reference),
            Ok(Event::End(element)) => {
                let name = || element.local_name().as_ref().to_owned();
                match depth {
                    4 => record.below.push((name(), std::mem::take(&mut text))),
                    3 => record.texts.push((name(), std::mem::take(&mut text))),
                    2 if record.texts.is_empty() => xml.texts.push((name(), std::mem::take(&mut text))),
                    2 => {
                        record.name = name();
                        xml.records.push(std::mem::take(&mut record));
                    }
                    1 => xml.is_whole = true,
                    _ => {}
                }
                depth = depth.saturating_sub(1);
            }
            Ok(Event::Eof) | Err(_) => return xml,
            Ok(_) => {}
        }
    }
}

/// `&amp;` and its kin, and numbers. Any other entity would need a document type, which S3 never sends: it is left out,
/// so nothing can expand without end.
fn push_reference(text: &mut String, reference: &BytesRef<'_>) {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        text.push(character);
    } else if let Some(resolved) = resolve_predefined_entity(reference) {
        text.push_str(resolved);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn entities_and_nesting_are_read() {
        let xml = read_xml(
            "<?xml version=\"1.0\"?><Error><Code>A</Code><Message>&quot;a&#x26;b&#44;&lt;&unknown;</Message><Deep><Code>B</Code></Deep><C><![CDATA[<x>]]></C></Error>",
        );
        assert_eq!(xml.root(), Some("Error"));
        assert_eq!(xml.text("Code"), Some("A"));
        assert_eq!(xml.text("Message"), Some("\"a&b,<"));
        assert_eq!(xml.text("C"), Some("<x>"));
        assert_eq!(xml.text("None"), None);
    }

    #[test]
    fn records_are_read_with_their_texts() {
        let xml = read_xml(
            "<L><A>1</A><P><N>1</N><O><D>x</D></O><E>&quot;a&quot;</E></P><P><N>2</N></P><Q/><P></P><P><N>3</N>",
        );
        let numbers: Vec<_> = xml.records("P").map(|part| part.text("N")).collect();
        assert_eq!(numbers, [Some("1"), Some("2")], "one that was cut short does not count");
        assert_eq!(xml.records("P").next().and_then(|part| part.text("E")), Some("\"a\""));
        assert_eq!(xml.text("A"), Some("1"));
        assert!(!xml.is_whole());
        assert!(read_xml("<L><A>1</A></L>").is_whole());
    }

    #[test]
    fn what_lies_one_level_below_a_record_is_read() {
        let xml = read_xml("<L><Bs><B><N>a</N><D>x</D></B><B><N>b</N></B></Bs><Bs/><T>1</T></L>");
        let names: Vec<_> = xml.records("Bs").flat_map(|all| all.texts_below("N")).collect();
        assert_eq!(names, ["a", "b"]);
        assert_eq!(xml.text("T"), Some("1"));
    }

    #[test]
    fn cut_short_it_says_what_was_read() {
        let xml = read_xml("<Error><Code>SlowDown</Code><Message>Please red");
        assert_eq!(xml.text("Code"), Some("SlowDown"));
        assert_eq!(xml.text("Message"), None);
    }

    proptest! {
        #[test]
        fn no_body_makes_it_panic(body in ".*", inner in "[<>/&;a-b\\[\\]!?\" -]{0,60}") {
            let _ = read_xml(&body);
            let _ = read_xml(&format!("<Error>{inner}</Error>"));
        }
    }
}
