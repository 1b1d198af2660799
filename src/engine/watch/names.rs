//! Which names in a watched folder are files that somebody means to keep: not hidden ones, and not what programs write on
//! their way to a file, which gets its name in the end.

use std::path::Path;

/// Downloads and copies that are not whole yet, and what editors keep beside a file that is open.
const UNFINISHED: [&str; 16] = [
    "aria2",
    "bc!",
    "crdownload",
    "crswap",
    "download",
    "filepart",
    "kate-swp",
    "opdownload",
    "part",
    "partial",
    "swp",
    "swx",
    "temp",
    "tmp",
    "!ut",
    "xltd",
];

/// What Windows writes into folders.
const OF_THE_SYSTEM: [&str; 2] = ["desktop.ini", "thumbs.db"];

pub(super) fn is_wanted(name: &Path) -> bool {
    let name = name.to_string_lossy().to_lowercase();
    let is_hidden = name.starts_with('.');
    // A backup of an editor, a lock of an office program.
    let is_beside = name.ends_with('~') || name.starts_with("~$");
    let extension = name.rsplit_once('.').map(|(_, extension)| extension);
    let is_unfinished = extension.is_some_and(|extension| UNFINISHED.contains(&extension));
    !(is_hidden || is_beside || is_unfinished || OF_THE_SYSTEM.contains(&name.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_wanted_and_what_leads_to_them_is_not() {
        for name in [
            "Screenshot 1.png",
            "스크린샷.png",
            "a",
            "part",
            "a.tar.zst",
            "a.partly",
            "tmp",
        ] {
            assert!(is_wanted(Path::new(name)), "{name}");
        }
        for name in [
            ".Screenshot.png.tmp",
            ".hidden",
            "film.mp4.part",
            "Unconfirmed 1.crdownload",
            "A.TMP",
            "notes.txt~",
            "~$report.docx",
            "Thumbs.db",
        ] {
            assert!(!is_wanted(Path::new(name)), "{name}");
        }
    }
}
