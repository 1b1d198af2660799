//! The flat XML of S3's answers: a root and, below it, names with texts.
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
}

impl AnswerXml {
    /// The outermost element's name: `PostResponse`, `Error`.
    pub(super) fn root(&self) -> Option<&str> {
        self.root.as_deref()
    }

    /// The text of the first element `name` right below the root, if it was read to its end.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.texts
            .iter()
            .find(|(present, _)| present == name)
            .map(|(_, text)| text.as_str())
    }
}

/// Reads as far as it goes.
pub(super) fn read_xml(body: &str) -> AnswerXml {
    let mut reader = Reader::from_str(body);
    let mut xml = AnswerXml::default();
    let mut depth = 0_usize;
    let mut text = String::new();
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
                if depth == 2 {
                    xml.texts
                        .push((element.local_name().as_ref().to_owned(), std::mem::take(&mut text)));
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
