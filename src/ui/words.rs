//! Every text of the window, in one catalogue a language: a language is complete when it compiles. Pages and dialogs have files of
//! their own, in which the languages stand below each other.
//!
//! Sentence case, no full stop, `…` on buttons that open a dialog. Texts with a number or a name in them are functions,
//! so that each language orders and inflects them in its own way.

mod checkup;
mod copying;
mod deletion;
mod destination;
mod drops;
mod english;
mod handed;
mod history;
mod korean;
mod lambda;
mod locale;
mod notifications;
mod pasting;
mod profile;
mod reasons;
mod rows;
mod settings;
mod system;
mod unfinished;
mod watching;

pub(crate) use checkup::CheckupWords;
pub(crate) use copying::CopyingWords;
pub(crate) use deletion::DeletionWords;
pub(crate) use destination::{DestinationWords, Explained, Meaning};
pub(crate) use drops::DropWords;
pub(crate) use handed::HandedWords;
pub(crate) use history::HistoryWords;
pub(crate) use lambda::LambdaWords;
pub(crate) use notifications::NotificationWords;
pub(crate) use pasting::PastingWords;
pub(crate) use profile::ProfileWords;
pub(crate) use rows::RowsWords;
pub(crate) use settings::SettingsWords;
pub(crate) use system::SystemWords;
pub(crate) use unfinished::UnfinishedWords;
pub(crate) use watching::WatchingWords;

use crate::engine::doctor::Remark;
use crate::engine::{Reason, Text};
use crate::store::{DestinationKind, LanguageChoice};
use crate::ui::names;

/// All texts of one language.
#[derive(Debug)]
pub(crate) struct Words {
    // Destination
    pub(crate) profile: &'static str,
    pub(crate) bucket: &'static str,
    pub(crate) choose_profile: &'static str,
    pub(crate) choose_bucket: &'static str,
    pub(crate) loading_profiles: &'static str,
    pub(crate) loading_buckets: &'static str,
    pub(crate) reload_buckets: &'static str,
    pub(crate) filter_buckets: &'static str,
    pub(crate) type_bucket: &'static str,
    pub(crate) list_denied: &'static str,
    pub(crate) no_buckets: &'static str,
    pub(crate) use_bucket: fn(&str) -> String,
    pub(crate) signs_in: &'static str,
    pub(crate) sandbox: &'static str,
    pub(crate) sandbox_explained: &'static str,
    pub(crate) sandbox_starting: &'static str,
    pub(crate) endpoint_and_region: &'static str,
    pub(crate) endpoint: &'static str,
    pub(crate) endpoint_hint: &'static str,
    pub(crate) region: &'static str,
    pub(crate) region_hint: &'static str,
    pub(crate) apply: &'static str,
    pub(crate) environment_keys: &'static str,
    pub(crate) environment_keys_explained: &'static str,
    pub(crate) no_profiles: &'static str,
    pub(crate) no_profiles_hint: &'static str,
    // Pages
    pub(crate) pages: &'static str,
    pub(crate) page_uploads: &'static str,
    pub(crate) page_settings: &'static str,
    pub(crate) history: HistoryWords,
    pub(crate) settings: SettingsWords,
    pub(crate) unfinished: UnfinishedWords,
    pub(crate) checkup: CheckupWords,
    pub(crate) profile_dialog: ProfileWords,
    pub(crate) destination: DestinationWords,
    pub(crate) lambda: LambdaWords,
    pub(crate) handed: HandedWords,
    pub(crate) system: SystemWords,
    pub(crate) notifications: NotificationWords,
    pub(crate) pasting: PastingWords,
    pub(crate) copying: CopyingWords,
    pub(crate) rows: RowsWords,
    pub(crate) drops: DropWords,
    pub(crate) watching: WatchingWords,
    // Dialogs
    pub(crate) deletion: DeletionWords,
    pub(crate) close: &'static str,
    pub(crate) qr_title: &'static str,
    pub(crate) qr_explained: &'static str,
    pub(crate) qr_too_long: &'static str,
    pub(crate) show_qr: &'static str,
    // Ways in
    pub(crate) drop_here: &'static str,
    pub(crate) drop_here_hint: &'static str,
    pub(crate) drop_waits_hint: &'static str,
    pub(crate) no_drops_here: &'static str,
    pub(crate) choose_files: &'static str,
    pub(crate) choose_folder: &'static str,
    pub(crate) drop_to_send: fn(&str) -> String,
    pub(crate) drop_without_destination: &'static str,
    pub(crate) items: fn(usize) -> String,
    pub(crate) and_more: fn(usize) -> String,
    pub(crate) no_dialog: &'static str,
    pub(crate) path_field: &'static str,
    pub(crate) path_hint: &'static str,
    pub(crate) add: &'static str,
    pub(crate) not_a_path: &'static str,
    pub(crate) not_there: fn(&str) -> String,
    // What will happen
    pub(crate) example_name: &'static str,
    pub(crate) access_by_bucket: &'static str,
    pub(crate) access_sandbox: &'static str,
    pub(crate) access_public: &'static str,
    pub(crate) access_acl: fn(&str) -> String,
    pub(crate) form_good_for: fn(&str) -> String,
    // Strips
    pub(crate) held: fn(usize, &str, u64) -> String,
    pub(crate) undo: &'static str,
    pub(crate) send_now: &'static str,
    pub(crate) parked: fn(usize) -> String,
    pub(crate) forget: &'static str,
    pub(crate) interrupted_strip: fn(usize) -> String,
    pub(crate) resume_all: &'static str,
    pub(crate) dismiss: &'static str,
    pub(crate) try_again: &'static str,
    pub(crate) copy_command: &'static str,
    pub(crate) login_watched: &'static str,
    // Stages
    pub(crate) stage_held: &'static str,
    pub(crate) stage_waiting: &'static str,
    pub(crate) stage_signing: &'static str,
    pub(crate) stage_sending: &'static str,
    pub(crate) stage_waiting_for_s3: &'static str,
    pub(crate) stage_proving: &'static str,
    pub(crate) stage_waiting_for_network: &'static str,
    pub(crate) stage_retrying: fn(u32, u64) -> String,
    pub(crate) stage_public: &'static str,
    pub(crate) stage_private: &'static str,
    pub(crate) stage_unknown: &'static str,
    pub(crate) stage_failed: &'static str,
    pub(crate) stage_cancelled: &'static str,
    pub(crate) stage_interrupted: &'static str,
    pub(crate) private_explained: &'static str,
    pub(crate) unknown_explained: &'static str,
    // Rows
    pub(crate) of: fn(&str, &str) -> String,
    pub(crate) time_left: fn(&str) -> String,
    pub(crate) proven_by: fn(&str) -> String,
    pub(crate) not_proven: &'static str,
    pub(crate) progress_of: fn(&str) -> String,
    pub(crate) copy_url: &'static str,
    pub(crate) copied: &'static str,
    pub(crate) open: &'static str,
    pub(crate) cancel: &'static str,
    pub(crate) retry: &'static str,
    pub(crate) resume: &'static str,
    pub(crate) remove: &'static str,
    pub(crate) details: &'static str,
    pub(crate) hide_details: &'static str,
    pub(crate) copy_details: &'static str,
    pub(crate) request_id: fn(&str) -> String,
    // Fixes
    pub(crate) fix_drop_acl: &'static str,
    pub(crate) fix_replace: &'static str,
    pub(crate) fix_keep_both: &'static str,
    pub(crate) fix_send_to: fn(&str) -> String,
    pub(crate) fix_forget_region: &'static str,
    pub(crate) fix_default_options: &'static str,
    // Footer and toasts
    pub(crate) done_of: fn(usize, usize) -> String,
    pub(crate) failed: fn(usize) -> String,
    pub(crate) cancelled: fn(usize) -> String,
    pub(crate) interrupted: fn(usize) -> String,
    pub(crate) copy_all_urls: &'static str,
    pub(crate) clear_ended: &'static str,
    pub(crate) urls_copied: fn(usize) -> String,
    pub(crate) copy_temporary_link: &'static str,
    pub(crate) temporary_link_copied: fn(&str) -> String,
    pub(crate) engine_gone: &'static str,
    // Closing
    pub(crate) closing_title: fn(usize) -> String,
    pub(crate) closing_explained: &'static str,
    pub(crate) keep_uploading: &'static str,
    pub(crate) quit: &'static str,
    // Failures: asked by `Words::failure` and `Words::reason`
    reason: fn(&Reason) -> Text,
    // Units of time
    pub(crate) seconds: fn(u64) -> String,
    pub(crate) minutes: fn(u64) -> String,
    pub(crate) hours: fn(u64) -> String,
    pub(crate) days: fn(u64) -> String,
}

/// English, for every language that has no catalogue.
pub(crate) static ENGLISH: Words = english::WORDS;
/// Korean.
pub(crate) static KOREAN: Words = korean::WORDS;

impl Words {
    /// The catalogue of a choice.
    pub(crate) fn of_choice(choice: LanguageChoice) -> &'static Self {
        match choice {
            LanguageChoice::System => Self::of_locale(&locale::of_system()),
            LanguageChoice::English => &ENGLISH,
            LanguageChoice::Korean => &KOREAN,
        }
    }

    /// What a person reads of what an examination has found.
    pub(crate) fn remark(&self, remark: &Remark) -> Text {
        (self.checkup.remark)(remark)
    }

    /// A destination's name as it is shown: what nobody has named is called in every language's own way.
    pub(crate) fn destination_name(&self, name: &str) -> String {
        if name == DestinationKind::SANDBOX_NAME {
            self.sandbox.to_owned()
        } else {
            names::harmless(name)
        }
    }

    /// The catalogue of a POSIX or BCP 47 locale name (`ko_KR.UTF-8`, `ko-KR`).
    pub(crate) fn of_locale(locale: &str) -> &'static Self {
        if locale.split(['_', '-', '.', '@']).next() == Some("ko") {
            &KOREAN
        } else {
            &ENGLISH
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail")]
mod completeness;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_goes_by_the_locale() {
        for locale in ["ko", "ko_KR.UTF-8", "ko-KR"] {
            assert_eq!(Words::of_locale(locale).copy_url, KOREAN.copy_url, "{locale}");
        }
        for locale in ["", "C", "en_US.UTF-8", "kok_IN", "de_DE"] {
            assert_eq!(Words::of_locale(locale).copy_url, ENGLISH.copy_url, "{locale}");
        }
    }
}
