//! What the menu of a row offers.

use crate::engine::{Done, ObjectOf, Stage, UploadRow};
use crate::store::CopyFormat;
use crate::transfer::Access;
use crate::ui::action::{Action, RowsAction};
use crate::ui::model::{DeleteTarget, Model, has_ended};
use crate::ui::names;
use crate::ui::widgets::{Icon, MenuEntry};

/// The menu of `upload`, from what is wanted most to what takes away.
pub(crate) fn row_menu(model: &Model, upload: &UploadRow) -> Vec<MenuEntry> {
    let words = model.words;
    let mut entries = Vec::new();
    if let Stage::Done(done) = &upload.stage {
        of_done(model, upload, done, &mut entries);
    }
    entries.push(MenuEntry::item(
        Icon::Folder,
        words.rows.show_in_folder,
        Action::ShowInFolder(upload.path.to_path_buf()),
    ));
    match &upload.stage {
        Stage::Done(_) | Stage::Deleted { .. } => entries.push(MenuEntry::item(
            Icon::Reload,
            words.rows.send_again,
            Action::Rows(RowsAction::SendAgain(upload.id)),
        )),
        Stage::Failed(_) | Stage::Cancelled => entries.push(MenuEntry::item(
            Icon::Reload,
            words.retry,
            Action::Retry(upload.id, None),
        )),
        Stage::Interrupted => entries.push(MenuEntry::item(
            Icon::Reload,
            words.resume,
            Action::Retry(upload.id, None),
        )),
        _ => {}
    }
    entries.push(MenuEntry::Divider);
    if let Stage::Done(done) = &upload.stage
        && model.is_signed_here(upload)
    {
        let target = DeleteTarget {
            object: ObjectOf::Upload(upload.id),
            name: names::of_path(&upload.path),
            place: names::harmless(&format!("{}/{}", done.bucket, done.object_key)),
        };
        let delete = Action::AskDelete(target);
        entries.push(MenuEntry::taking_away(
            Icon::Trash,
            words.deletion.delete_from_s3,
            delete,
        ));
    }
    entries.push(if has_ended(upload) {
        MenuEntry::item(Icon::Cross, words.remove, Action::Remove(upload.id))
    } else {
        MenuEntry::taking_away(Icon::Cross, words.cancel, Action::Cancel(upload.id))
    });
    entries
}

fn of_done(model: &Model, upload: &UploadRow, done: &Done, entries: &mut Vec<MenuEntry>) {
    let words = model.words;
    let mut formats = vec![
        (words.copying.as_url, CopyFormat::Url),
        (words.copying.as_markdown, CopyFormat::Markdown),
        (words.copying.as_html, CopyFormat::Html),
    ];
    if let format @ CopyFormat::Template(_) = model.copy_format(upload.batch) {
        formats.push((words.copying.as_template, format));
    }
    entries.push(MenuEntry::Heading(words.rows.copy_as.to_owned()));
    for (label, format) in formats {
        let action = Action::Rows(RowsAction::CopyAs(upload.id, format));
        entries.push(MenuEntry::item(Icon::Copy, label, action));
    }
    entries.push(MenuEntry::Divider);
    if done.access != Access::Private {
        entries.push(MenuEntry::item(Icon::Open, words.open, Action::Open(done.url.clone())));
    } else if model.is_signed_here(upload) {
        entries.push(MenuEntry::item(
            Icon::Clock,
            words.copy_temporary_link,
            Action::CopyTemporaryLink(ObjectOf::Upload(upload.id)),
        ));
    }
    entries.push(MenuEntry::item(
        Icon::Qr,
        words.show_qr,
        Action::ShowQr(done.url.clone()),
    ));
}
