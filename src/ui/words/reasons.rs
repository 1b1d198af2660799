//! Why something failed, in each language: English is the engine's own, Korean is in the files below.

mod account;
mod file;
mod form;
mod lambda;
mod object;
mod profile;
mod reply;
mod s3;
mod sandbox;
mod store;
mod transfer;
mod unfinished;
mod upload;
mod watch;

use super::Words;
use crate::engine::{Failure, Reason, Text};
use crate::ui::names;

impl Words {
    /// What a person reads of a failure; names in it cannot disguise themselves.
    pub(crate) fn failure(&self, failure: &Failure) -> Text {
        self.reason(&failure.reason)
    }

    /// What a person reads of a reason.
    pub(crate) fn reason(&self, reason: &Reason) -> Text {
        let text = (self.reason)(reason);
        Text::new(names::harmless(&text.what), names::harmless(&text.hint))
    }
}

/// Korean. After a name from outside stands a noun or a particle of one form (의, 에): how it is read aloud, and with that
/// 을 or 를, nobody knows.
pub(super) fn korean(reason: &Reason) -> Text {
    match reason {
        Reason::Account(reason) => account::korean(reason),
        Reason::Profile(reason) => profile::korean(reason),
        Reason::File(reason) => file::korean(reason),
        Reason::Transfer(reason) => transfer::korean(reason),
        Reason::S3(reason) => s3::korean(reason),
        Reason::Lambda(reason) => lambda::korean(reason),
        Reason::Upload(reason) => upload::korean(reason),
        Reason::Object(reason) => object::korean(reason),
        Reason::Unfinished(reason) => unfinished::korean(reason),
        Reason::Store(reason) => store::korean(reason),
        Reason::Sandbox(reason) => sandbox::korean(reason),
        Reason::Watch(reason) => watch::korean(reason),
        Reason::ObjectKey(error) => form::object_key(error),
        Reason::KeyTemplate(error) => form::key_template(error),
        Reason::Options(error) => form::options(error),
        Reason::Address(error) => form::address(error),
        Reason::Form(refusal) => form::refusal(refusal),
        Reason::Reply(error) => reply::vendor_reply(error),
        Reason::Ticket(error) => reply::ticket(error),
        Reason::Kept(text) => text.clone(),
    }
}
