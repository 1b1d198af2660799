//! Texts of the destination's form: where files go, and with which options.

mod english;
mod korean;

pub(super) use english::ENGLISH;
pub(super) use korean::KOREAN;

/// A label, and what it means in one line below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Explained {
    pub(crate) label: &'static str,
    pub(crate) explanation: &'static str,
}

pub(super) const fn explained(label: &'static str, explanation: &'static str) -> Explained {
    Explained { label, explanation }
}

/// A value as S3 spells it, and what it means.
pub(crate) type Meaning = (&'static str, &'static str);

/// All of one language.
#[derive(Debug)]
pub(crate) struct DestinationWords {
    // Menu
    pub(crate) destination: &'static str,
    pub(crate) saved: &'static str,
    pub(crate) filter: &'static str,
    pub(crate) nothing_found: &'static str,
    pub(crate) add: &'static str,
    pub(crate) save_current: &'static str,
    pub(crate) edit: &'static str,
    pub(crate) edit_options: &'static str,
    // Dialog
    pub(crate) title_add: &'static str,
    pub(crate) title_edit: &'static str,
    pub(crate) title_options: &'static str,
    pub(crate) title_retry: &'static str,
    pub(crate) save: &'static str,
    pub(crate) use_options: &'static str,
    pub(crate) retry: &'static str,
    pub(crate) duplicate: &'static str,
    pub(crate) remove: &'static str,
    pub(crate) remove_title: fn(&str) -> String,
    pub(crate) remove_explained: &'static str,
    pub(crate) remove_now: &'static str,
    pub(crate) keep: &'static str,
    pub(crate) unsaved: &'static str,
    pub(crate) discard: &'static str,
    pub(crate) keep_editing: &'static str,
    pub(crate) mend_first: &'static str,
    pub(crate) saved_as: fn(&str) -> String,
    pub(crate) removed: fn(&str) -> String,
    pub(crate) copy_of: fn(&str) -> String,
    // Place
    pub(crate) name: Explained,
    pub(crate) service: Explained,
    pub(crate) service_other: &'static str,
    pub(crate) profile: Explained,
    pub(crate) profile_of_environment: &'static str,
    pub(crate) bucket: Explained,
    pub(crate) list_buckets: &'static str,
    pub(crate) endpoint: Explained,
    pub(crate) region: Explained,
    pub(crate) region_hint: &'static str,
    // Options
    pub(crate) options: &'static str,
    pub(crate) part_link: &'static str,
    pub(crate) part_object: &'static str,
    pub(crate) part_form: &'static str,
    pub(crate) key_template: Explained,
    pub(crate) insert: fn(&str) -> String,
    pub(crate) template_words: &'static [Meaning],
    pub(crate) becomes: &'static str,
    pub(crate) opens_at: &'static str,
    pub(crate) content_type: Explained,
    pub(crate) type_by_name: &'static str,
    pub(crate) type_fixed: &'static str,
    pub(crate) acl: Explained,
    pub(crate) acl_none: &'static str,
    pub(crate) acls: &'static [Meaning],
    pub(crate) storage_class: Explained,
    pub(crate) storage_none: &'static str,
    pub(crate) storage_classes: &'static [Meaning],
    pub(crate) encryption: Explained,
    pub(crate) encryption_none: &'static str,
    pub(crate) encryptions: &'static [Meaning],
    pub(crate) kms_key_id: Explained,
    pub(crate) kms_key_hint: &'static str,
    pub(crate) cache_control: Explained,
    pub(crate) disposition: Explained,
    pub(crate) disposition_none: &'static str,
    pub(crate) dispositions: &'static [Meaning],
    pub(crate) metadata: Explained,
    pub(crate) tags: Explained,
    pub(crate) pair_name: &'static str,
    pub(crate) pair_value: &'static str,
    pub(crate) add_pair: &'static str,
    pub(crate) remove_pair: &'static str,
    pub(crate) expires_in: Explained,
    pub(crate) public_base: Explained,
    pub(crate) public_base_hint: &'static str,
    pub(crate) if_exists: Explained,
    pub(crate) exists_unique: Explained,
    pub(crate) exists_replace: Explained,
    pub(crate) exists_ask: Explained,
    pub(crate) exists_fail: Explained,
    pub(crate) method: Explained,
    pub(crate) method_auto: Explained,
    pub(crate) method_post: Explained,
    pub(crate) method_parts: Explained,
    pub(crate) method_put: Explained,
    pub(crate) copy: Explained,
    pub(crate) copy_template_hint: &'static str,
    // What is wrong
    pub(crate) no_name: &'static str,
    pub(crate) name_taken: fn(&str) -> String,
    pub(crate) no_bucket: &'static str,
    pub(crate) bucket_name: &'static str,
    pub(crate) directory_bucket: &'static str,
    pub(crate) wrong_region: &'static str,
    pub(crate) wrong_endpoint: &'static str,
    pub(crate) endpoint_extras: &'static str,
    pub(crate) plain_http: &'static str,
    pub(crate) takes_no_forms: fn(&str) -> String,
    pub(crate) no_template: &'static str,
    pub(crate) unknown_word: fn(&str) -> String,
    pub(crate) lone_brace: fn(&str) -> String,
    pub(crate) no_key: &'static str,
    pub(crate) key_too_long: fn(usize) -> String,
    pub(crate) key_dollars: &'static str,
    pub(crate) key_control: &'static str,
    pub(crate) key_dots: &'static str,
    pub(crate) wrong_type: &'static str,
    pub(crate) control_character: &'static str,
    pub(crate) metadata_name: fn(&str) -> String,
    pub(crate) metadata_twice: fn(&str) -> String,
    pub(crate) not_for_headers: &'static str,
    pub(crate) metadata_too_large: fn(usize) -> String,
    pub(crate) wrong_tags: &'static str,
    pub(crate) wrong_expiry: &'static str,
    pub(crate) wrong_base: &'static str,
    // Fixes
    pub(crate) fix_offered: fn(&str) -> String,
    pub(crate) keep_fix: &'static str,
    pub(crate) forget_fix: &'static str,
    pub(crate) fix_region: fn(&str) -> String,
    pub(crate) fix_without_tags: &'static str,
    pub(crate) fix_default_encryption: &'static str,
    // Preview
    pub(crate) replaces: &'static str,
    pub(crate) fails_if_exists: &'static str,
    pub(crate) asks_if_exists: &'static str,
    pub(crate) goes_by_form: &'static str,
    pub(crate) goes_in_parts: &'static str,
    pub(crate) goes_by_put: &'static str,
    pub(crate) encrypted_by: fn(&str) -> String,
}
