//! What the window knows: changed by events and actions only, drawn by `*_ui`, and free of any window.
//!
//! Nothing here waits or touches a file: what has to be done outside is returned as [`Effect`]s.

mod asking;
mod batch_end;
mod checkup;
mod copying;
mod deletion;
mod destination_form;
mod destinations;
mod diagnostics;
mod dialog;
mod handed;
mod happening;
mod history;
mod listing;
mod message;
mod pasted;
mod picker;
mod profile_form;
mod rows;
mod selection;
mod settings;
mod thumbnails;
mod ticket_form;
mod unfinished;
mod watches;
mod ways_in;

pub(crate) use checkup::{CheckupAction, CheckupView};
pub(crate) use deletion::{DeleteState, DeleteTarget};
pub(crate) use destination_form::{
    AccessChoice, DestinationForm, Fields, FormErrors, FoundBy, Purpose, Service, SignedBy, TypeChoice, Wanted,
};
pub(crate) use destinations::{DestinationAction, OfferedFix};
pub(crate) use dialog::Dialog;
pub(crate) use handed::Forms;
pub(crate) use history::{Day, History, HistoryList, copied, heading_top};
pub(crate) use listing::Listing;
pub(crate) use message::{Message, Toast};
pub(crate) use pasted::Pasted;
pub(crate) use picker::{Buckets, Choice, Picker, SandboxState};
pub(crate) use profile_form::{Adding, ProfileAction, ProfileForm, ProfileKind};
pub(crate) use rows::{Rows, has_ended};
pub(crate) use settings::{Place, SettingsAction, ZOOM_PERCENTS};
pub(crate) use ticket_form::{TicketAction, TicketForm, limits_of, takes_one_file};
pub(crate) use unfinished::{DiscardQuestion, Look, UnfinishedAction};
pub(crate) use watches::{WatchAction, Watches};
pub(crate) use ways_in::{HOLD, Hover, PathField};

use super::action::{Action, CopySource, Effect, RowOf};
use super::backend::What;
use super::words::Words;
use crate::engine::{BatchId, Command, Failure, Snapshot, UploadId};
use crate::store::{Destination, DestinationKind, Folders, Settings};
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;
use thumbnails::Thumbnails;
use unfinished::Looks;

/// What the key template's words stand for in the example.
#[derive(Clone, Debug, Default)]
pub(crate) struct ExampleFacts {
    /// Login name.
    pub(crate) user: String,
    /// This machine.
    pub(crate) host: String,
    /// For `{rand}`; the same as long as the window is open, so that the example stands still.
    pub(crate) random: [u8; 16],
    /// What came in last; the example is called so.
    pub(crate) file: Option<ExampleFile>,
}

/// A file that came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ExampleFile {
    /// Its name, fit to be shown.
    pub(crate) name: String,
    /// The folder below (and with) the one that was given, `/`-separated; empty for a file that was given itself.
    pub(crate) dir: String,
}

/// What the window shows below its bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Page {
    /// The ways in and the list.
    #[default]
    Uploads,
    /// What was uploaded.
    History,
    /// What the person chose.
    Settings,
}

impl Page {
    /// In the order of their tabs and of Ctrl+1, Ctrl+2, ….
    pub(crate) const ALL: [Self; 3] = [Self::Uploads, Self::History, Self::Settings];
}

/// What the window remembers of a batch that it sent off.
#[derive(Clone, Debug, Default)]
pub(crate) struct BatchNote {
    /// Where it goes; `None` where that differs from upload to upload.
    pub(crate) destination: Option<Destination>,
    /// When its hold ends, in seconds of the window's clock.
    pub(crate) held_until: Option<f64>,
    /// The first file or folder that was given.
    first_path: Option<PathBuf>,
}

/// Everything that is drawn.
#[derive(Debug)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, not a state of one machine"
)]
pub(crate) struct Model {
    pub(crate) words: &'static Words,
    pub(crate) page: Page,
    pub(crate) dialog: Option<Dialog>,
    pub(crate) settings: Settings,
    pub(crate) picker: Picker,
    pub(crate) snapshot: Arc<Snapshot>,
    pub(crate) rows: Rows,
    pub(crate) thumbnails: Thumbnails,
    pub(crate) batches: HashMap<BatchId, BatchNote>,
    /// Furthest that each bar has been: a bar never runs backwards within an attempt.
    pub(crate) progress: HashMap<UploadId, f32>,
    /// When the snapshot came, in seconds of the window's clock.
    pub(crate) snapshot_at: f64,
    pub(crate) history: History,
    /// Parts uploads that nobody has finished, of the buckets that were asked.
    pub(crate) unfinished: Looks,
    pub(crate) watches: Watches,
    pub(crate) forms: Forms,
    pub(crate) details_open: HashSet<UploadId>,
    /// The number of the last examination.
    last_checkup: u64,
    /// Dropped or chosen before there was a destination.
    pub(crate) parked: Vec<PathBuf>,
    pub(crate) pasted: Pasted,
    /// Some of the parked were dropped or pasted, not named.
    parked_are_to_be_shown: bool,
    pub(crate) hover: Option<Hover>,
    pub(crate) delivers_drops: bool,
    /// The person looks at the window: neither another program's is in front, nor is it minimised.
    pub(crate) in_front: bool,
    pub(crate) path_field: Option<PathField>,
    pub(crate) troubles: Vec<Failure>,
    pub(crate) toasts: Vec<Toast>,
    /// A change that helped one upload.
    pub(crate) offered_fix: Option<OfferedFix>,
    /// Where uploads went that do not go where their batch goes: tried again by another destination, or left by another
    /// process together with some that went elsewhere.
    destinations: HashMap<UploadId, Arc<Destination>>,
    pub(crate) copied: Option<(CopySource, f64)>,
    /// Asking whether to close.
    pub(crate) closing: bool,
    pub(crate) engine_gone: bool,
    pub(crate) example: ExampleFacts,
    /// Where settings and data are kept; `None` where nothing is.
    pub(crate) folders: Option<Folders>,
    /// What draws the window.
    pub(crate) renderer: Option<String>,
    may_close: bool,
}

impl Model {
    /// A window with nothing in it, and what it needs first.
    pub(crate) fn new(
        words: &'static Words,
        settings: Settings,
        initial: Option<Destination>,
        example: ExampleFacts,
    ) -> Self {
        let initial = initial.or_else(|| settings.last_destination.clone());
        Self {
            words,
            page: Page::default(),
            dialog: None,
            picker: Picker::new(initial, &settings.destinations),
            settings,
            snapshot: Arc::default(),
            rows: Rows::default(),
            thumbnails: Thumbnails::default(),
            batches: HashMap::new(),
            progress: HashMap::new(),
            snapshot_at: 0.0,
            history: History::default(),
            unfinished: Looks::new(),
            watches: Watches::default(),
            forms: Forms::default(),
            details_open: HashSet::new(),
            last_checkup: 0,
            parked: Vec::new(),
            pasted: Pasted::default(),
            parked_are_to_be_shown: false,
            hover: None,
            delivers_drops: true,
            in_front: true,
            path_field: None,
            troubles: Vec::new(),
            toasts: Vec::new(),
            offered_fix: None,
            destinations: HashMap::new(),
            copied: None,
            closing: false,
            engine_gone: false,
            example,
            folders: None,
            renderer: None,
            may_close: false,
        }
    }

    /// What has to be asked when the window opens.
    pub(crate) fn first_effects(&mut self) -> Vec<Effect> {
        let mut effects = self.appearance();
        effects.push(Effect::send(Command::ListProfiles));
        effects.extend(self.picker.first_effects());
        effects.extend(self.begin_to_watch());
        effects
    }

    /// Carries out a person's wish.
    pub(crate) fn act(&mut self, action: Action, now: f64) -> Vec<Effect> {
        let mut effects = self.carry_out(action, now);
        effects.extend(self.watch());
        effects
    }

    fn carry_out(&mut self, action: Action, now: f64) -> Vec<Effect> {
        match action {
            Action::PickProfile(profile) => {
                let effects = self.picker.pick_profile(profile);
                self.destination_changed(effects)
            }
            Action::PickBucket(bucket) => {
                self.picker.pick_bucket(bucket);
                self.destination_changed(Vec::new())
            }
            Action::PickSandbox => {
                let effects = self.picker.pick_sandbox();
                self.destination_changed(effects)
            }
            Action::PickSaved(destination) => {
                let effects = self.picker.pick_saved(*destination);
                self.destination_changed(effects)
            }
            Action::ApplyEndpoint => {
                let effects = self.picker.apply_endpoint();
                self.destination_changed(effects)
            }
            Action::Destination(action) => self.act_on_destinations(action, now),
            Action::Checkup(action) => self.act_on_checkup(action, now),
            Action::Ticket(action) => self.act_on_tickets(&action, now),
            Action::TrustHost(upload, host) => self.trust_host(upload, host),
            Action::ReloadBuckets => self.picker.list_buckets(),
            Action::Paste => vec![Effect::Paste],
            Action::ChooseFiles => vec![Effect::Choose(What::Files)],
            Action::ChooseFolder => vec![Effect::Choose(What::Folders)],
            Action::AddTypedPath => self.add_typed_path(now),
            Action::ClosePathField => {
                self.path_field = None;
                Vec::new()
            }
            Action::SendNow(batch) => vec![Effect::send(Command::Release(batch))],
            Action::Undo(batch) => vec![Effect::send(Command::TakeBack(batch))],
            Action::ForgetParked => self.forget_parked(),
            Action::Cancel(upload) => self.cancel(upload),
            Action::Retry(upload, destination) => self.retry(upload, destination),
            Action::ResumeAll => vec![Effect::send(Command::ResumeAll)],
            Action::Remove(upload) => vec![Effect::send(Command::Remove(vec![upload]))],
            Action::RemoveEnded => vec![Effect::send(Command::RemoveEnded)],
            Action::Rows(action) => self.act_on_rows(action, now),
            Action::Copy(source, text) => self.copy(source, text, now),
            Action::CopyAllUrls => {
                let rows = self.snapshot.uploads.iter().map(AsRef::as_ref);
                self.copy(CopySource::AllUrls, self.copied_texts(rows).join("\n"), now)
            }
            Action::CopyTemporaryLink(object) => vec![Effect::send(Command::SignLink(object))],
            Action::Open(url) => vec![Effect::Open(url)],
            Action::ShowInFolder(path) => vec![Effect::ShowInFolder(path)],
            Action::ToggleDetails(upload) => {
                if !self.details_open.remove(&upload) {
                    self.details_open.insert(upload);
                }
                Vec::new()
            }
            Action::DismissTrouble(index) => {
                if index < self.troubles.len() {
                    self.troubles.remove(index);
                }
                Vec::new()
            }
            Action::Show(page) => self.show(page, now),
            Action::History(action) => self.act_on_history(action, now),
            Action::ShowQr(url) => {
                self.dialog = Some(Dialog::Qr { url });
                Vec::new()
            }
            Action::AskDelete(target) => self.ask_delete(target),
            Action::Delete(object) => self.delete(object),
            Action::Profile(action) => self.act_on_profile(action, now),
            Action::CloseDialog => {
                self.dialog = None;
                Vec::new()
            }
            Action::Settings(action) => self.act_on_settings(&action),
            Action::Unfinished(action) => self.act_on_unfinished(action),
            Action::Watch(action) => self.act_on_watches(&action),
            Action::KeepUploading => {
                self.closing = false;
                Vec::new()
            }
            Action::Quit => {
                self.may_close = true;
                vec![Effect::Close]
            }
        }
    }

    /// Whether the window may close now; otherwise it asks.
    pub(crate) fn may_close(&mut self) -> bool {
        let may = self.may_close || self.snapshot.totals.active == 0 || self.engine_gone;
        self.closing = !may;
        may
    }

    /// Shows a message until it is taken away; the same one stands once.
    fn trouble(&mut self, failure: Failure) {
        if !self.troubles.contains(&failure) {
            self.troubles.push(failure);
        }
    }

    fn retry(&mut self, upload: UploadId, destination: Option<Box<Destination>>) -> Vec<Effect> {
        self.details_open.remove(&upload);
        self.progress.remove(&upload);
        if let Some(destination) = &destination {
            self.remember_fix(upload, destination);
        }
        self.thumbnails.forget(RowOf::Upload(upload));
        vec![Effect::send(Command::Retry { upload, destination })]
    }

    /// After the destination may have changed: it is remembered, and what waited for one goes.
    pub(super) fn destination_changed(&mut self, mut effects: Vec<Effect>) -> Vec<Effect> {
        if let Some(destination) = self.picker.destination().map(Destination::without_watch) {
            let is_news = self.settings.last_destination.as_ref() != Some(&destination);
            if is_news && may_be_remembered(&destination) {
                self.settings.last_destination = Some(destination);
                effects.push(self.save());
            }
            if !self.parked.is_empty() {
                let parked = std::mem::take(&mut self.parked);
                let hold = std::mem::take(&mut self.parked_are_to_be_shown);
                effects.extend(self.add(parked, hold));
            }
        }
        effects
    }

    fn save(&self) -> Effect {
        Effect::send(Command::SaveSettings(Box::new(self.settings.clone())))
    }
}

/// What is never written down cannot be gone on with: the form of a ticket, a header of the command line.
fn may_be_remembered(destination: &Destination) -> bool {
    !matches!(destination.kind, DestinationKind::Ticket(_)) && !destination.kind.holds_secret()
}
