//! `dropslot [DEST] [PATH…]`: the window, with the paths queued; without a display the same in the terminal.

use super::args::{UploadArgs, WindowArgs};
use super::problem::{Problem, Status};
use super::{put, stderr};

pub(super) fn run(args: WindowArgs) -> Result<Status, Problem> {
    in_terminal(args)
}

fn in_terminal(args: WindowArgs) -> Result<Status, Problem> {
    if args.paths.is_empty() {
        return Err(Problem::usage(
            "There is no display for the window",
            "Upload from the terminal by: dropslot put",
        ));
    }
    let destination = super::destination::of_args(&args.destination)?;
    stderr::tell("There is no display: uploading in the terminal.");
    super::on_runtime(put::upload(destination, args.paths, &UploadArgs::default()))
}
