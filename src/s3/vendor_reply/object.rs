//! An object's members, found by the names that are in use for them.

use super::json::Json;
use std::collections::HashMap;

/// Members in their order. A name that stands twice counts as it stands first.
pub(super) struct Object<'a> {
    pub(super) members: &'a [(String, Json)],
    by_name: HashMap<String, &'a Json>,
}

impl<'a> Object<'a> {
    pub(super) fn new(members: &'a [(String, Json)]) -> Self {
        let mut by_name = HashMap::with_capacity(members.len());
        for (name, value) in members {
            by_name.entry(folded(name)).or_insert(value);
        }
        Self { members, by_name }
    }

    /// By a name as [`folded`] gives it.
    pub(super) fn get(&self, name: &str) -> Option<&'a Json> {
        self.by_name.get(name).copied()
    }

    /// The first text under one of `names` that is not empty.
    pub(super) fn text(&self, names: &[&str]) -> Option<&'a str> {
        names
            .iter()
            .filter_map(|name| self.get(name)?.text())
            .find(|text| !text.trim().is_empty())
    }
}

/// `uploadUrl`, `upload_url`, `uploadURL`, `UploadUrl` and `upload-url` are one name: `uploadurl`.
pub(super) fn folded(name: &str) -> String {
    name.chars()
        .filter(|character| !matches!(character, '_' | '-' | ' '))
        .map(|character| character.to_ascii_lowercase())
        .collect()
}
