//! Logging: to a file of this user's, and by `RUST_LOG` to standard error as well.
//!
//! The file has what tells the story (what was started, how batches ended, each failure with its details) and all warnings;
//! `RUST_LOG` says otherwise, for both. Only this program's own lines are let through: at `trace` the libraries below log
//! request headers, signatures and commands with their arguments.
//!
//! Lines are written by a thread of its own, which is started by the first one and sleeps between them. Where more come than
//! the disk takes, some are lost: no upload waits for its log.

use crate::engine::COMMIT;
use crate::store::{Folders, LogFile};
use std::io::IsTerminal as _;
use std::panic::PanicHookInfo;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use tracing_appender::non_blocking::{NonBlocking, NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::filter::{EnvFilter, LevelFilter, filter_fn};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// Lines that may wait for the disk.
const LINES_WAITING: usize = 1024;

/// While it is held, lines are written; dropping it waits, for a moment, for those that are not yet.
#[must_use]
pub(super) struct Logging(Option<ToFile>);

impl Drop for Logging {
    fn drop(&mut self) {
        if let Some(file) = &self.0 {
            file.finish();
        }
    }
}

/// Sets both up. Without a home folder there is no file.
pub(super) fn start() -> Logging {
    let file = Folders::of_this_user().map(|folders| ToFile::new(LogFile::of(&folders)));
    let is_wished = std::env::var_os("RUST_LOG").is_some_and(|filter| !filter.is_empty());
    let to_stderr = is_wished.then(|| {
        tracing_subscriber::fmt::layer()
            .with_writer(std::io::stderr)
            .with_ansi(std::io::stderr().is_terminal())
    });
    let to_file = file
        .clone()
        .map(|file| tracing_subscriber::fmt::layer().with_writer(file).with_ansi(false));
    let ours = filter_fn(|metadata| metadata.target().split("::").next() == Some("dropslot"));
    tracing_subscriber::registry()
        .with(to_stderr)
        .with(to_file)
        .with(is_wished.then(EnvFilter::from_default_env))
        .with((!is_wished).then_some(LevelFilter::INFO))
        .with(ours)
        .init();
    note_panics();
    Logging(file)
}

/// What was started, by which program.
pub(super) fn note_start(command: &'static str) {
    let (version, commit) = (env!("CARGO_PKG_VERSION"), COMMIT);
    tracing::info!(command, version, commit, os = std::env::consts::OS, "started");
}

/// A panic goes to the log too; what is said on standard error stays as it is.
fn note_panics() {
    let said = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic: &PanicHookInfo<'_>| {
        said(panic);
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        let thread = std::thread::current().name().unwrap_or_default().to_owned();
        tracing::error!(
            place,
            thread,
            message_of_panic = panic.payload_as_str(),
            "a mistake of this program"
        );
    }));
}

/// The way to the file, opened by the first line.
#[derive(Clone)]
struct ToFile(Arc<Way>);

struct Way {
    file: LogFile,
    lines: OnceLock<NonBlocking>,
    writing: Mutex<Option<WorkerGuard>>,
}

impl ToFile {
    fn new(file: LogFile) -> Self {
        Self(Arc::new(Way {
            file,
            lines: OnceLock::new(),
            writing: Mutex::default(),
        }))
    }

    fn finish(&self) {
        let writing = self.0.writing.lock().unwrap_or_else(PoisonError::into_inner).take();
        drop(writing);
    }
}

impl<'a> MakeWriter<'a> for ToFile {
    type Writer = NonBlocking;

    fn make_writer(&'a self) -> NonBlocking {
        let begin = || {
            let (lines, writing) = NonBlockingBuilder::default()
                .lossy(true)
                .buffered_lines_limit(LINES_WAITING)
                .thread_name("dropslot-log")
                .finish(self.0.file.clone());
            *self.0.writing.lock().unwrap_or_else(PoisonError::into_inner) = Some(writing);
            lines
        };
        self.0.lines.get_or_init(begin).clone()
    }
}

#[cfg(test)]
#[allow(clippy::panic, clippy::unwrap_used, reason = "that is what is tested")]
mod tests {
    use super::*;
    use std::io::Write;

    /// All that was written.
    #[derive(Clone, Default)]
    struct Written(Arc<Mutex<Vec<u8>>>);

    impl Write for Written {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_panic_is_noted_with_its_place_and_still_said() {
        static SAID: OnceLock<String> = OnceLock::new();
        let written = Written::default();
        let for_lines = written.clone();
        let lines = tracing_subscriber::fmt()
            .with_writer(move || for_lines.clone())
            .with_ansi(false)
            .finish();
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(|panic| drop(SAID.set(panic.to_string()))));
        note_panics();
        let panicked = tracing::subscriber::with_default(lines, || std::panic::catch_unwind(|| panic!("on purpose")));
        std::panic::set_hook(before);
        assert!(panicked.is_err());
        let line = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
        assert!(
            line.contains("a mistake of this program place=\"src/cli/logging.rs:"),
            "{line}"
        );
        assert!(line.contains("message_of_panic=\"on purpose\""), "{line}");
        assert!(SAID.get().unwrap().contains("on purpose"));
    }
}
