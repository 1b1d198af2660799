//! The command line: the same engine without a window.
//!
//! Results go to standard output and nothing else does; everything for people goes to standard error.
//! Exit status: 0 all done; 1 something failed (the rest still done); 2 the command line is wrong; 130 stopped.

mod args;
mod buckets;
mod completions;
mod destination;
mod diagnostics;
mod doctor;
#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on must fail"
)]
mod documented;
mod handed;
mod handed_args;
mod history;
mod interrupt;
mod json;
mod logging;
mod man;
mod option_values;
mod presign;
mod problem;
mod profiles;
mod put;
#[cfg(feature = "sandbox")]
mod sandbox;
mod stderr;
mod stdout;
mod window;

use args::{Arguments, Subcommand};
use clap::Parser as _;
use problem::{Problem, Status};
use std::process::ExitCode;

/// Runs the command line and gives the exit status.
#[must_use]
pub fn run() -> ExitCode {
    let _logging = logging::start();
    let arguments = Arguments::parse();
    let status = match start(arguments) {
        Ok(status) => status,
        Err(problem) => {
            problem.print();
            problem.status
        }
    };
    status.into()
}

fn start(arguments: Arguments) -> Result<Status, Problem> {
    let Some(subcommand) = arguments.subcommand else {
        logging::note_start("window");
        return window::run(arguments.window);
    };
    on_runtime(async {
        match subcommand {
            Subcommand::Put(put) => {
                logging::note_start("put");
                put::run(put).await
            }
            Subcommand::Presign(presign) => presign::run(presign).await,
            Subcommand::Profiles => profiles::run().await,
            Subcommand::Buckets(buckets) => buckets::run(buckets).await,
            Subcommand::Doctor(doctor) => doctor::run(doctor).await,
            Subcommand::History(history) => history::run(&history),
            Subcommand::Diagnostics => diagnostics::run(),
            #[cfg(feature = "sandbox")]
            Subcommand::Sandbox(sandbox) => sandbox::run(sandbox).await,
            Subcommand::Completions(completions) => completions::run(&completions),
            Subcommand::Man => man::run(),
        }
    })
}

/// Runs one command to its end. What still hangs on a blocking read (standard input) is left behind.
fn on_runtime(command: impl Future<Output = Result<Status, Problem>>) -> Result<Status, Problem> {
    let runtime =
        tokio::runtime::Runtime::new().map_err(|error| Problem::of_system("The program could not start", &error))?;
    let result = runtime.block_on(command);
    runtime.shutdown_background();
    result
}

/// This program was built without the sandbox.
#[cfg(not(feature = "sandbox"))]
fn sandbox_is_left_out() -> Problem {
    Problem::usage(
        "This Dropslot was built without the sandbox",
        "Choose another destination",
    )
}
