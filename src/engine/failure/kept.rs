//! A failure on disk, so that a row of the queue still says after a restart why it failed.
//!
//! The reason is kept as it is typed, for every language; beside it what was said in English, for the program that does not
//! know that reason (any more).

use super::{Code, Failure, Reason, Text};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Kept {
    code: Code,
    /// As [`Reason`], where that can be written.
    reason: Option<serde_json::Value>,
    what: String,
    hint: String,
    retryable: bool,
    request_id: Option<String>,
    details: Vec<String>,
    command: Option<String>,
}

impl Failure {
    /// As JSON; there is no secret in a failure.
    pub(crate) fn to_json(&self) -> String {
        let Text { what, hint } = self.english();
        let kept = Kept {
            code: self.code,
            reason: serde_json::to_value(&self.reason).ok(),
            what,
            hint,
            retryable: self.retryable,
            request_id: self.request_id.clone(),
            details: self.details.clone(),
            command: self.command.clone(),
        };
        serde_json::to_string(&kept).unwrap_or_default()
    }

    /// `None` where it is not one.
    pub(crate) fn of_json(text: &str) -> Option<Self> {
        let kept: Kept = serde_json::from_str(text).ok()?;
        let typed = kept.reason.and_then(|reason| serde_json::from_value(reason).ok());
        Some(Self {
            code: kept.code,
            reason: typed.unwrap_or(Reason::Kept(Text::new(kept.what, kept.hint))),
            retryable: kept.retryable,
            request_id: kept.request_id,
            details: kept.details,
            command: kept.command,
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]
mod tests {
    use super::super::{TransferReason, UploadReason, examples};
    use super::*;

    #[test]
    fn every_failure_says_the_same_after_a_restart() {
        for reason in examples::examples() {
            let failure = Failure::new(Code::S3, reason)
                .retryable()
                .detail("attempts: 5")
                .command("aws sso login");
            let kept = Failure::of_json(&failure.to_json()).unwrap();
            assert_eq!(kept.english(), failure.english());
            assert_eq!(
                (kept.code, kept.retryable, &kept.details),
                (failure.code, true, &failure.details)
            );
        }
    }

    #[test]
    fn a_reason_stays_typed_so_that_every_language_and_every_button_knows_it() {
        for reason in [
            Reason::from(UploadReason::AskExists {
                object_key: "a".to_owned(),
            }),
            TransferReason::Stalled { seconds: 30 }.into(),
        ] {
            let failure = Failure::new(Code::ObjectExists, reason);
            assert_eq!(Failure::of_json(&failure.to_json()), Some(failure));
        }
    }

    #[test]
    fn what_a_newer_program_wrote_is_said_in_its_words() {
        let text = Failure::new(Code::S3, UploadReason::Mistake)
            .to_json()
            .replace("Mistake", "Misfortune");
        let kept = Failure::of_json(&text).unwrap();
        assert!(matches!(kept.reason, Reason::Kept(_)), "{kept:?}");
        assert!(kept.english().what.contains("Misfortune") || kept.english().what.contains("mistake"));
        assert_eq!(Failure::of_json("{\"code\":\"unheard_of\"}"), None);
        assert_eq!(Failure::of_json(""), None);
    }

    #[test]
    fn codes_are_written_by_the_names_that_scripts_know() {
        for code in [Code::S3, Code::NotAFile, Code::LoginExpired, Code::NoSuchBucket] {
            assert_eq!(serde_json::to_value(code).unwrap(), code.name());
        }
    }
}
