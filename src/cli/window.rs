//! `dropslot [DEST] [PATH…]`: the window, with the paths queued; without a display the same in the terminal.

use super::args::{UploadArgs, WindowArgs};
use super::problem::{Problem, Status};
use super::{put, stderr};

/// Must be called on the main thread: the window's events come there alone.
#[cfg(feature = "gui")]
pub(super) fn run(args: WindowArgs) -> Result<Status, Problem> {
    let options = crate::ui::WindowOptions {
        initial_destination: super::destination::named(&args.destination)?,
        paths: args.paths.clone(),
        folders: crate::store::Folders::of_this_user(),
        sandbox: None,
    };
    match crate::ui::run(&options) {
        Ok(()) => Ok(Status::Done),
        Err(error) => in_terminal(args, &error.to_string()),
    }
}

#[cfg(not(feature = "gui"))]
pub(super) fn run(args: WindowArgs) -> Result<Status, Problem> {
    in_terminal(args, "this Dropslot was built without a window")
}

/// `because` there is no window.
fn in_terminal(args: WindowArgs, because: &str) -> Result<Status, Problem> {
    if args.paths.is_empty() {
        return Err(Problem::usage(
            format!("The window cannot be opened: {because}"),
            "Upload from the terminal by: dropslot put",
        ));
    }
    let destination = super::destination::of_args(&args.destination)?;
    stderr::tell(&format!(
        "The window cannot be opened: {because}. Uploading in the terminal instead."
    ));
    super::on_runtime(put::upload(destination, args.paths, &UploadArgs::default()))
}
