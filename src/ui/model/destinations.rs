//! Saved destinations: added, edited, duplicated, removed; and the dialog that does it.

use super::destination_form::{DestinationForm, NewSecret, Purpose, Wanted};
use super::{CheckupAction, Choice, Dialog, Message, Model};
use crate::engine::{BatchId, Command, UploadId, UploadRow};
use crate::store::{Destination, DestinationKind};
use crate::ui::action::Effect;
use crate::ui::backend::What;
use std::sync::Arc;

/// What is asked for around destinations.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum DestinationAction {
    /// Write a new one.
    Add,
    /// Give what is chosen now a name.
    SaveCurrent,
    /// Edit what is chosen now, saved or not.
    EditCurrent,
    /// Edit the saved one of this name.
    Edit(String),
    /// Change what a failed upload goes by, and try it again.
    EditAndRetry(UploadId, Box<Destination>),
    /// Make what the open form says a new one.
    Duplicate,
    /// Ask whether the saved one of this name is to go.
    AskToRemove(String),
    /// It is to go.
    Remove(String),
    /// Choose the folder that the open form is to watch.
    ChooseWatched,
    /// List the buckets of the open form's session.
    ListBuckets,
    /// Examine what the open form says.
    Check,
    /// The open form is done.
    Confirm,
    /// Close the open form, unless something would be lost.
    Close,
    /// Close it in spite of that.
    Discard,
    /// Do not close it.
    KeepEditing,
    /// A fix that helped once is kept in the destination.
    KeepFix,
    /// It is not.
    ForgetFix,
}

/// A change that was made for one upload, and could be made for good.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct OfferedFix {
    /// The upload that it was made for.
    pub(crate) upload: UploadId,
    /// The destination with the change in it.
    pub(crate) destination: Destination,
    /// It helped: before that nothing is offered.
    pub(crate) has_helped: bool,
}

impl Model {
    pub(super) fn act_on_destinations(&mut self, action: DestinationAction, now: f64) -> Vec<Effect> {
        match action {
            DestinationAction::Add => self.open_form(Purpose::Add, self.blank()),
            DestinationAction::SaveCurrent => {
                if let Some(mut current) = self.picker.destination().map(Destination::without_watch) {
                    current.name = self.free_name(current.kind.place());
                    self.open_form(Purpose::Add, current);
                }
            }
            DestinationAction::EditCurrent => {
                if let Some(current) = self.picker.destination() {
                    let purpose = match self.picker.saved_name() {
                        Some(name) => Purpose::Edit(name.to_owned()),
                        None => Purpose::Current,
                    };
                    // What is chosen was not told of a pause.
                    let watch = self.saved(&current.name).and_then(|saved| saved.watch.clone());
                    let current = Destination { watch, ..current };
                    self.open_form(purpose, current);
                    if let Some(Dialog::Destination(form)) = &mut self.dialog {
                        form.options_open = true;
                        form.wants_focus = Some(Wanted::Template);
                    }
                }
            }
            DestinationAction::Edit(name) => {
                if let Some(saved) = self.saved(&name).cloned() {
                    self.open_form(Purpose::Edit(name), saved);
                }
            }
            DestinationAction::EditAndRetry(upload, destination) => {
                self.open_form(Purpose::Retry(upload), *destination);
            }
            DestinationAction::Duplicate => self.duplicate(),
            DestinationAction::AskToRemove(name) => self.dialog = Some(Dialog::RemoveDestination { name }),
            DestinationAction::Remove(name) => return self.remove(&name, now),
            DestinationAction::ChooseWatched => return vec![Effect::Choose(What::WatchedFolder)],
            DestinationAction::ListBuckets => return self.list_buckets_of_form(),
            DestinationAction::Check => return self.act_on_checkup(CheckupAction::OfForm, now),
            DestinationAction::Confirm => return self.confirm(now),
            DestinationAction::Close => self.close_form(),
            DestinationAction::Discard => self.dialog = None,
            DestinationAction::KeepEditing => {
                if let Some(Dialog::Destination(form)) = &mut self.dialog {
                    form.asks_to_discard = false;
                }
            }
            DestinationAction::KeepFix => return self.keep_fix(now),
            DestinationAction::ForgetFix => self.offered_fix = None,
        }
        Vec::new()
    }

    /// The saved destination of this name.
    pub(crate) fn saved(&self, name: &str) -> Option<&Destination> {
        self.settings.destinations.iter().find(|saved| saved.name == name)
    }

    fn open_form(&mut self, purpose: Purpose, destination: Destination) {
        let form = DestinationForm::new(purpose, destination, self.words);
        self.dialog = Some(Dialog::Destination(Box::new(form)));
    }

    /// A new one goes by the profile that is chosen.
    fn blank(&self) -> Destination {
        let profile = self.picker.account().and_then(|account| account.profile.clone());
        let first = || {
            let profiles = self.picker.known_profiles();
            profiles.first().map(|profile| profile.name.clone())
        };
        let kind = DestinationKind::Account {
            profile: profile.or_else(first),
            bucket: String::new(),
            region: None,
            endpoint_url: None,
        };
        Destination::new("", kind)
    }

    /// `wanted`, or with a number where it is taken.
    fn free_name(&self, wanted: &str) -> String {
        let mut name = wanted.to_owned();
        for number in 2_u32.. {
            if self.saved(&name).is_none() {
                break;
            }
            name = format!("{wanted} {number}");
        }
        name
    }

    fn duplicate(&mut self) {
        let Some(Dialog::Destination(form)) = &self.dialog else {
            return;
        };
        let mut copy = form.destination(self.words).without_watch();
        copy.name = match form.purpose {
            // It has had no name of its own so far.
            Purpose::Current => self.free_name(copy.kind.place()),
            _ => self.free_name(&(self.words.destination.copy_of)(&copy.name)),
        };
        self.open_form(Purpose::Add, copy);
    }

    fn remove(&mut self, name: &str, now: f64) -> Vec<Effect> {
        self.dialog = None;
        let is_it = |saved: &mut Destination| saved.name == name;
        let removed: Vec<Destination> = self.settings.destinations.extract_if(.., is_it).collect();
        self.toast(Message::DestinationRemoved(name.to_owned()), true, now);
        let mut effects: Vec<Effect> = removed.iter().flat_map(|gone| self.forget_secrets(gone)).collect();
        if self.picker.saved_name() == Some(name) {
            let has_lost_key = !effects.is_empty();
            self.picker.forget_saved(has_lost_key);
            if has_lost_key {
                self.settings.last_destination = None;
            }
        }
        effects.push(self.save());
        self.destination_changed(effects)
    }

    fn list_buckets_of_form(&mut self) -> Vec<Effect> {
        let Some(Dialog::Destination(form)) = &mut self.dialog else {
            return Vec::new();
        };
        form.buckets = None;
        form.buckets_loading = true;
        vec![Effect::send(Command::ListBuckets(form.account()))]
    }

    fn close_form(&mut self) {
        match &mut self.dialog {
            Some(Dialog::Destination(form)) if form.has_changed() => form.asks_to_discard = true,
            _ => self.dialog = None,
        }
    }

    fn confirm(&mut self, now: f64) -> Vec<Effect> {
        let Some(Dialog::Destination(form)) = &mut self.dialog else {
            return Vec::new();
        };
        let errors = form.errors(&self.settings.destinations, self.words);
        if !errors.is_empty() {
            form.tried = true;
            form.options_open |= errors.is_in_options();
            return Vec::new();
        }
        let destination = form.destination(self.words);
        let purpose = form.purpose.clone();
        let mut effects = save_secrets(form.new_secrets());
        self.dialog = None;
        effects.extend(match purpose {
            Purpose::Add => {
                self.settings.destinations.push(destination.clone());
                self.saved_now(destination, now)
            }
            Purpose::Edit(old) => self.replace_saved(&old, destination, now),
            Purpose::Current => {
                self.picker.use_options_of(destination);
                self.destination_changed(Vec::new())
            }
            // Not before the function can be shown its new key.
            Purpose::Retry(upload) if !effects.is_empty() => {
                self.forms.waits_for_secret(upload, destination);
                Vec::new()
            }
            Purpose::Retry(upload) => self.retry(upload, Some(Box::new(destination))),
        });
        effects
    }

    /// A new one is what files go to from now on.
    fn saved_now(&mut self, destination: Destination, now: f64) -> Vec<Effect> {
        self.toast(Message::DestinationSaved(destination.name.clone()), true, now);
        let mut effects = vec![self.save()];
        effects.extend(self.picker.pick_saved(destination));
        self.destination_changed(effects)
    }

    fn replace_saved(&mut self, old: &str, destination: Destination, now: f64) -> Vec<Effect> {
        let place = self.settings.destinations.iter_mut().find(|saved| saved.name == old);
        let before = place.map(|saved| std::mem::replace(saved, destination.clone()));
        if before.is_none() {
            // Another window has removed it meanwhile: what was written here is kept.
            self.settings.destinations.push(destination.clone());
        }
        let mut effects = before.map(|before| self.forget_secrets(&before)).unwrap_or_default();
        if self.picker.saved_name() == Some(old) {
            effects.extend(self.saved_now(destination, now));
            return effects;
        }
        self.toast(Message::DestinationSaved(destination.name.clone()), true, now);
        effects.push(self.save());
        effects
    }

    /// Keys of `before` that no saved destination shows to its function any more.
    fn forget_secrets(&self, before: &Destination) -> Vec<Effect> {
        let still: Vec<_> = self.settings.destinations.iter().flat_map(kept_secrets).collect();
        let gone = kept_secrets(before)
            .into_iter()
            .filter(|secret| !still.contains(secret));
        gone.map(|(lambda, header)| Effect::send(Command::ForgetSecret { lambda, header }))
            .collect()
    }

    /// After a change for one upload: the same change may be wanted for good, if it helps.
    pub(super) fn remember_fix(&mut self, upload: UploadId, destination: &Destination) {
        let kept = self
            .saved(&destination.name)
            .filter(|saved| saved.kind == destination.kind);
        let current = self.picker.destination();
        let current = current.as_ref().filter(|current| current.kind == destination.kind);
        let as_uploads_go = |destination: &Destination| destination.clone().without_watch();
        let goes_by = kept.or(current).map(as_uploads_go);
        let is_news = goes_by.is_some_and(|goes_by| goes_by != as_uploads_go(destination));
        // One that has helped stays on offer while others are tried again in the same way, or as they were.
        let offered = self.offered_fix.as_ref().filter(|offered| offered.has_helped);
        if is_news && offered.is_none_or(|offered| offered.destination != *destination) {
            self.offered_fix = Some(OfferedFix {
                upload,
                destination: destination.clone(),
                has_helped: false,
            });
        }
        self.destinations.insert(upload, Arc::new(destination.clone()));
    }

    /// What another process left is to go on to where it went.
    pub(super) fn adopted(&mut self, batch: BatchId, destinations: Vec<(UploadId, Arc<Destination>)>) {
        if let Some((_, first)) = destinations.first()
            && destinations.iter().all(|(_, destination)| destination == first)
        {
            self.batches.entry(batch).or_default().destination = Some(Destination::clone(first));
        } else {
            self.destinations.extend(destinations);
        }
    }

    /// An upload is done: if by a change, the change has helped.
    pub(super) fn fix_helped(&mut self, upload: UploadId) {
        if let Some(offered) = self.offered_fix.as_mut().filter(|offered| offered.upload == upload) {
            offered.has_helped = true;
        }
    }

    /// Where an upload went last.
    pub(crate) fn sent_to(&self, upload: &UploadRow) -> Option<&Destination> {
        let of_batch = || self.batches.get(&upload.batch)?.destination.as_ref();
        self.destinations.get(&upload.id).map(AsRef::as_ref).or_else(of_batch)
    }

    fn keep_fix(&mut self, now: f64) -> Vec<Effect> {
        let Some(OfferedFix { destination, .. }) = self.offered_fix.take() else {
            return Vec::new();
        };
        let name = destination.name.clone();
        if let Some(saved) = self.saved(&name).filter(|saved| saved.kind == destination.kind) {
            let watch = saved.watch.clone();
            return self.replace_saved(&name, Destination { watch, ..destination }, now);
        }
        if self.picker.choice != Choice::Nothing {
            self.picker.use_options_of(destination);
        }
        self.destination_changed(Vec::new())
    }
}

/// To the keychain, before anything can go by it.
fn save_secrets(secrets: Vec<NewSecret>) -> Vec<Effect> {
    let save = |secret: NewSecret| {
        Effect::send(Command::SaveSecret {
            lambda: secret.lambda,
            header: secret.header,
            value: secret.value,
        })
    };
    secrets.into_iter().map(save).collect()
}

/// What the keychain has of a destination: the function's identity and the header's name, in lower case.
fn kept_secrets(destination: &Destination) -> Vec<(String, String)> {
    let DestinationKind::Lambda(lambda) = &destination.kind else {
        return Vec::new();
    };
    let headers = lambda.headers().iter();
    headers
        .map(|header| (lambda.identity().to_owned(), header.name.to_ascii_lowercase()))
        .collect()
}
