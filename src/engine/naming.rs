//! The object key of an upload: the template expanded once, and looked at first where it could meet another object.

use super::endpoints::Endpoint;
use super::failure::{About, UploadReason};
use super::line::Request;
use super::{BatchId, Code, Failure, UploadId};
use crate::s3::answer;
use crate::s3::presigned_post::{FILE_NAME_VARIABLE, with_file_name};
use crate::s3::{KeyParts, KeyTemplate, ObjectKey, Refusal, presigned_url};
use crate::store::{DestinationKind, ExistsPolicy, QueuedFile, Ticket};
use crate::transfer::{PostError, file_name, lost};
use std::sync::LazyLock;
use std::time::Duration;

/// How long S3 may take to say whether an object exists.
const LOOK_TIMEOUT: Duration = Duration::from_secs(15);
/// A presigned look is used at once.
const LOOK_EXPIRES_IN: Duration = Duration::from_mins(1);
/// Suffixes tried: with five random letters each, one more is hardly ever needed.
const SUFFIXES_TRIED: u32 = 8;
/// Letters of a suffix: no vowels that make words, nothing that looks alike.
const SUFFIX_LETTERS: &[u8; 32] = b"23456789bcdfghjkmnpqrstvwxzBCDFG";
const SUFFIX_LENGTH: usize = 5;

/// Login and machine, for `{user}` and `{host}`: they do not change while we run.
static USER: LazyLock<String> = LazyLock::new(|| whoami::username().unwrap_or_else(|_| "user".to_owned()));
static HOST: LazyLock<String> = LazyLock::new(|| whoami::hostname().unwrap_or_else(|_| "host".to_owned()));

/// Whether an object is there.
enum Seen {
    There,
    NotThere,
    /// S3 does not say without the permission to list or read.
    Hidden,
    /// Nobody has answered, or not to the question.
    Unanswered(Failure),
}

/// The key that `file` gets, reserved for `upload` where it must not meet another's.
pub(super) async fn object_key(
    file: &QueuedFile,
    batch: BatchId,
    upload: UploadId,
    endpoint: &Endpoint,
    client: &reqwest::Client,
) -> Result<ObjectKey, Failure> {
    if let DestinationKind::Ticket(ticket) = &file.destination.kind {
        return of_ticket(ticket, file, upload, endpoint);
    }
    let template = KeyTemplate::parse(&file.destination.key_template).map_err(|error| Failure::from(&error))?;
    let expand = |random| expand(&template, file, random);
    if template.is_unique() {
        return endpoint.folder_keys.key(batch, upload, file, random()?, expand);
    }
    let key = expand(random()?)?;
    match file.destination.if_exists {
        ExistsPolicy::Replace => Ok(key),
        ExistsPolicy::Unique if !endpoint.signer.is_local() => not_given(key, upload, endpoint),
        ExistsPolicy::Fail | ExistsPolicy::Ask
            if !endpoint.signer.is_local() && endpoint.reserve(key.as_str(), upload) =>
        {
            Ok(key)
        }
        ExistsPolicy::Unique => made_unique(key, upload, endpoint, client).await,
        policy @ (ExistsPolicy::Fail | ExistsPolicy::Ask) => not_taken(key, policy, upload, endpoint, client).await,
    }
}

fn expand(template: &KeyTemplate, file: &QueuedFile, random: [u8; 16]) -> Result<ObjectKey, Failure> {
    let name = file.path.file_name().unwrap_or_default().to_string_lossy();
    // The zones of the world and the users of this machine are looked up in many files: only where a key tells of them.
    let now = template.tells_time().then(jiff::ZonedDateTime::now);
    let (user, host) = if template.tells_machine() {
        (USER.as_str(), HOST.as_str())
    } else {
        ("", "")
    };
    let parts = KeyParts {
        file_name: &name,
        dir: &file.dir,
        now: now.map(|now| now.datetime()).unwrap_or_default(),
        random,
        user,
        host,
    };
    template.expand(&parts).map_err(|error| Failure::from(&error))
}

/// Sixteen random bytes of the system's generator.
fn random() -> Result<[u8; 16], Failure> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)
        .map_err(|error| Failure::new(Code::BadRequest, UploadReason::NoRandomNumbers).because(&error))?;
    Ok(bytes)
}

/// The key itself where nothing is there, else with a suffix before its extension. What cannot be seen counts as taken:
/// a suffix costs nothing, an overwritten object is lost.
async fn made_unique(
    key: ObjectKey,
    upload: UploadId,
    endpoint: &Endpoint,
    client: &reqwest::Client,
) -> Result<ObjectKey, Failure> {
    let mut candidate = key.clone();
    for _ in 0..SUFFIXES_TRIED {
        if endpoint.reserve(candidate.as_str(), upload) {
            match look(&candidate, endpoint, client).await? {
                Seen::NotThere => return Ok(candidate),
                Seen::Hidden | Seen::Unanswered(_) if candidate != key => return Ok(candidate),
                Seen::There | Seen::Hidden | Seen::Unanswered(_) => {}
            }
        }
        candidate = with_suffix(&key, random()?)?;
    }
    Err(exists(&key, ExistsPolicy::Unique))
}

/// Another key, where somebody has taken `key` since it was looked at.
pub(super) async fn another(
    key: &ObjectKey,
    upload: UploadId,
    endpoint: &Endpoint,
    client: &reqwest::Client,
) -> Result<ObjectKey, Failure> {
    let mut tried = 0;
    while tried < SUFFIXES_TRIED {
        let candidate = with_suffix(key, random()?)?;
        let is_ours = endpoint.reserve(candidate.as_str(), upload);
        if is_ours && !matches!(look(&candidate, endpoint, client).await?, Seen::There) {
            return Ok(candidate);
        }
        tried += 1;
    }
    Err(exists(key, ExistsPolicy::Unique))
}

/// The key itself unless another file of this run has it, else with a suffix. What is in S3 cannot be seen without keys.
fn not_given(key: ObjectKey, upload: UploadId, endpoint: &Endpoint) -> Result<ObjectKey, Failure> {
    if endpoint.reserve(key.as_str(), upload) {
        return Ok(key);
    }
    for _ in 0..SUFFIXES_TRIED {
        let candidate = with_suffix(&key, random()?)?;
        if endpoint.reserve(candidate.as_str(), upload) {
            return Ok(candidate);
        }
    }
    Err(exists(&key, ExistsPolicy::Unique))
}

/// The ticket's own key. One that is not made of the file's name takes one file.
fn of_ticket(ticket: &Ticket, file: &QueuedFile, upload: UploadId, endpoint: &Endpoint) -> Result<ObjectKey, Failure> {
    let Some(pattern) = &ticket.object_key else {
        return Err(Failure::from(&Refusal::NoKey));
    };
    let key = with_file_name(pattern, &file_name(&file.path));
    let key = ObjectKey::new(key).map_err(|error| Failure::from(&error))?;
    match file.destination.if_exists {
        ExistsPolicy::Replace => Ok(key),
        ExistsPolicy::Unique if pattern.contains(FILE_NAME_VARIABLE) => not_given(key, upload, endpoint),
        _ if endpoint.reserve(key.as_str(), upload) => Ok(key),
        ExistsPolicy::Unique | ExistsPolicy::Fail | ExistsPolicy::Ask => Err(Failure::new(
            Code::Ticket,
            UploadReason::TicketUsed {
                object_key: key.to_string(),
            },
        )),
    }
}

async fn not_taken(
    key: ObjectKey,
    policy: ExistsPolicy,
    upload: UploadId,
    endpoint: &Endpoint,
    client: &reqwest::Client,
) -> Result<ObjectKey, Failure> {
    if !endpoint.reserve(key.as_str(), upload) {
        return Err(exists(&key, policy));
    }
    match look(&key, endpoint, client).await? {
        Seen::NotThere => Ok(key),
        Seen::There => Err(exists(&key, policy)),
        Seen::Unanswered(failure) => Err(failure),
        Seen::Hidden => Err(Failure::new(
            Code::AccessDenied,
            UploadReason::ExistenceUnknown {
                object_key: key.to_string(),
            },
        )),
    }
}

/// Something is there: a failure, or a question where the destination says so.
pub(super) fn exists(key: &ObjectKey, policy: ExistsPolicy) -> Failure {
    let object_key = key.to_string();
    let reason = if policy == ExistsPolicy::Ask {
        UploadReason::AskExists { object_key }
    } else {
        UploadReason::Exists { object_key }
    };
    Failure::new(Code::ObjectExists, reason)
}

/// `photos/a.png` becomes `photos/a-7kq2x.png`.
fn with_suffix(key: &ObjectKey, random: [u8; 16]) -> Result<ObjectKey, Failure> {
    let text = key.as_str();
    let suffix: String = random
        .iter()
        .take(SUFFIX_LENGTH)
        .filter_map(|byte| SUFFIX_LETTERS.get(usize::from(byte % 32)))
        .map(|letter| char::from(*letter))
        .collect();
    let name_at = text.rfind('/').map_or(0, |slash| slash + 1);
    let (stem, extension) = match text.rfind('.') {
        Some(dot) if dot > name_at => text.split_at(dot),
        _ => (text, ""),
    };
    ObjectKey::new(format!("{stem}-{suffix}{extension}")).map_err(|error| Failure::from(&error))
}

/// A presigned HEAD.
async fn look(key: &ObjectKey, endpoint: &Endpoint, client: &reqwest::Client) -> Result<Seen, Failure> {
    let url = presigned_head(key, endpoint).await?;
    let _lane = endpoint.line.enter(Request::Alone).await;
    let answer = client.head(url).timeout(LOOK_TIMEOUT).send().await;
    let unanswered = |error: &PostError| Seen::Unanswered(Failure::from_post(error, &About::default()));
    Ok(match answer.map(|answer| answer.status().as_u16()) {
        Ok(200..=299) => Seen::There,
        Ok(404) => Seen::NotThere,
        Ok(status @ (429 | 500..)) => match answer::read(status, |_| None, &[]) {
            Err(error) => unanswered(&error.into()),
            Ok(_) => Seen::Hidden,
        },
        Ok(_) => Seen::Hidden,
        Err(error) => unanswered(&lost(error, 0)),
    })
}

/// A URL that tells the object's presence and size to us alone; never logged.
pub(super) async fn presigned_head(key: &ObjectKey, endpoint: &Endpoint) -> Result<String, Failure> {
    let (address, credentials) = endpoint.address_and_credentials().await?;
    Ok(presigned_url(
        "HEAD",
        &address,
        key,
        &credentials,
        LOOK_EXPIRES_IN,
        endpoint.now(),
    ))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]
mod tests {
    use super::*;

    #[test]
    fn a_suffix_stands_before_the_extension_of_the_name() {
        let suffixed = |key| with_suffix(&ObjectKey::new(key).unwrap(), [0; 16]).unwrap().to_string();
        assert_eq!(suffixed("a/b.c/photo.tar.gz"), "a/b.c/photo.tar-22222.gz");
        assert_eq!(suffixed("v1.2/README"), "v1.2/README-22222");
        assert_eq!(suffixed(".env"), ".env-22222");
    }
}
