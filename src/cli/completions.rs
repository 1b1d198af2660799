//! `dropslot completions SHELL`: a script for the shell to read.

use super::args::{Arguments, CompletionsArgs};
use super::problem::{Problem, Status};
use super::stdout;
use clap::{Command, CommandFactory as _, ValueHint};

pub(super) fn run(args: &CompletionsArgs) -> Result<Status, Problem> {
    let mut program = with_hints(Arguments::command()).mut_subcommands(with_hints);
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut program, "dropslot", &mut script);
    stdout::write(&script)?;
    Ok(Status::Done)
}

/// What is no path (those have a hint by their type) is a name or a text: no file is offered for it.
fn with_hints(command: Command) -> Command {
    command.mut_args(|argument| {
        if argument.get_action().takes_values() && argument.get_value_hint() == ValueHint::Unknown {
            argument.value_hint(ValueHint::Other)
        } else {
            argument
        }
    })
}
