#!/usr/bin/python3
"""A mouse for a Wayland compositor: moves and clicks as standard input says, one command a line.

commands: move X Y WIDTH HEIGHT (of the whole output) · press · release

Prints "done" when the compositor has handled a command. The wire format is the Wayland protocol's own, written out
here: https://wayland.freedesktop.org/docs/html/ch04.html#sect-Protocol-Wire-Format
and wlr-virtual-pointer-unstable-v1 (wlroots: sway and others).
"""

import os
import socket
import struct
import sys
import time

LEFT_BUTTON = 0x110
DISPLAY, REGISTRY = 1, 2


class Connection:
    def __init__(self):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(os.path.join(os.environ["XDG_RUNTIME_DIR"], os.environ["WAYLAND_DISPLAY"]))
        self.last_id = REGISTRY
        self.globals = {}
        self.received = b""
        self.request(DISPLAY, 1, struct.pack("=I", REGISTRY))  # wl_display.get_registry
        self.roundtrip()

    def new_id(self):
        self.last_id += 1
        return self.last_id

    def request(self, object_id, opcode, arguments):
        self.socket.sendall(struct.pack("=II", object_id, (8 + len(arguments)) << 16 | opcode) + arguments)

    def roundtrip(self):
        callback = self.new_id()
        self.request(DISPLAY, 0, struct.pack("=I", callback))  # wl_display.sync
        while True:
            object_id, opcode, arguments = self.next_event()
            if object_id == callback:
                return
            if object_id == DISPLAY and opcode == 0:
                sys.exit(f"protocol error: {arguments!r}")
            if object_id == REGISTRY and opcode == 0:  # wl_registry.global
                name, length = struct.unpack_from("=II", arguments)
                interface = arguments[8 : 8 + length - 1].decode()
                self.globals.setdefault(interface, name)

    def next_event(self):
        header = self.read(8)
        object_id, size_and_opcode = struct.unpack("=II", header)
        return object_id, size_and_opcode & 0xFFFF, self.read((size_and_opcode >> 16) - 8)

    def read(self, length):
        while len(self.received) < length:
            more = self.socket.recv(65536)
            if not more:
                sys.exit("the compositor closed the connection")
            self.received += more
        taken, self.received = self.received[:length], self.received[length:]
        return taken

    def bind(self, interface, version):
        if interface not in self.globals:
            sys.exit(f"the compositor has no {interface}")
        text = interface.encode() + b"\0"
        text += b"\0" * (-len(text) % 4)
        new = self.new_id()
        name = struct.pack("=II", self.globals[interface], len(interface) + 1)
        self.request(REGISTRY, 0, name + text + struct.pack("=II", version, new))  # wl_registry.bind
        return new


def main():
    connection = Connection()
    manager = connection.bind("zwlr_virtual_pointer_manager_v1", 1)
    seat = connection.bind("wl_seat", 1)
    pointer = connection.new_id()
    connection.request(manager, 0, struct.pack("=II", seat, pointer))  # create_virtual_pointer
    connection.roundtrip()
    for line in sys.stdin:
        command, *numbers = line.split()
        now = int(time.monotonic() * 1000) & 0xFFFFFFFF
        if command == "move":
            connection.request(pointer, 1, struct.pack("=IIIII", now, *map(int, numbers)))  # motion_absolute
        else:
            connection.request(pointer, 2, struct.pack("=III", now, LEFT_BUTTON, command == "press"))  # button
        connection.request(pointer, 4, b"")  # frame
        connection.roundtrip()
        print("done", flush=True)


main()
