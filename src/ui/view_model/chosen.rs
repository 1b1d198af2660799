//! Where files go, as the button at the top says it.

use crate::store::DestinationKind;
use crate::ui::model::{Choice, Model};
use crate::ui::names;
use crate::ui::widgets::Icon;

/// What is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Chosen {
    pub(crate) symbol: Icon,
    /// A profile, or a destination.
    pub(crate) text: String,
    /// Beside it, weaker, where there is room; may be empty.
    pub(crate) more: String,
    /// What a screen reader says: which of both it is, and the text.
    pub(crate) name: String,
}

/// By what a kind of destination is known at a glance.
pub(crate) fn destination_symbol(kind: &DestinationKind) -> Icon {
    match kind {
        DestinationKind::Account { .. } => Icon::Bucket,
        DestinationKind::Lambda(_) => Icon::Function,
        DestinationKind::Ticket(_) => Icon::Ticket,
        DestinationKind::Sandbox => Icon::Inbox,
    }
}

/// Builds the button's contents.
pub(crate) fn chosen(model: &Model) -> Chosen {
    let (words, picker) = (model.words, &model.picker);
    let saved = picker.saved_name().map(names::harmless);
    let kind = match (&picker.choice, &saved) {
        (Choice::Handed(_), _) | (_, Some(_)) => words.destination.destination,
        (_, None) => words.profile,
    };
    let (symbol, text, more) = match (&picker.choice, saved) {
        (Choice::Nothing, _) if picker.profiles.is_none() => {
            (Icon::Key, words.loading_profiles.to_owned(), String::new())
        }
        (Choice::Nothing, _) => (Icon::Key, words.choose_profile.to_owned(), String::new()),
        (Choice::Sandbox, _) => {
            let symbol = destination_symbol(&DestinationKind::Sandbox);
            (symbol, words.sandbox.to_owned(), words.sandbox_explained.to_owned())
        }
        (Choice::Handed(handed), saved) => {
            let (symbol, place) = (destination_symbol(&handed.kind), names::harmless(handed.kind.place()));
            match saved.filter(|name| *name != place) {
                Some(name) => (symbol, name, place),
                None => (symbol, place, String::new()),
            }
        }
        (Choice::Account { account, .. }, Some(name)) => (
            Icon::Bucket,
            name,
            names::harmless(account.profile.as_deref().unwrap_or_default()),
        ),
        (Choice::Account { account, .. }, None) => (
            Icon::Key,
            match &account.profile {
                Some(profile) => names::harmless(profile),
                None if picker.offers_environment() => words.environment_keys.to_owned(),
                None => "default".to_owned(),
            },
            picker.shown_region().unwrap_or_default().to_owned(),
        ),
    };
    let name = format!("{kind}: {text}");
    Chosen {
        symbol,
        text,
        more,
        name,
    }
}
