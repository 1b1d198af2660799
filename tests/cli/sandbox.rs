//! The sandbox that other commands start in the background.

use super::rig::{download, ends, objects, told};
use crate::support::asleep::await_asleep;
use crate::support::home::Home;
use crate::support::process::Process;
use crate::support::sandbox::serve;
use crate::support::tools;

/// Stops the home's sandbox, whatever the test came to.
struct Stopped(Home);

impl Drop for Stopped {
    fn drop(&mut self) {
        drop(self.0.dropslot().args(["sandbox", "--stop"]).output());
    }
}

#[test]
fn a_url_still_works_when_the_command_that_printed_it_has_ended() {
    let home = Stopped(Home::new());
    let file = home.0.write("a.txt", "still here");
    let output = ends(home.0.dropslot().args(["put", "--sandbox", "--json"]).arg(&file), 0);
    assert!(told(&output).contains("dropslot sandbox --stop"), "{}", told(&output));
    let url = objects(&output)[0]["url"].as_str().unwrap().to_owned();
    assert_eq!(download(&url), b"still here");

    let again = ends(home.0.dropslot().args(["put", "--sandbox", "--json"]).arg(&file), 0);
    assert!(again.stderr.is_empty(), "{}", told(&again));
    let endpoint = |url: &str| url.split("/sandbox/").next().unwrap().to_owned();
    assert_eq!(endpoint(objects(&again)[0]["url"].as_str().unwrap()), endpoint(&url));

    ends(home.0.dropslot().args(["sandbox", "--stop"]), 0);
    assert!(!tools::run(tools::curl().arg(&url)).status.success());
}

#[test]
fn a_forgotten_sandbox_leaves() {
    let home = Home::new();
    let mut server = home.dropslot();
    Process::start(server.args(["sandbox", "--port", "0", "--idle-exit", "1"])).succeed();
}

#[test]
fn a_sandbox_that_nobody_asks_sleeps_and_still_hears_that_it_is_to_stop() {
    let home = Stopped(Home::new());
    let (server, _) = serve(&home.0);
    await_asleep(&server);
    ends(home.0.dropslot().args(["sandbox", "--stop"]), 0);
    server.succeed();
}

#[test]
fn one_folder_is_served_by_one_sandbox() {
    let home = Home::new();
    let (server, _) = serve(&home);
    let output = ends(home.dropslot().args(["sandbox", "--port", "0"]), 1);
    assert!(told(&output).contains("dropslot sandbox --stop"), "{}", told(&output));
    drop(server);
}

#[test]
fn the_printed_line_works_in_the_aws_cli() {
    let home = Home::new();
    let server = Process::start(home.dropslot().args(["sandbox", "--port", "0"]));
    let line = server.await_line("an example", |line| {
        line.starts_with("AWS_ACCESS_KEY_ID=").then(|| line.to_owned())
    });
    let file = home.write("a.txt", "a");
    ends(
        home.dropslot().args(["put", "--sandbox", "--key", "a.txt"]).arg(&file),
        0,
    );
    let mut aws = home.aws();
    for word in line.split_whitespace() {
        match word.split_once('=') {
            Some((name, value)) => drop(aws.env(name, value)),
            None if word == "aws" => {}
            None => drop(aws.arg(word)),
        }
    }
    assert!(tools::stdout(&mut aws).contains("a.txt"));
}
