//! What is copied: the formats of destinations, and when a batch ends.

use super::fixtures::{MIB, account, done, model, row, stored, with_rows};
use super::hands::copied;
use crate::engine::{BatchId, Event, Stage};
use crate::store::CopyFormat;
use crate::transfer::{Access, Proof};
use crate::ui::action::Action;
use crate::ui::model::{Message, Model, SettingsAction};

fn ended() -> Event {
    let stored = |name| stored(name, Access::Public, Proof::Crc64Nvme);
    Event::BatchEnded {
        batch: BatchId(1),
        done: vec![stored("a.png"), stored("b.png")],
        failed: 0,
        cancelled: 0,
    }
}

fn goes_as(model: &mut Model, format: CopyFormat) {
    let mut destination = account("media-assets");
    destination.copy = format;
    model.batches.entry(BatchId(1)).or_default().destination = Some(destination);
}

const URL: &str = "https://media-assets.s3.ap-northeast-2.amazonaws.com/k3f9x2ab";

#[test]
fn when_a_batch_ends_its_urls_are_copied_unless_that_is_switched_off() {
    let mut model = model();
    let effects = model.happened(ended(), 1.0);
    assert_eq!(copied(&effects), format!("{URL}/a.png\n{URL}/b.png"));
    assert_eq!(model.toasts[0].message, Message::UrlsCopied(2));

    model.act(Action::Settings(SettingsAction::CopyWhenDone(false)), 2.0);
    assert!(model.happened(ended(), 3.0).is_empty());
}

#[test]
fn what_is_copied_has_the_format_of_the_destination_that_it_went_to() {
    let rows = vec![
        row(1, "a.png", MIB, done("a.png", Access::Public, Proof::Crc64Nvme)),
        row(2, "b.png", MIB, Stage::Waiting),
    ];
    let mut model = with_rows(model(), rows);
    goes_as(&mut model, CopyFormat::Markdown);
    assert_eq!(
        copied(&model.happened(ended(), 1.0)),
        format!("![a.png]({URL}/a.png)\n![b.png]({URL}/b.png)")
    );
    assert_eq!(
        copied(&model.act(Action::CopyAllUrls, 1.0)),
        format!("![a.png]({URL}/a.png)")
    );
    goes_as(&mut model, CopyFormat::Template("{name} {size}".to_owned()));
    assert_eq!(copied(&model.act(Action::CopyAllUrls, 1.0)), "a.png 1.1 MiB");
}
