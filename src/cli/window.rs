//! `dropslot [DEST] [PATH…]`: the window, with the paths queued; without a display the same in the terminal.

use super::args::{UploadArgs, WindowArgs};
use super::problem::{Problem, Status};
use super::{put, stderr};
#[cfg(feature = "gui")]
use crate::ui::Opened;

/// Must be called on the main thread: the window's events come there alone.
#[cfg(feature = "gui")]
pub(super) fn run(args: WindowArgs) -> Result<Status, Problem> {
    // The window itself knows the destination that was used last.
    let initial_destination = if args.destination.names_none() {
        None
    } else {
        super::destination::named(&args.destination)?
    };
    let options = crate::ui::WindowOptions {
        initial_destination,
        paths: args.paths.clone(),
        folders: crate::store::Folders::of_this_user(),
        sandbox: None,
    };
    match crate::ui::run(&options) {
        Ok(Opened::Window) => Ok(Status::Done),
        Ok(Opened::HandedOver) => {
            stderr::tell(&handed_over(args.paths.len()));
            Ok(Status::Done)
        }
        Err(error) => in_terminal(args, &error.to_string()),
    }
}

#[cfg(not(feature = "gui"))]
pub(super) fn run(args: WindowArgs) -> Result<Status, Problem> {
    in_terminal(args, "this Dropslot was built without a window")
}

#[cfg(feature = "gui")]
fn handed_over(number: usize) -> String {
    match number {
        0 => "The window is open already".to_owned(),
        1 => "1 path was handed to the window that is open".to_owned(),
        _ => format!("{number} paths were handed to the window that is open"),
    }
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
    let files = put::Files {
        paths: args.paths,
        destination,
    };
    super::on_runtime(put::upload(Some(files), false, &UploadArgs::default()))
}
