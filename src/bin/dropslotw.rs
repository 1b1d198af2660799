//! The same program without a console, for Windows' shortcuts and double clicks: what it prints is seen by nobody.
#![cfg_attr(windows, windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    dropslot::cli::run()
}
