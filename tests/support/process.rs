//! Processes that a test starts, talks to by lines, and never leaves behind.

use std::io::{BufReader, Write as _};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// A running process, ended when dropped.
pub(crate) struct Process {
    name: String,
    child: Child,
    stdin: Option<ChildStdin>,
    lines: mpsc::Receiver<String>,
}

impl Process {
    /// Starts it. What it prints, on stdout and on stderr, goes to the test's own output as well.
    #[track_caller]
    pub(crate) fn start(command: &mut Command) -> Self {
        let name = command.get_program().display().to_string();
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let started = command.spawn();
        let mut child =
            started.unwrap_or_else(|error| panic!("{name} does not start ({error}): start the tests by tests/run"));
        let (sender, lines) = mpsc::channel();
        forward(&name, BufReader::new(child.stdout.take().unwrap()), Some(sender));
        forward(&name, BufReader::new(child.stderr.take().unwrap()), None);
        let stdin = child.stdin.take();
        Self {
            name,
            child,
            stdin,
            lines,
        }
    }

    /// The next line on stdout for which there is an answer.
    #[track_caller]
    pub(crate) fn await_line<T>(&self, what: &str, answer: impl Fn(&str) -> Option<T>) -> T {
        let deadline = Instant::now() + Duration::from_secs(30);
        loop {
            match self
                .lines
                .recv_timeout(deadline.saturating_duration_since(Instant::now()))
            {
                Ok(line) => {
                    if let Some(answer) = answer(&line) {
                        return answer;
                    }
                }
                Err(error) => panic!("{} did not print {what}: {error}", self.name),
            }
        }
    }

    /// Whether it prints `wanted` on stdout within `patience`; what it prints before is passed over.
    pub(crate) fn prints(&self, wanted: &str, patience: Duration) -> bool {
        let deadline = Instant::now() + patience;
        loop {
            match self
                .lines
                .recv_timeout(deadline.saturating_duration_since(Instant::now()))
            {
                Ok(line) if line == wanted => return true,
                Ok(_) => {}
                Err(_) => return false,
            }
        }
    }

    /// Its number.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Sends a line to its stdin.
    pub(crate) fn tell(&mut self, line: &str) {
        let stdin = self.stdin.as_mut().unwrap();
        writeln!(stdin, "{line}").unwrap();
        stdin.flush().unwrap();
    }

    /// Whether it has ended, and how.
    pub(crate) fn ended(&mut self) -> Option<std::process::ExitStatus> {
        self.child.try_wait().unwrap()
    }

    /// Waits for its end and demands success.
    #[track_caller]
    pub(crate) fn succeed(mut self) {
        let name = self.name.clone();
        let status = super::wait::until(&format!("the end of {name}"), Duration::from_secs(30), || self.ended());
        assert!(status.success(), "{name}: {status}");
    }

    /// Ends it as a crash would.
    pub(crate) fn kill(&mut self) {
        // It may have ended by itself.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

fn forward(name: &str, lines: impl std::io::BufRead + Send + 'static, to: Option<mpsc::Sender<String>>) {
    let name = name.to_owned();
    std::thread::spawn(move || {
        for line in lines.lines().map_while(Result::ok) {
            eprintln!("{name}: {line}");
            if let Some(to) = &to {
                // The test may have ended.
                drop(to.send(line));
            }
        }
    });
}

/// `command` as the last arguments of another, with its environment and in its folder.
pub(crate) fn run_by(mut other: Command, command: &Command) -> Command {
    other.arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => other.env(name, value),
            None => other.env_remove(name),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        other.current_dir(folder);
    }
    other
}

/// The most memory that this process has had, in KiB.
pub(crate) fn peak_memory_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

/// A program for Python: runs its arguments to their end, and prints the most memory that they had, in KiB.
pub(crate) const PEAK_MEMORY: &str = "import resource, subprocess, sys
subprocess.run(sys.argv[1:], capture_output=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)";
