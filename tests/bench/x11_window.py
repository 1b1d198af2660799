"""What tests/bench/window measures with: an X server of its own, and Dropslot's window on it, watched from outside.

A frame is what reaches the X server: the DAMAGE extension tells of each. Processor time is told apart by threads.
"""

import contextlib
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

from Xlib import XK, X, display
from Xlib.ext import damage, xtest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 120
# Threads by which Mesa draws.
DRAWING = ("llvmpipe", "dropslot:")
SURFACE = 0xFFFFFF  # of the light theme, see src/ui/theme.rs


def await_that(what, ask, seconds=PATIENCE_SECONDS, every=0.002):
    """The first answer that is not None or False."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if answer := ask():
            return answer
        time.sleep(every)
    sys.exit(f"waited {seconds} s in vain for {what}")


class Bench:
    """An X server, a home folder, and the programs to run."""

    def __init__(self, ending):
        self.ending = ending
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="dropslot-bench-"))
        ending.callback(shutil.rmtree, self.folder)
        self.program = os.environ.get("DROPSLOT") or self.release_build()
        self.sink_program = self.folder / "sink"
        sink_source = ROOT / "tests/bench/sink/main.rs"
        subprocess.run(["rustc", "--edition", "2024", "-O", "-o", self.sink_program, sink_source], check=True)
        xvfb = self.start(["Xvfb", "-displayfd", "1", "-nolisten", "tcp", "-screen", "0", "1280x800x24"])
        self.display_name = ":" + xvfb.stdout.readline().strip()
        self.x = display.Display(self.display_name)
        self.x.damage_query_version()
        self.root = self.x.screen().root
        self.root.change_attributes(event_mask=X.SubstructureNotifyMask)

    @staticmethod
    def release_build():
        subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=ROOT, check=True)
        metadata = subprocess.check_output(["cargo", "metadata", "--no-deps", "--format-version", "1"], cwd=ROOT)
        return json.loads(metadata)["target_directory"] + "/release/dropslot"

    def start(self, command, **more):
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **more)
        self.ending.callback(stop, process)
        return process

    def home(self, name):
        """The environment of a person who has used nothing yet, in a light window."""
        home = self.folder / name
        config = home / "config/dropslot"
        config.mkdir(parents=True, exist_ok=True)
        (home / "run").mkdir(mode=0o700, exist_ok=True)
        (config / "settings.json").write_text('{"theme": "light"}')
        strangers = ("AWS_", "WAYLAND_", "XDG_", "DBUS_", "LC_")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(strangers)}
        return kept | {
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(home / "config"),
            "XDG_DATA_HOME": str(home / "data"),
            "XDG_RUNTIME_DIR": str(home / "run"),
            "DISPLAY": self.display_name,
            "LANG": "C.UTF-8",
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "AWS_ACCESS_KEY_ID": "bench",
            "AWS_SECRET_ACCESS_KEY": "bench",
            "AWS_REGION": "us-east-1",
            "NO_PROXY": "*",
        }

    def sink(self, *arguments, **environment):
        """A server that takes all; its address, and the process, which says how long each form took."""
        sink = self.start([self.sink_program, *arguments], env=os.environ | environment)
        return f"http://127.0.0.1:{sink.stdout.readline().strip()}", sink

    def silence(self):
        """The address of a server that takes connections and never answers."""
        listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.ending.callback(listener.close)
        return f"http://127.0.0.1:{listener.getsockname()[1]}"

    def files(self, count):
        """A folder in memory with `count` files of one byte, a thousand in a folder; all are names of one file, so that a
        million need no memory of their own."""
        folder = pathlib.Path(tempfile.mkdtemp(prefix="dropslot-bench-", dir="/dev/shm"))
        self.ending.callback(shutil.rmtree, folder)
        one = pathlib.Path(tempfile.mkdtemp(prefix="dropslot-bench-", dir="/dev/shm")) / "one.png"
        self.ending.callback(shutil.rmtree, one.parent)
        one.write_bytes(b"x")
        for index in range(count):
            below = folder / f"{index // 1000:04}"
            below.mkdir(exist_ok=True)
            os.link(one, below / f"화면 갈무리 {index:07}.png")
        return folder


def stop(process):
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class Window:
    """Dropslot's window, from its start to its end."""

    def __init__(self, bench, home, *arguments):
        self.bench = bench
        environment = bench.home(home)
        begun = time.perf_counter()
        self.process = subprocess.Popen([bench.program, *arguments], env=environment)
        self.window = await_that("the window", self.mapped)
        geometry = self.window.get_geometry()
        self.width, self.height = geometry.width, geometry.height
        await_that("the first frame", lambda: self.pixel(3, 3) == SURFACE, every=0.001)
        self.first_frame = time.perf_counter() - begun
        self.damage = self.window.damage_create(damage.DamageReportNonEmpty)
        bench.x.sync()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.bench.x.sync()
        while self.bench.x.pending_events():
            self.bench.x.next_event()

    def mapped(self):
        while self.bench.x.pending_events():
            event = self.bench.x.next_event()
            # Helpers of the clipboard and of drops are tiny, and never mapped.
            if event.type == X.MapNotify and event.window.get_geometry().width > 100:
                return event.window
        return None

    def pixel(self, x, y):
        image = self.window.get_image(x, y, 1, 1, X.ZPixmap, 0xFFFFFFFF)
        return int.from_bytes(image.data[:3], "little")

    def frames(self, seconds):
        """How many frames are presented in the time given."""
        deadline, count = time.monotonic() + seconds, 0
        while (left := deadline - time.monotonic()) > 0:
            count += self.next_frame(left)
        return count

    def next_frame(self, seconds):
        """Whether a frame is presented within the time given."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            while self.bench.x.pending_events():
                event = self.bench.x.next_event()
                if event.type == self.bench.x.extension_event.DamageNotify:
                    self.bench.x.damage_subtract(self.damage)
                    self.bench.x.flush()
                    return True
            time.sleep(0.0005)
        return False

    def settle(self):
        """Waits until nothing has been drawn for a second."""
        await_that("the window to come to rest", lambda: not self.next_frame(1), every=0)

    def cpu(self):
        """Milliseconds of processor time: of the window's own thread, of Mesa's, of the rest."""
        own = drawing = rest = 0
        for task in pathlib.Path(f"/proc/{self.process.pid}/task").iterdir():
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                spent = int((task / "schedstat").read_text().split()[0]) / 1e6
                if task.name == str(self.process.pid):
                    own += spent
                elif (task / "comm").read_text().startswith(DRAWING):
                    drawing += spent
                else:
                    rest += spent
        return own, drawing, rest

    def memory(self):
        """MiB of memory that the process has for itself."""
        lines = pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("RssAnon")) / 1024

    def whole_cpu(self):
        """Seconds of processor time of the whole process, with the threads that have ended; by the hundredth."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def drop(self, path):
        """Drops a file or folder on it; gives the moment of the drop."""
        script = ROOT / "tests/support/xdnd_source.py"
        environment = self.bench.home("source")
        source = subprocess.Popen(
            ["/usr/bin/python3", "-u", script, str(self.window.id), path],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        source.stdout.readline()
        begun = time.perf_counter()
        source.stdin.write("drop\n")
        source.stdin.flush()
        self.bench.ending.callback(stop, source)
        return begun

    def await_list(self):
        """Waits until there is a list: then there are totals below it, on another ground."""
        await_that("the list", lambda: self.pixel(3, self.height - 5) == SURFACE)

    def fake(self, kind, detail=0, x=0, y=0):
        xtest.fake_input(self.bench.x, kind, detail=detail, x=x, y=y)

    def press(self, *keys):
        self.window.set_input_focus(X.RevertToParent, X.CurrentTime)
        codes = [self.bench.x.keysym_to_keycode(XK.string_to_keysym(key)) for key in keys]
        for code in codes:
            self.fake(X.KeyPress, code)
        for code in reversed(codes):
            self.fake(X.KeyRelease, code)
        self.bench.x.flush()

    def scroll(self, seconds=4):
        """Turns the wheel over the list, 30 times a second. Gives milliseconds from each turn to the next frame, and those
        of processor time for a frame: of the window's own thread, and of Mesa's."""
        self.fake(X.MotionNotify, x=self.width // 2, y=self.height * 3 // 4)
        self.bench.x.flush()
        self.next_frame(0.5)
        begun, before, waits, frames = time.monotonic(), self.cpu(), [], 0
        while time.monotonic() - begun < seconds:
            # Down, and up again before the end of a short list.
            wheel = 5 if len(waits) // 5 % 2 == 0 else 4
            turned = time.perf_counter()
            self.fake(X.ButtonPress, wheel)
            self.fake(X.ButtonRelease, wheel)
            self.bench.x.flush()
            if self.next_frame(1):
                waits.append((time.perf_counter() - turned) * 1000)
                frames += 1
            frames += self.frames(max(0, 1 / 30 - (time.perf_counter() - turned)))
        own, drawing, _ = ((after - before) / max(frames, 1) for after, before in zip(self.cpu(), before))
        return waits, own, drawing
