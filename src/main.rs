//! Dropslot's program: the window, or a command of the command line.

fn main() -> std::process::ExitCode {
    dropslot::cli::run()
}
