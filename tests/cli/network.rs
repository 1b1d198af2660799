//! A network that goes and comes: the program and the sandbox in a network namespace of their own, whose only address is
//! taken away and given back. The kernel itself then says that the network is unreachable.

#![cfg(target_os = "linux")]

use crate::support::home::Home;
use crate::support::process::Process;
use crate::support::wait;
use serde_json::Value;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

const ADDRESS: &str = "127.0.0.1/8";
const DROPSLOT: &str = env!("CARGO_BIN_EXE_dropslot");

/// A shell in a namespace of its own; whatever it has started ends with it.
struct Island {
    home: Home,
    shell: Process,
}

impl Island {
    fn new() -> Self {
        let home = Home::new();
        let mut command = home.at_home(Command::new("unshare"));
        command
            .args(["--map-root-user", "--net", "--pid", "--fork", "--kill-child", "bash"])
            .current_dir(home.path());
        let mut island = Self {
            shell: Process::start(&mut command),
            home,
        };
        island.tell("ip link set lo up");
        island.tell(&format!("{DROPSLOT} sandbox --port 9310 &"));
        island
            .shell
            .await_line("its endpoint", |line| line.strip_prefix("Endpoint").map(drop));
        island
    }

    fn tell(&mut self, line: &str) {
        self.shell.tell(line);
    }

    /// Starts `dropslot put`; its end is told by the file `ended`.
    fn put(&mut self, arguments: &str) {
        self.tell(&format!(
            "({DROPSLOT} put {arguments} >out 2>told; echo $? >status; mv status ended) &"
        ));
    }

    /// Takes the network away, and every connection with it.
    fn cut(&mut self) {
        self.tell(&format!("ip addr del {ADDRESS} dev lo; ss -K state established >ss"));
    }

    fn mend(&mut self) {
        self.tell(&format!("ip addr add {ADDRESS} dev lo"));
    }

    fn file(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.file(name)).unwrap_or_default()
    }

    fn until_told(&self, wanted: &str) {
        // A kernel that breaks no connections for us leaves the program to find out after 30 s.
        wait::until(wanted, Duration::from_secs(100), || {
            self.read("told").contains(wanted).then_some(())
        });
    }

    fn until_ended(&self) -> String {
        wait::until("the end", Duration::from_mins(1), || {
            self.file("ended")
                .exists()
                .then(|| self.read("ended").trim().to_owned())
        })
    }
}

#[test]
fn a_network_that_goes_in_the_middle_of_a_file_is_waited_for_and_the_rest_is_sent() {
    let mut island = Island::new();
    island.home.write("first.txt", "1");
    let large = island.home.write("large.bin", vec![9; 8 << 20]);
    island.home.write("last.txt", "2");
    island.put("--sandbox --json --jobs 1 --limit-rate 4M first.txt large.bin last.txt");
    island.home.until_first_bytes();
    island.cut();
    island.until_told("The network is gone: waiting for it.");
    island.mend();
    assert_eq!(island.until_ended(), "0", "{}", island.read("told"));
    island.until_told("No longer waiting for the network.");

    let done: Vec<Value> = island
        .read("out")
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(done.len(), 3, "{done:?}");
    let url = done[1]["url"].as_str().unwrap();
    island.tell(&format!("curl --silent --fail --output got '{url}'; touch downloaded"));
    wait::until("the download", Duration::from_secs(30), || {
        island.file("downloaded").exists().then_some(())
    });
    assert_eq!(
        std::fs::read(island.file("got")).unwrap(),
        std::fs::read(large).unwrap()
    );
}

#[test]
fn a_store_that_was_never_reached_is_not_waited_for() {
    let mut island = Island::new();
    island.home.write("file.txt", "1");
    island
        .home
        .aws_credentials("[default]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = not-a-secret\n");
    island.cut();
    island.put("--bucket bucket --region us-east-1 --endpoint-url http://127.0.0.1:9310 file.txt");
    assert_eq!(island.until_ended(), "1");
    let told = island.read("told");
    assert!(told.contains("S3 could not be reached"), "{told}");
    assert!(!told.contains("waiting"), "{told}");
}
