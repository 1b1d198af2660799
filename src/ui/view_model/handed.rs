//! Functions and forms that were pasted: what is said of them where files come in.

use super::Tone;
use crate::engine::Reason;
use crate::s3::presigned_post::with_file_name;
use crate::s3::{ObjectKey, Refusal};
use crate::store::{Destination, DestinationKind, LambdaDestination, Ticket};
use crate::ui::limits_text::{left, limit_facts, size_facts, time_left, types};
use crate::ui::model::{Model, limits_of, takes_one_file};
use crate::ui::names;

/// Where files go and what is taken, `None` where this program signs.
pub(crate) fn handed_facts(model: &Model, destination: &Destination) -> Option<String> {
    let facts = match &destination.kind {
        DestinationKind::Lambda(lambda) => function_facts(model, lambda),
        DestinationKind::Ticket(ticket) => ticket_facts(model, ticket),
        DestinationKind::Account { .. } | DestinationKind::Sandbox => return None,
    };
    Some(facts.join(" · "))
}

fn function_facts(model: &Model, lambda: &LambdaDestination) -> Vec<String> {
    let words = &model.words.handed;
    let goes_to = |host: &str| (words.goes_to)(&names::harmless(host));
    let Some(last) = model.forms.last_of(lambda) else {
        let known = model.settings.lambda_hosts.get(lambda.identity());
        return match known.map(Vec::as_slice) {
            Some([host]) => vec![goes_to(host)],
            _ => vec![words.before_first_form.to_owned()],
        };
    };
    let mut facts = vec![goes_to(&last.host)];
    facts.extend(limit_facts(&last.limits, model.words));
    let prefix = last.limits.key_prefix.as_deref();
    facts.extend(prefix.map(|prefix| (words.below)(&names::harmless(prefix))));
    if facts.len() > 1 {
        facts.push(words.of_last_form.to_owned());
    }
    facts
}

/// What counts most comes first: the last are left out where there is no room.
fn ticket_facts(model: &Model, ticket: &Ticket) -> Vec<String> {
    let words = &model.words.handed;
    let limits = limits_of(ticket);
    let mut facts = limit_facts(&limits, model.words);
    facts.extend(
        limits
            .expiration
            .map(|until| time_left(until, model.forms.time, model.words)),
    );
    if takes_one_file(ticket) {
        facts.push(words.one_file.to_owned());
    }
    facts.push((words.goes_to)(&names::harmless(&ticket.host)));
    facts
}

/// The key that a form gives to a file of this name.
pub(super) fn ticket_key(ticket: &Ticket, file_name: &str) -> Result<ObjectKey, Reason> {
    let pattern = ticket.object_key.as_ref().ok_or(Refusal::NoKey)?;
    Ok(ObjectKey::new(with_file_name(pattern, file_name))?)
}

/// The form's key where the file's name is a part of it.
pub(super) fn ticket_template(ticket: &Ticket) -> String {
    let pattern = ticket.object_key.as_deref().filter(|_| !takes_one_file(ticket));
    pattern.map(names::harmless).unwrap_or_default()
}

/// What is said below the zone's title.
pub(crate) fn drop_hint(model: &Model) -> String {
    let words = model.words;
    let Some(destination) = model.picker.destination() else {
        return words.drop_waits_hint.to_owned();
    };
    match &destination.kind {
        DestinationKind::Lambda(lambda) => (words.handed.drop_for_function)(&names::harmless(lambda.place())),
        DestinationKind::Ticket(ticket) if takes_one_file(ticket) => words.handed.drop_one_for_ticket.to_owned(),
        DestinationKind::Ticket(ticket) => (words.handed.drop_for_ticket)(&names::harmless(ticket.place())),
        DestinationKind::Account { .. } | DestinationKind::Sandbox => words.drop_here_hint.to_owned(),
    }
}

/// Why the form takes one of `file_names` not, as far as its name tells.
pub(crate) fn forbidden(model: &Model, file_names: &[String]) -> Option<String> {
    let limits = match &model.picker.destination()?.kind {
        DestinationKind::Lambda(lambda) => model.forms.last_of(lambda)?.limits.clone(),
        DestinationKind::Ticket(ticket) => limits_of(ticket),
        DestinationKind::Account { .. } | DestinationKind::Sandbox => return None,
    };
    let allowed = limits.content_type?;
    let guessed = |name: &String| mime_guess::from_path(name).first().map(|guess| guess.to_string());
    let mut types = file_names.iter().filter_map(guessed);
    let content_type = types.find(|content_type| !content_type.starts_with(&allowed))?;
    let refusal = Refusal::ContentType { content_type, allowed };
    Some(model.words.reason(&Reason::from(refusal)).what)
}

/// What a form that was pasted says, a label and a value each.
pub(crate) fn ticket_lines(model: &Model, ticket: &Ticket) -> Vec<(&'static str, String, Tone)> {
    let (words, limits) = (&model.words.handed, limits_of(ticket));
    let sizes = size_facts(&limits, model.words);
    let size = if sizes.is_empty() {
        words.any_size.to_owned()
    } else {
        sizes.join(" · ")
    };
    let content_type = limits.content_type.as_deref();
    let expiration = limits.expiration;
    let validity = expiration.map_or_else(
        || words.no_end.to_owned(),
        |until| time_left(until, model.forms.time, model.words),
    );
    let is_over = expiration.is_some_and(|until| left(until, model.forms.time).is_none());
    let key = ticket.object_key.as_deref().map(names::harmless);
    let key = key.map(|key| {
        if takes_one_file(ticket) {
            format!("{key} · {}", words.one_file)
        } else {
            key
        }
    });
    let lines = [
        (words.host, Some(names::harmless(&ticket.host))),
        (words.bucket, ticket.bucket.as_deref().map(names::harmless)),
        (words.object_key, key),
        (words.size, Some(size)),
        (
            words.content_type,
            Some(content_type.map_or_else(|| words.any_type.to_owned(), types)),
        ),
    ];
    let lines = lines
        .into_iter()
        .filter_map(|(label, value)| Some((label, value?, Tone::Weak)));
    let tone = if is_over { Tone::Bad } else { Tone::Weak };
    lines.chain([(words.validity, validity, tone)]).collect()
}
