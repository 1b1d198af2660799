//! The Lambda that hands out forms. What it does is told in [`dropslot::lambda`].

use std::process::ExitCode;

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let served = match runtime {
        Ok(runtime) => runtime.block_on(dropslot::lambda::run()),
        Err(error) => Err(error.into()),
    };
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // The one place where Lambda's log says anything: why the function does not start.
            eprintln!("dropslot-lambda: {error}");
            ExitCode::FAILURE
        }
    }
}
