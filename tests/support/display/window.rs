//! Dropslot's window on a display, read and pressed as assistive technology does, and what manages it.

use super::{Display, PATIENCE};
use crate::support::process::Process;
use crate::support::tools::{run, stdout, told};
use crate::support::wait;
use std::ffi::OsStr;
use std::process::Command;
use std::time::Duration;

/// Dropslot's window on a display.
pub(crate) struct Window<'display> {
    pub(super) display: &'display Display,
    pub(crate) process: Process,
}

impl Window<'_> {
    /// Every text that assistive technology reads in it.
    pub(crate) fn texts(&self) -> Vec<String> {
        let told = stdout(self.display.python("accessibility.py").args(["texts", "dropslot"]));
        told.lines().map(str::to_owned).collect()
    }

    /// Waits until it reads a text that contains `part`, and gives it.
    #[track_caller]
    pub(crate) fn await_text(&self, part: &str) -> String {
        let mut last = Vec::new();
        let deadline = std::time::Instant::now() + PATIENCE;
        while std::time::Instant::now() < deadline {
            last = self.texts();
            if let Some(text) = last.iter().find(|text| text.contains(part)) {
                return text.clone();
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("the window never said {part:?}; it says {last:#?}")
    }

    /// Waits until a field holds a text.
    #[track_caller]
    pub(crate) fn await_typed(&self, name: &str, wanted: &str) {
        wait::until(&format!("{wanted:?} in the field"), PATIENCE, || {
            let mut ask = self.display.python("accessibility.py");
            let output = run(ask.args(["typed", "dropslot", name]));
            (String::from_utf8_lossy(&output.stdout).trim_end() == wanted).then_some(())
        });
    }

    /// Presses a button, as assistive technology does.
    #[track_caller]
    pub(crate) fn press(&self, name: &str) {
        let mut press = self.display.python("accessibility.py");
        let output = run(press.args(["press", "dropslot", name]));
        assert!(
            output.status.success(),
            "{}; the window says {:#?}",
            told(&output),
            self.texts()
        );
    }

    /// Presses a button as soon as it is there.
    #[track_caller]
    pub(crate) fn press_when_there(&self, name: &str) {
        self.await_text(name);
        self.press(name);
    }

    /// Its id on an X server.
    #[track_caller]
    pub(crate) fn x11_id(&self) -> String {
        wait::until("the window", PATIENCE, || {
            let mut search = self.display.at_display(Command::new("xdotool"));
            let output = run(search.args(["search", "--onlyvisible", "--name", "Dropslot"]));
            String::from_utf8(output.stdout)
                .unwrap()
                .lines()
                .next()
                .map(str::to_owned)
        })
    }

    /// Drags something over it on an X server as `xdnd_source.py` does with these arguments.
    #[track_caller]
    pub(crate) fn drag_x11<Argument: AsRef<OsStr>>(&self, arguments: &[Argument]) -> Process {
        let mut source = self.display.python("xdnd_source.py");
        Process::start(source.arg(self.x11_id()).args(arguments))
    }

    /// Drags something over it on an X server, and holds there: "drop" or "leave" is then said to the process given.
    #[track_caller]
    pub(crate) fn hover_x11<Argument: AsRef<OsStr>>(&self, arguments: &[Argument]) -> Process {
        let source = self.drag_x11(arguments);
        source.await_line("hovering", |line| (line == "hovering").then_some(()));
        source
    }

    /// Drops something on it on an X server, and demands that it is taken.
    #[track_caller]
    pub(crate) fn drop_x11<Argument: AsRef<OsStr>>(&self, arguments: &[Argument]) {
        let mut source = self.hover_x11(arguments);
        source.tell("drop");
        source.succeed();
    }
}

/// As much of a window manager as tests need, on an X server that has none.
pub(crate) struct WindowManager {
    process: Process,
}

impl WindowManager {
    /// Starts it.
    pub(crate) fn of(display: &Display) -> Self {
        let process = Process::start(&mut display.python("window_manager.py"));
        process.await_line("ready", |line| (line == "ready").then_some(()));
        Self { process }
    }

    /// Gives a window the keyboard, or "none".
    pub(crate) fn focus(&mut self, window: &str) {
        self.command(&format!("focus {window}"));
    }

    /// By what a desktop finds the program that a window belongs to.
    pub(crate) fn class(&mut self, window: &str) -> String {
        self.process.tell(&format!("class {window}"));
        self.process.await_line("a class", |line| Some(line.to_owned()))
    }

    /// Asks a window to close, as its button would.
    pub(crate) fn close(&mut self, window: &str) {
        self.command(&format!("close {window}"));
    }

    fn command(&mut self, command: &str) {
        self.process.tell(command);
        self.process.await_line("done", |line| (line == "done").then_some(()));
    }

    /// Whether a window asks to come to the front soon.
    pub(crate) fn activates(&self, window: &str) -> bool {
        self.process
            .prints(&format!("activated {window}"), Duration::from_millis(500))
    }

    /// Waits until a window asks to come to the front.
    #[track_caller]
    pub(crate) fn await_activated(&self, window: &str) {
        let wanted = format!("activated {window}");
        self.process.await_line(&wanted, |line| (line == wanted).then_some(()));
    }
}
