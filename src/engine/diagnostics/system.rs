//! The program and the machine.

use std::fs;

/// `Dropslot 0.1.0, commit unknown, app gui sandbox`, and what is left out.
pub(super) fn header() -> String {
    let features = [
        ("gui", cfg!(feature = "gui")),
        ("sandbox", cfg!(feature = "sandbox")),
        ("debug build", cfg!(debug_assertions)),
    ];
    let features: Vec<&str> = features
        .iter()
        .filter(|(_, is_on)| *is_on)
        .map(|(name, _)| *name)
        .collect();
    format!(
        "Dropslot {}, commit {}, with {}\nNames of buckets, profiles, files, hosts and accounts are left out: …\n\n",
        env!("CARGO_PKG_VERSION"),
        super::COMMIT,
        features.join(", "),
    )
}

/// `Debian GNU/Linux 12 (bookworm), Linux 6.1.0, x86_64, 8 processors`
pub(super) fn machine() -> String {
    let distribution = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let distribution = distribution.lines().find_map(|line| line.strip_prefix("PRETTY_NAME="));
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").ok();
    let processors = std::thread::available_parallelism().map_or(0, usize::from);
    let mut told = vec![distribution.map_or(std::env::consts::OS.to_owned(), |name| {
        name.trim_matches('"').to_owned()
    })];
    told.extend(kernel.map(|kernel| format!("Linux {}", kernel.trim())));
    told.push(std::env::consts::ARCH.to_owned());
    told.push(format!("{processors} processors"));
    told.join(", ")
}

/// `Wayland and X11, GNOME`
pub(super) fn display() -> String {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let servers = [
        ("Wayland", is_set("WAYLAND_DISPLAY") || is_set("WAYLAND_SOCKET")),
        ("X11", is_set("DISPLAY")),
    ];
    let servers: Vec<&str> = servers
        .iter()
        .filter(|(_, is_there)| *is_there)
        .map(|(name, _)| *name)
        .collect();
    let servers = match servers.as_slice() {
        [] if cfg!(target_os = "linux") => "none".to_owned(),
        [] => "the system's".to_owned(),
        servers => servers.join(" and "),
    };
    match std::env::var("XDG_CURRENT_DESKTOP") {
        Ok(desktop) if !desktop.is_empty() => format!("{servers}, {desktop}"),
        _ => servers,
    }
}

/// The names of variables that bend the way of an upload; never their values.
pub(super) fn environment() -> String {
    let bends = |name: &str| {
        let name = name.to_ascii_uppercase();
        name.starts_with("AWS_")
            || name.ends_with("_PROXY")
            || ["RUST_LOG", "SSL_CERT_FILE", "SSL_CERT_DIR"].contains(&name.as_str())
    };
    let set = std::env::vars_os().filter(|(_, value)| !value.is_empty());
    let mut names: Vec<String> = set
        .filter_map(|(name, _)| name.into_string().ok())
        .filter(|name| bends(name))
        .collect();
    names.sort_unstable();
    if names.is_empty() {
        return "no proxy, the system's certificates, nothing of AWS".to_owned();
    }
    format!("set: {}", names.join(", "))
}
