//! Real displays without a screen, each with a session bus of its own: an X server (Xvfb), and a Wayland compositor
//! (sway, headless) with a mouse that tests move.

mod window;

pub(crate) use window::{Window, WindowManager};

use super::home::Home;
use super::process::Process;
use super::tools::{run, stdout};
use super::wait;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;
use std::time::Duration;
use tempfile::TempDir;

/// The output's size in pixels.
const WIDTH: u32 = 1280;
const HEIGHT: u32 = 800;

const PATIENCE: Duration = Duration::from_secs(30);

/// A display, its session bus, and a person at it.
pub(crate) struct Display {
    pub(crate) home: Home,
    environment: Vec<(&'static str, String)>,
    /// In the order in which they end.
    _servers: Vec<Process>,
    _runtime_folder: TempDir,
}

impl Display {
    /// An X server.
    pub(crate) fn x11() -> Self {
        Self::x11_of(WIDTH, HEIGHT)
    }

    /// An X server with a screen of so many pixels.
    pub(crate) fn x11_of(width: u32, height: u32) -> Self {
        let runtime_folder = runtime_folder();
        let mut xvfb = Command::new("Xvfb");
        xvfb.args([
            "-displayfd",
            "1",
            "-nolisten",
            "tcp",
            "-screen",
            "0",
            &format!("{width}x{height}x24"),
        ]);
        let server = Process::start(&mut xvfb);
        let number = server.await_line("its number", |line| line.trim().parse::<u32>().ok());
        Self::with(vec![("DISPLAY", format!(":{number}"))], vec![server], runtime_folder)
    }

    /// A Wayland compositor, without `XWayland`.
    pub(crate) fn wayland() -> Self {
        let runtime_folder = runtime_folder();
        let path = runtime_folder.path();
        let config =
            format!("output * resolution {WIDTH}x{HEIGHT} position 0 0\ndefault_border none\nxwayland disable\n");
        fs::write(path.join("sway-config"), config).unwrap();
        let server = Process::start(&mut sway(path));
        let find = |prefix: &'static str| {
            wait::until(prefix, PATIENCE, || {
                let names = fs::read_dir(path)
                    .unwrap()
                    .map(|entry| entry.unwrap().file_name().into_string().unwrap());
                names
                    .filter(|name| name.starts_with(prefix) && !name.ends_with(".lock"))
                    .min()
            })
        };
        let ipc = path.join(find("sway-ipc")).to_str().unwrap().to_owned();
        let environment = vec![("WAYLAND_DISPLAY", find("wayland-")), ("SWAYSOCK", ipc)];
        Self::with(environment, vec![server], runtime_folder)
    }

    fn with(mut environment: Vec<(&'static str, String)>, mut servers: Vec<Process>, runtime_folder: TempDir) -> Self {
        let mut bus = Command::new("dbus-daemon");
        bus.args(["--session", "--nofork", "--print-address"])
            .env("XDG_RUNTIME_DIR", runtime_folder.path());
        let bus = Process::start(&mut bus);
        let address = bus.await_line("its address", |line| line.starts_with("unix:").then(|| line.to_owned()));
        environment.push(("DBUS_SESSION_BUS_ADDRESS", address));
        environment.push(("XDG_RUNTIME_DIR", runtime_folder.path().to_str().unwrap().to_owned()));
        // Mesa draws by the processor; without this it looks for a graphics card first.
        environment.push(("LIBGL_ALWAYS_SOFTWARE", "1".to_owned()));
        servers.push(bus);
        let display = Self {
            home: Home::new(),
            environment,
            _servers: servers,
            _runtime_folder: runtime_folder,
        };
        stdout(display.python("accessibility.py").arg("enable"));
        display
    }

    /// Gives a command this display and this person's home.
    pub(crate) fn at_display(&self, command: Command) -> Command {
        let mut command = self.home.at_home(command);
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }

    /// The program under test, at this display.
    pub(crate) fn dropslot(&self) -> Command {
        self.at_display(Command::new(env!("CARGO_BIN_EXE_dropslot")))
    }

    /// How the environment names it: `DISPLAY`, `WAYLAND_DISPLAY`.
    pub(crate) fn variable(&self, name: &str) -> &str {
        let found = self.environment.iter().find(|(known, _)| *known == name);
        &found.unwrap().1
    }

    /// One of the programs beside this file, by the system's own Python (which has GTK and Xlib).
    pub(crate) fn python(&self, script: &str) -> Command {
        let mut python = Command::new("/usr/bin/python3");
        python.args(["-u", &format!("{}/tests/support/{script}", env!("CARGO_MANIFEST_DIR"))]);
        self.at_display(python)
    }

    /// Starts Dropslot's window.
    pub(crate) fn window(&self, arguments: &[&str]) -> Window<'_> {
        self.window_of(self.dropslot().args(arguments))
    }

    /// Starts Dropslot's window by a command.
    pub(crate) fn window_of(&self, dropslot: &mut Command) -> Window<'_> {
        Window {
            display: self,
            process: Process::start(dropslot),
        }
    }

    /// Whether it is a Wayland compositor.
    pub(crate) fn is_wayland(&self) -> bool {
        self.environment.iter().any(|(name, _)| *name == "WAYLAND_DISPLAY")
    }

    /// What another program reads from the clipboard.
    pub(crate) fn clipboard(&self) -> Option<String> {
        let mut paste = if self.is_wayland() {
            let mut paste = self.at_display(Command::new("wl-paste"));
            paste.arg("--no-newline");
            paste
        } else {
            let mut paste = self.at_display(Command::new("xclip"));
            paste.args(["-out", "-selection", "clipboard"]);
            paste
        };
        let output = run(&mut paste);
        output
            .status
            .success()
            .then(|| String::from_utf8(output.stdout).unwrap())
    }

    /// The middle of a window.
    pub(crate) fn place_of(&self, title: &str) -> (i64, i64) {
        wait::until(&format!("a window {title:?}"), PATIENCE, || {
            if self.is_wayland() {
                self.place_by_sway(title)
            } else {
                self.place_by_xdotool(title)
            }
        })
    }

    fn place_by_sway(&self, title: &str) -> Option<(i64, i64)> {
        let tree = stdout(
            self.at_display(Command::new("swaymsg"))
                .args(["--raw", "--type", "get_tree"]),
        );
        let tree: serde_json::Value = serde_json::from_str(&tree).unwrap();
        let node = find_node(&tree, title)?;
        let number = |name: &str| node["rect"][name].as_i64().unwrap();
        Some((number("x") + number("width") / 2, number("y") + number("height") / 2))
    }

    fn place_by_xdotool(&self, title: &str) -> Option<(i64, i64)> {
        let mut search = self.at_display(Command::new("xdotool"));
        let output = run(search.args([
            "search",
            "--onlyvisible",
            "--name",
            title,
            "getwindowgeometry",
            "--shell",
        ]));
        let geometry = String::from_utf8(output.stdout).unwrap();
        let number = |name: &str| {
            let line = geometry.lines().find_map(|line| line.strip_prefix(name))?;
            line.strip_prefix('=')?.parse::<i64>().ok()
        };
        Some((
            number("X")? + number("WIDTH")? / 2,
            number("Y")? + number("HEIGHT")? / 2,
        ))
    }

    /// Plugs in a mouse. To be done before a window opens: on Wayland a press is lost on a program that has not noticed
    /// the mouse yet.
    pub(crate) fn mouse(&self) -> Pointer {
        let script = if self.is_wayland() {
            "virtual_pointer.py"
        } else {
            "x11_pointer.py"
        };
        let mut pointer = Pointer {
            process: Process::start(&mut self.python(script)),
            place: (0, 0),
        };
        pointer.move_to((1, 1));
        pointer
    }
}

/// A mouse on either kind of display.
pub(crate) struct Pointer {
    process: Process,
    place: (i64, i64),
}

impl Pointer {
    fn move_to(&mut self, (x, y): (i64, i64)) {
        self.place = (x, y);
        self.command(&format!("move {x} {y} {WIDTH} {HEIGHT}"));
    }

    fn command(&mut self, command: &str) {
        self.process.tell(command);
        self.process.await_line("done", |line| (line == "done").then_some(()));
    }

    /// Drags what `source` has from one place of the output to another, and holds there.
    ///
    /// Now and then a program that has just been given the pointer misses the press, and a person presses again.
    #[track_caller]
    pub(crate) fn drag(&mut self, source: &Process, from: (i64, i64), to: (i64, i64)) {
        self.move_to(from);
        let entered = |line: &str| (line == "enter-notify-event").then_some(());
        source.await_line("that it has the pointer", entered);
        for _ in 0..10 {
            self.command("press");
            // Far enough that it is no click.
            for step in 1..=8 {
                self.move_to((from.0 + 5 * step, from.1));
            }
            if source.prints("drag-begin", Duration::from_secs(4)) {
                self.move_to(to);
                return;
            }
            self.release();
            // A drag that began too late ends now, and must not be taken for the next one.
            source.prints("drag-end", Duration::from_secs(2));
            self.move_to(from);
        }
        panic!("the source begins no drag");
    }

    /// Trembles: a compositor looks anew at what is below a drag when it moves, and the drag begins a little after its
    /// source says so.
    pub(crate) fn tremble(&mut self) {
        let (x, y) = self.place;
        self.move_to((x, y ^ 1));
    }

    /// Lets go of the button.
    pub(crate) fn release(&mut self) {
        self.command("release");
    }
}

/// sway refuses to be root: then it is nobody.
fn sway(folder: &Path) -> Command {
    let is_root = stdout(Command::new("id").arg("--user")).trim() == "0";
    let mut sway = if is_root {
        stdout(Command::new("chown").args(["--recursive", "nobody"]).arg(folder));
        let mut setpriv = Command::new("setpriv");
        setpriv.args(["--reuid", "nobody", "--regid", "nogroup", "--clear-groups", "sway"]);
        setpriv
    } else {
        Command::new("sway")
    };
    sway.arg("--config").arg(folder.join("sway-config")).env_clear();
    sway.env("PATH", std::env::var_os("PATH").unwrap())
        .env("HOME", folder)
        .env("XDG_RUNTIME_DIR", folder);
    sway.envs([
        ("WLR_BACKENDS", "headless"),
        ("WLR_RENDERER", "pixman"),
        ("WLR_LIBINPUT_NO_DEVICES", "1"),
    ]);
    sway
}

/// Short enough for sockets, and private as servers demand.
fn runtime_folder() -> TempDir {
    let folder = TempDir::with_prefix_in("dropslot-", "/tmp").unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700)).unwrap();
    folder
}

fn find_node<'tree>(node: &'tree serde_json::Value, title: &str) -> Option<&'tree serde_json::Value> {
    if node["name"] == title && node["type"] == "con" {
        return Some(node);
    }
    node["nodes"]
        .as_array()?
        .iter()
        .find_map(|child| find_node(child, title))
}
