//! The other side of the window: the engine, file dialogs, the clipboard and the sandbox, on threads of their own.
//!
//! Nothing here is waited for: what comes of it arrives as a [`Report`], and the window is woken.

mod clipboard;
#[cfg(target_os = "linux")]
mod colour_scheme;
mod dialogs;
#[cfg(feature = "sandbox")]
mod embedded;
mod folder;
mod notifications;
mod pasted;
mod thumbnails;
mod ticket_file;
mod typed;

use crate::aws::Secret;
use crate::engine::{
    Command, Engine, EngineConfig, EngineGone, Event, Failure, SandboxAccess, Surroundings, Wake, diagnostics,
};
use crate::store::Folders;
use crate::ui::action::{Notification, RowOf};
use crate::ui::handover::{self, Claim, HandedOver};
use eframe::egui;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;
use tokio::sync::mpsc;

/// Bars move, and rows of a long list end, no more often than this: numbers can still be read, and a window that is drawn
/// by the processor leaves it to the uploads. (At ten times a second two cores lost 8 % of a loopback's throughput to it.)
const PROGRESS_EVERY: Duration = Duration::from_millis(200);
/// A window stays open over night: what waits for the network goes on in the morning.
const NETWORK_PATIENCE: Duration = Duration::from_hours(24);

/// What happens at the same time is drawn together: an upload that begins is waiting, signed and sent within a few
/// milliseconds. (egui takes a sixtieth of a second off; and a request without a delay is drawn twice.)
const EVENTS_WITHIN: Duration = Duration::from_millis(30);

/// How long the window's end waits for the engine to put its queue in order.
const SHUTDOWN_PATIENCE: Duration = Duration::from_secs(3);

/// What came of something that was asked for.
#[derive(Debug)]
pub(crate) enum Report {
    /// Files or folders were chosen in a dialog.
    Chosen(Vec<PathBuf>),
    /// A folder to watch was chosen in a dialog.
    WatchedFolderChosen(PathBuf),
    /// The dialog was closed without a choice.
    NothingChosen,
    /// The system has no dialog to offer.
    NoDialog,
    /// Files were on the clipboard.
    PastedFiles(Vec<PathBuf>),
    /// A picture was on the clipboard, and is in this file.
    PastedPicture(PathBuf),
    /// A picture was on the clipboard, and cannot be uploaded.
    PictureNotPasted(NotPasted),
    /// Typed paths were looked at.
    LookedAt(LookedAt),
    /// A form's file was read, or cannot be.
    TicketRead(TicketFile, Option<Secret>),
    /// Text was on the clipboard.
    PastedText(String),
    /// The clipboard could be read, and holds neither.
    NothingToPaste,
    /// The clipboard cannot be read this way: the window's own may know more.
    ClipboardUnreadable,
    /// A text could not be copied while another window has the keyboard.
    NotCopied(String),
    /// A second start hands its paths over.
    HandedOver(HandedOver),
    /// The window is to come to the front.
    #[cfg_attr(
        not(target_os = "linux"),
        allow(dead_code, reason = "elsewhere the system brings it there itself")
    )]
    WindowWanted,
    /// The desktop is light or dark now.
    #[cfg_attr(
        not(target_os = "linux"),
        allow(dead_code, reason = "elsewhere the window system tells it")
    )]
    SystemTheme(egui::Theme),
    /// A file could not be shown in its folder.
    NotShown(NotShown),
    /// A row's thumbnail was made, or cannot be.
    Thumbnail(RowOf, Option<Arc<egui::ColorImage>>),
    /// The diagnostics are collected.
    Diagnostics(String),
    /// The sandbox answers.
    SandboxRuns(SandboxAccess),
    /// The sandbox does not.
    SandboxFailed(Failure),
}

/// Sends reports and wakes the window.
#[derive(Clone, Debug)]
struct Reporter {
    reports: mpsc::UnboundedSender<Report>,
    window: egui::Context,
}

impl Reporter {
    fn send(&self, report: Report) {
        if self.reports.send(report).is_ok() {
            self.window.request_repaint();
        }
    }
}

/// The running other side.
#[derive(Debug)]
pub(crate) struct Backend {
    engine: Engine,
    reports: mpsc::UnboundedReceiver<Report>,
    reporter: Reporter,
    folders: Option<Folders>,
    dialog_open: bool,
    clipboard: Option<tokio::task::JoinHandle<()>>,
    copied: clipboard::Copied,
    notifier: notifications::Notifier,
    thumbnailer: thumbnails::Thumbnailer,
    handover: Option<tokio::task::JoinHandle<()>>,
    runtime: Option<Runtime>,
}

impl Backend {
    /// Starts the engine on a runtime of its own; it wakes `window`.
    ///
    /// # Errors
    /// The system refuses threads.
    pub(crate) fn start(
        window: &egui::Context,
        folders: Option<Folders>,
        jobs: Option<usize>,
        sandbox: Option<SandboxAccess>,
    ) -> std::io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .thread_name("dropslot")
            .build()?;
        let waken = window.clone();
        let config = EngineConfig {
            folders: folders.clone(),
            jobs,
            wake: Arc::new(move |wake| match wake {
                Wake::Now => waken.request_repaint_after(EVENTS_WITHIN),
                Wake::Soon => waken.request_repaint_after(PROGRESS_EVERY),
            }),
            adopt_interrupted: true,
            forget_done: false,
            sandbox,
            network_patience: NETWORK_PATIENCE,
        };
        let engine = {
            let _on_runtime = runtime.enter();
            Engine::start(config)
        };
        pasted::clear_leftovers(runtime.handle(), folders.clone());
        let (sender, reports) = mpsc::unbounded_channel();
        let reporter = Reporter {
            reports: sender,
            window: window.clone(),
        };
        Ok(Self {
            engine,
            reports,
            reporter,
            folders,
            dialog_open: false,
            clipboard: None,
            copied: clipboard::Copied::default(),
            notifier: notifications::Notifier::default(),
            thumbnailer: thumbnails::Thumbnailer::default(),
            handover: None,
            runtime: Some(runtime),
        })
    }

    /// Passes a command on.
    ///
    /// # Errors
    /// [`EngineGone`].
    pub(crate) fn send(&self, command: Command) -> Result<(), EngineGone> {
        self.engine.send(command)
    }

    /// The newest snapshot, where there is one that was not seen.
    pub(crate) fn new_snapshot(&mut self) -> Option<Arc<crate::engine::Snapshot>> {
        let changed = self.engine.snapshot.has_changed().unwrap_or(false);
        changed.then(|| self.engine.snapshot.borrow_and_update().clone())
    }

    /// Everything that happened since the last call.
    pub(crate) fn new_events(&mut self) -> Vec<Event> {
        std::iter::from_fn(|| self.engine.events.try_recv().ok()).collect()
    }

    /// Everything that was reported since the last call.
    pub(crate) fn new_reports(&mut self) -> Vec<Report> {
        let reports: Vec<Report> = std::iter::from_fn(|| self.reports.try_recv().ok()).collect();
        let is_answer = |report: &Report| {
            matches!(
                report,
                Report::Chosen(_) | Report::WatchedFolderChosen(_) | Report::NothingChosen | Report::NoDialog
            )
        };
        if reports.iter().any(is_answer) {
            self.dialog_open = false;
        }
        reports
    }

    /// Opens a dialog over `frame`, unless one is open. To be called on the window's thread (macOS insists).
    pub(crate) fn choose(&mut self, frame: &eframe::Frame, what: dialogs::What) {
        if let Some(runtime) = self.runtime.as_ref().filter(|_| !self.dialog_open) {
            self.dialog_open = true;
            dialogs::choose(runtime.handle(), frame, what, self.reporter.clone());
        }
    }

    /// Reads files, a picture or text from the clipboard, unless it is being read: a key that is held down asks often.
    pub(crate) fn read_clipboard(&mut self) {
        let reads = self.clipboard.as_ref().is_some_and(|reading| !reading.is_finished());
        if let Some(runtime) = self.runtime.as_ref().filter(|_| !reads) {
            let reading = clipboard::read(runtime.handle(), self.folders.clone(), self.reporter.clone());
            self.clipboard = Some(reading);
        }
    }

    /// Copies a text while another window has the keyboard, or reports that it cannot.
    pub(crate) fn copy_behind(&self, text: String) {
        if let Some(runtime) = &self.runtime {
            self.copied.copy(runtime.handle(), text, self.reporter.clone());
        }
    }

    /// Keeps a picture that the window's own clipboard gave.
    pub(crate) fn keep_picture(&self, picture: PastedPicture) {
        if let Some(runtime) = &self.runtime {
            let reporter = self.reporter.clone();
            pasted::keep_in_background(runtime.handle(), self.folders.clone(), picture, reporter);
        }
    }

    /// Deletes a pasted picture's file; any other is left alone.
    pub(crate) fn forget_pasted(&self, file: PathBuf) {
        if let Some(runtime) = &self.runtime {
            let folders = self.folders.clone();
            runtime.spawn_blocking(move || pasted::forget(folders.as_ref(), &file));
        }
    }

    /// Looks whether typed paths are there.
    pub(crate) fn look_at(&self, paths: Vec<PathBuf>) {
        if let Some(runtime) = &self.runtime {
            typed::look_at(runtime.handle(), paths, self.reporter.clone());
        }
    }

    /// Reads a form from its file.
    pub(crate) fn read_ticket(&self, ticket: TicketFile) {
        if let Some(runtime) = &self.runtime {
            ticket_file::read(runtime.handle(), ticket, self.reporter.clone());
        }
    }

    /// Follows the desktop's light or dark, where the window system does not: what it is now, if that is quickly known.
    pub(crate) fn follow_system_theme(&self) -> Option<egui::Theme> {
        #[cfg(target_os = "linux")]
        if let Some(runtime) = &self.runtime {
            return colour_scheme::follow(runtime.handle(), self.reporter.clone());
        }
        None
    }

    /// Takes what later starts hand over.
    pub(crate) fn listen(&mut self, claim: Claim) {
        let reporter = self.reporter.clone();
        let listen = handover::listen(claim, move |handed| reporter.send(Report::HandedOver(handed)));
        self.handover = self.runtime.as_ref().map(|runtime| runtime.spawn(listen));
    }

    /// Shows a notification.
    pub(crate) fn notify(&mut self, notification: Notification) {
        if let Some(runtime) = &self.runtime {
            self.notifier
                .show(runtime.handle(), notification, self.reporter.clone());
        }
    }

    /// Shows a file in its folder.
    pub(crate) fn show_in_folder(&self, path: PathBuf) {
        if let Some(runtime) = &self.runtime {
            folder::show(runtime.handle(), path, self.reporter.clone());
        }
    }

    /// Collects the diagnostics.
    pub(crate) fn collect_diagnostics(&self, around: Surroundings) {
        if let Some(runtime) = &self.runtime {
            let (folders, reporter) = (self.folders.clone(), self.reporter.clone());
            runtime.spawn_blocking(move || reporter.send(Report::Diagnostics(diagnostics(folders.as_ref(), &around))));
        }
    }

    /// These thumbnails are wanted now, the most wanted last; what was wanted before and is not among them is dropped.
    pub(crate) fn make_thumbnails(&mut self, requests: Vec<ThumbnailRequest>) {
        self.thumbnailer.ask(requests, &self.reporter);
    }

    /// Starts the embedded S3, or finds the one that runs; it stops with the window.
    pub(crate) fn start_sandbox(&self) {
        #[cfg(feature = "sandbox")]
        if let Some(runtime) = &self.runtime {
            embedded::start(runtime.handle(), self.folders.clone(), self.reporter.clone());
        }
    }

    /// Lets the engine put its queue in order, then stops everything. Of the pasted pictures, these are not needed any more.
    pub(crate) fn stop(&mut self, pasted: &[PathBuf]) {
        let Some(runtime) = self.runtime.take() else { return };
        if let Some(handover) = self.handover.take() {
            handover.abort();
            // Its end gives the place free: a start from now on is a first one.
            drop(runtime.block_on(handover));
        }
        if self.engine.send(Command::Shutdown).is_ok() {
            let until = Instant::now() + SHUTDOWN_PATIENCE;
            runtime.block_on(async {
                while let Ok(Some(event)) = tokio::time::timeout_at(until.into(), self.engine.events.recv()).await {
                    if event == Event::Stopped {
                        break;
                    }
                }
            });
        }
        for file in pasted {
            pasted::forget(self.folders.as_ref(), file);
        }
        runtime.shutdown_background();
    }
}

pub(crate) use dialogs::What;
pub(crate) use folder::NotShown;
pub(crate) use pasted::{NotPasted, PastedPicture};
pub(crate) use thumbnails::ThumbnailRequest;
pub(crate) use ticket_file::TicketFile;
pub(crate) use typed::LookedAt;
