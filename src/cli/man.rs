//! `dropslot man`: the manual page. Commands and options are clap's; what clap does not know stands in `man/*.roff`.

use super::args::Arguments;
use super::problem::{Problem, Status};
use super::stdout;
use clap::{Arg, Command, CommandFactory as _};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, italic, roman};
use std::io::{Error, Result};

const DESCRIPTION: &str = include_str!("man/description.roff");
/// The program without a command; its sentence is the page's.
const WINDOW: &str = "The window; without a display the same as put";
const AFTERWORD: &str = include_str!("man/afterword.roff");

pub(super) fn run() -> std::result::Result<Status, Problem> {
    let page = page(&Arguments::command())
        .map_err(|error| Problem::of_system("The manual page could not be written", &error))?;
    stdout::write(page.as_bytes())?;
    Ok(Status::Done)
}

fn page(program: &Command) -> Result<String> {
    let version = program.get_version().unwrap_or_default();
    // Without a date: `Man` leaves it out, and what follows would be in its place.
    let mut page = Page(format!(
        ".TH DROPSLOT 1 \"\" \"Dropslot {version}\" \"User Commands\"\n"
    ));
    let man = Man::new(with_usages(program));
    page.take(|text| man.render_name_section(text))?;
    page.take(|text| man.render_synopsis_section(text))?;
    page.0.push_str(DESCRIPTION);
    let common = common_headings(program);
    commands(program, &common, &mut page)?;
    options(program, &common, &mut page)?;
    page.0.push_str(AFTERWORD);
    Ok(page.0)
}

/// What is written of the page.
#[derive(Default)]
struct Page(String);

impl Page {
    /// Appends what `render` writes: each time with the definitions that stand before a whole page, of which one is enough.
    fn take(&mut self, render: impl FnOnce(&mut Vec<u8>) -> Result<()>) -> Result<()> {
        let is_definition = |line: &&str| line.starts_with(".ie ") || line.starts_with(".el ");
        let begins = !self.0.lines().any(|line| is_definition(&line));
        let mut text = Vec::new();
        render(&mut text)?;
        let text = String::from_utf8(text).map_err(Error::other)?;
        for line in text.lines().filter(|line| begins || !is_definition(line)) {
            self.0.push_str(line);
            self.0.push('\n');
        }
        Ok(())
    }

    fn roff(&mut self, roff: &Roff) -> Result<()> {
        self.take(|text| roff.to_writer(text))
    }

    fn heading(&mut self, control: &str, name: &str) -> Result<()> {
        self.roff(Roff::new().control(control, [name]))
    }

    /// Those options of `command` that are `wanted`, as clap's own page has them.
    fn options(&mut self, command: &Command, wanted: impl Fn(&Arg) -> bool) -> Result<()> {
        let shown = command.clone().disable_help_flag(true).disable_version_flag(true);
        let shown = shown.mut_args(|argument| {
            if wanted(&argument) {
                argument.help_heading(None)
            } else {
                argument.hide(true)
            }
        });
        let mut own = Self::default();
        own.take(|text| Man::new(shown).render_options_section(text))?;
        let lines = own.0.as_bytes();
        self.take(|text| {
            let lines = lines.split_inclusive(|byte| *byte == b'\n');
            lines
                .filter(|line| !line.starts_with(b".SH "))
                .for_each(|line| text.extend_from_slice(line));
            Ok(())
        })
    }
}

/// Commands in the order of the help text: the program itself is the first.
fn all(program: &Command) -> impl Iterator<Item = &Command> {
    let shown = program.get_subcommands().filter(|command| !command.is_hide_set());
    std::iter::once(program).chain(shown)
}

/// `dropslot put [OPTIONS] [PATH]...`
fn usage(program: &Command, command: &Command) -> String {
    let name = if command.get_name() == program.get_name() {
        program.get_name().to_owned()
    } else {
        format!("{} {}", program.get_name(), command.get_name())
    };
    let usage = command.clone().bin_name(name).render_usage().to_string();
    let first = usage.lines().next().unwrap_or_default();
    first.strip_prefix("Usage: ").unwrap_or(first).to_owned()
}

fn with_usages(program: &Command) -> Command {
    let usages: Vec<_> = all(program).map(|command| usage(program, command)).collect();
    program.clone().override_usage(usages.join("\n"))
}

/// The heading of an option. A positional argument stands with its command.
fn heading(argument: &Arg) -> Option<&str> {
    argument.get_help_heading().filter(|_| !argument.is_positional())
}

fn has_heading(command: &Command, wanted: &str) -> bool {
    command
        .get_arguments()
        .any(|argument| heading(argument) == Some(wanted))
}

/// Headings that stand in several commands: what is below them is told once, for all.
fn common_headings(program: &Command) -> Vec<&str> {
    let mut common: Vec<&str> = Vec::new();
    for heading in all(program).flat_map(|command| command.get_arguments().filter_map(heading)) {
        let times = all(program).filter(|command| has_heading(command, heading)).count();
        if times > 1 && !common.contains(&heading) {
            common.push(heading);
        }
    }
    common
}

fn commands(program: &Command, common: &[&str], page: &mut Page) -> Result<()> {
    page.heading("SH", "COMMANDS")?;
    for command in all(program) {
        page.heading("SS", &usage(program, command))?;
        let about = command.get_about().filter(|_| command.get_name() != program.get_name());
        let about = about.map_or_else(|| WINDOW.to_owned(), ToString::to_string);
        let mut line = vec![roman(about), roman(".")];
        let taken = common.iter().filter(|heading| has_heading(command, heading));
        for (index, heading) in taken.enumerate() {
            line.push(roman(if index == 0 { " Takes the options below " } else { ", " }));
            line.push(italic(*heading));
        }
        page.roff(Roff::new().text(line))?;
        page.options(command, |argument| {
            heading(argument).is_none_or(|heading| !common.contains(&heading))
        })?;
    }
    Ok(())
}

fn options(program: &Command, common: &[&str], page: &mut Page) -> Result<()> {
    page.heading("SH", "OPTIONS")?;
    for wanted in common {
        if let Some(command) = all(program).find(|command| has_heading(command, wanted)) {
            page.heading("SS", wanted)?;
            page.options(command, |argument| heading(argument) == Some(wanted))?;
        }
    }
    Ok(())
}
