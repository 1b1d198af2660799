//! The language of the system.

/// As a POSIX or BCP 47 name (`ko_KR.UTF-8`, `ko-KR`); empty where the system names none.
pub(super) fn of_system() -> String {
    // Windows and macOS have a setting of their own; a shell's variables there speak of the shell.
    if cfg!(any(windows, target_os = "macos")) {
        sys_locale::get_locale().unwrap_or_default()
    } else {
        of_posix(|name| std::env::var_os(name).map(|value| value.to_string_lossy().into_owned()))
    }
}

/// The first that is set to something, in the order of [POSIX].
///
/// [POSIX]: https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap08.html#tag_08_02
fn of_posix(variable: impl Fn(&str) -> Option<String>) -> String {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(variable)
        .find(|value| !value.is_empty())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(variables: &[(&str, &str)]) -> String {
        of_posix(|name| {
            let found = variables.iter().find(|(set, _)| *set == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn the_variables_count_in_the_order_of_posix() {
        assert_eq!(of(&[("LANG", "ko_KR.UTF-8")]), "ko_KR.UTF-8");
        assert_eq!(
            of(&[("LANG", "ko_KR.UTF-8"), ("LC_MESSAGES", "en_GB.UTF-8")]),
            "en_GB.UTF-8"
        );
        assert_eq!(
            of(&[("LANG", "en_GB"), ("LC_MESSAGES", "en_GB"), ("LC_ALL", "ko_KR")]),
            "ko_KR"
        );
        assert_eq!(of(&[("LC_ALL", ""), ("LC_MESSAGES", ""), ("LANG", "ko_KR")]), "ko_KR");
        assert_eq!(of(&[]), "");
    }
}
