//! What a file is, by its name: for the icon of its row. The name's real end counts, however it is displayed.

use std::ffi::OsStr;
use std::path::Path;

/// A kind of file that has an icon of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileType {
    Image,
    Video,
    Audio,
    Archive,
    Document,
    Text,
    Sheet,
    DiskImage,
    Other,
}

impl FileType {
    /// By the extension; `photo\u{202E}gnp.exe` is no picture, and neither is `a.png\u{200B}`.
    pub(crate) fn of_path(path: &Path) -> Self {
        let extension = path.extension().and_then(OsStr::to_str).unwrap_or_default();
        match extension.to_ascii_lowercase().as_str() {
            "zip" | "7z" | "rar" | "tar" | "gz" | "tgz" | "bz2" | "xz" | "txz" | "zst" | "br" | "lz4" | "lzma"
            | "jar" | "war" | "deb" | "rpm" | "apk" | "cab" | "egg" | "alz" => Self::Archive,
            "txt" | "md" | "pdf" | "doc" | "docx" | "odt" | "rtf" | "pages" | "epub" | "ps" | "ppt" | "pptx"
            | "odp" | "key" | "hwp" | "hwpx" => Self::Document,
            "csv" | "tsv" | "xls" | "xlsx" | "xlsm" | "ods" | "numbers" | "parquet" => Self::Sheet,
            "iso" | "img" | "dmg" | "vhd" | "vhdx" | "vmdk" | "qcow2" | "ova" | "vdi" => Self::DiskImage,
            // Sources that the table of types takes for a video (`video/mp2t`) or does not know.
            "ts" | "tsx" | "mts" | "rs" | "go" | "py" | "rb" | "swift" | "kt" | "java" | "c" | "h" | "cpp" | "hpp"
            | "cs" | "vue" | "sql" | "sh" | "ps1" | "bat" | "json" | "jsonl" | "yaml" | "yml" | "toml" | "xml"
            | "ini" | "conf" | "cfg" | "log" | "lock" | "patch" | "diff" | "tex" | "js" | "mjs" => Self::Text,
            // No picture can be shown of these, but it is what they are.
            "heic" | "heif" | "avif" | "jxl" | "raw" | "dng" | "cr2" | "nef" | "arw" => Self::Image,
            "" => Self::Other,
            _ => Self::of_content_type(path),
        }
    }

    fn of_content_type(path: &Path) -> Self {
        let guess = mime_guess::from_path(path).first();
        match guess.as_ref().map(|guess| guess.type_().as_str()) {
            Some("image") => Self::Image,
            Some("video") => Self::Video,
            Some("audio") => Self::Audio,
            Some("text") => Self::Text,
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_their_extension() {
        for (name, expected) in [
            ("스크린샷 1.PNG", FileType::Image),
            ("IMG_1.HEIC", FileType::Image),
            ("demo.mp4", FileType::Video),
            ("song.flac", FileType::Audio),
            ("build.tar.zst", FileType::Archive),
            ("report.pdf", FileType::Document),
            ("보고서.hwp", FileType::Document),
            ("notes.md", FileType::Document),
            ("main.ts", FileType::Text),
            ("table.xlsx", FileType::Sheet),
            ("backup.img", FileType::DiskImage),
            ("README", FileType::Other),
            ("setup.exe", FileType::Other),
        ] {
            assert_eq!(FileType::of_path(Path::new(name)), expected, "{name}");
        }
    }

    #[test]
    fn a_name_made_to_look_like_another_type_shows_what_it_is() {
        for name in ["photo\u{202E}gnp.exe", "a.png\u{200B}", "a.png ", "a.png\u{202E}"] {
            assert_eq!(FileType::of_path(Path::new(name)), FileType::Other, "{name:?}");
        }
    }
}
