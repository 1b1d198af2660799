//! What the menu of a row offers.

use super::link::Link;
use crate::engine::{ObjectOf, Stage, UploadRow};
use crate::ui::action::{Action, RowsAction};
use crate::ui::model::{DeleteTarget, Model, has_ended};
use crate::ui::names;
use crate::ui::widgets::{Icon, MenuEntry};

/// The menu of `upload`, from what is wanted most to what takes away.
pub(crate) fn row_menu(model: &Model, upload: &UploadRow) -> Vec<MenuEntry> {
    let words = model.words;
    let mut entries = Vec::new();
    if let Stage::Done(done) = &upload.stage {
        let link = Link::of_upload(upload.id, done, model.is_signed_here(upload));
        let copy_as = |format| Action::Rows(RowsAction::CopyAs(upload.id, format));
        entries.extend(link.menu(words, Some(model.copy_format(upload.batch)), copy_as));
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
