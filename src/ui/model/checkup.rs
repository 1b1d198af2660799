//! A destination that is being examined, in its dialog.

use super::{DestinationForm, Dialog, Model};
use crate::engine::doctor::{self, Finding, Remark, Says, Step};
use crate::engine::{Checkup, CheckupNews, Command};
use crate::store::Destination;
use crate::ui::action::{CopySource, Effect};

/// What is asked for around examinations.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum CheckupAction {
    /// Examine what is chosen now.
    OfCurrent,
    /// Examine this one.
    Of(Box<Destination>),
    /// Examine what the open form says; the form comes back.
    OfForm,
    /// Once more.
    Again,
    /// Put the whole report on the clipboard.
    CopyReport,
    /// Put the IAM policy on the clipboard.
    CopyPolicy,
    /// Enough: what was stored is deleted all the same.
    Close,
}

/// How far it is.
#[derive(Clone, Debug)]
pub(crate) struct CheckupView {
    id: u64,
    pub(crate) destination: Destination,
    pub(crate) found: Vec<Finding>,
    /// The step that is being taken.
    pub(crate) step: Option<Step>,
    pub(crate) has_ended: bool,
    /// The form that it was opened from.
    behind: Option<Box<DestinationForm>>,
}

impl CheckupView {
    /// The least that IAM must allow, where a policy of the person's account decides.
    pub(crate) fn policy(&self) -> Option<String> {
        let region = self.found.iter().find_map(|finding| match &finding.says {
            Says::Remark(remark) => match remark.as_ref() {
                Remark::Region { region, .. }
                | Remark::RegionUnsaid { region, .. }
                | Remark::OtherRegion { region, .. } => Some(region.as_str()),
                _ => None,
            },
            Says::Failure(_) => None,
        });
        doctor::policy(&self.destination, region)
    }

    /// As the command line prints it, with what a sentence leaves out.
    fn report(&self) -> String {
        let mut lines = Vec::new();
        for finding in &self.found {
            lines.push(finding.line());
            let details = finding.failure().map(|failure| failure.details.as_slice());
            lines.extend(details.unwrap_or_default().iter().map(|line| format!("  {line}")));
        }
        if self.found.iter().any(|finding| !finding.missing().is_empty()) {
            lines.extend(self.policy());
        }
        lines.join("\n")
    }
}

impl Model {
    pub(super) fn act_on_checkup(&mut self, action: CheckupAction, now: f64) -> Vec<Effect> {
        match action {
            CheckupAction::OfCurrent => match self.picker.destination() {
                Some(current) => self.examine(current, None),
                None => Vec::new(),
            },
            CheckupAction::Of(destination) => self.examine(*destination, None),
            CheckupAction::OfForm => self.examine_form(),
            CheckupAction::Again => match self.dialog.take() {
                Some(Dialog::Checkup(view)) => self.examine(view.destination, view.behind),
                other => {
                    self.dialog = other;
                    Vec::new()
                }
            },
            CheckupAction::CopyReport => match &self.dialog {
                Some(Dialog::Checkup(view)) => {
                    let report = view.report();
                    self.copy(CopySource::CheckupReport, report, now)
                }
                _ => Vec::new(),
            },
            CheckupAction::CopyPolicy => match &self.dialog {
                Some(Dialog::Checkup(view)) => {
                    let policy = view.policy().unwrap_or_default();
                    self.copy(CopySource::CheckupPolicy, policy, now)
                }
                _ => Vec::new(),
            },
            CheckupAction::Close => self.close_checkup(),
        }
    }

    fn examine(&mut self, destination: Destination, behind: Option<Box<DestinationForm>>) -> Vec<Effect> {
        self.last_checkup += 1;
        let checkup = Checkup {
            id: self.last_checkup,
            destination: Box::new(destination.clone()),
            abort_unfinished: false,
        };
        self.dialog = Some(Dialog::Checkup(Box::new(CheckupView {
            id: self.last_checkup,
            destination,
            found: Vec::new(),
            step: None,
            has_ended: false,
            behind,
        })));
        vec![Effect::send(Command::Examine(checkup))]
    }

    /// A form with mistakes in it says them first.
    fn examine_form(&mut self) -> Vec<Effect> {
        let Some(Dialog::Destination(mut form)) = self.dialog.take() else {
            return Vec::new();
        };
        let errors = form.errors(&self.settings.destinations, self.words);
        if errors.is_empty() {
            return self.examine(form.destination(self.words), Some(form));
        }
        form.tried = true;
        form.options_open |= errors.is_in_options();
        self.dialog = Some(Dialog::Destination(form));
        Vec::new()
    }

    fn close_checkup(&mut self) -> Vec<Effect> {
        let Some(Dialog::Checkup(view)) = self.dialog.take() else {
            return Vec::new();
        };
        self.dialog = view.behind.map(Dialog::Destination);
        if view.has_ended {
            return Vec::new();
        }
        vec![Effect::send(Command::StopCheckup(view.id))]
    }

    /// News of one that was closed are nobody's.
    pub(super) fn checkup_news(&mut self, id: u64, news: CheckupNews) {
        let Some(Dialog::Checkup(view)) = &mut self.dialog else {
            return;
        };
        if view.id != id {
            return;
        }
        match news {
            CheckupNews::Begins(step) => view.step = Some(step),
            CheckupNews::Found(finding) => {
                view.step.take_if(|step| *step == finding.step);
                view.found.push(finding);
            }
            CheckupNews::Ended { .. } => {
                view.step = None;
                view.has_ended = true;
            }
        }
    }
}
