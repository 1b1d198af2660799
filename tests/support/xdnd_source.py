#!/usr/bin/python3
"""Drags files over an X11 window and drops them, as a file manager does: by the XDND protocol, without a pointer.

usage: xdnd_source.py WINDOW PATH…

Prints "hovering" once the window accepts; then waits for a line on standard input: "drop" or "leave".
Exit status: 0 the window took what was offered; 1 it did not.
Source: https://www.freedesktop.org/wiki/Specifications/XDND/ (version 5)
"""

import os
import select
import sys
import time
import urllib.parse

from Xlib import X, display
from Xlib.protocol import event

XDND_VERSION = 5
LONGEST_WAIT_SECONDS = 20


class Source:
    def __init__(self, window_id, paths):
        self.display = display.Display()
        root = self.display.screen().root
        self.target = self.display.create_resource_object("window", window_id)
        self.window = root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
        uris = ["file://" + urllib.parse.quote(os.fsencode(os.path.abspath(path))) for path in paths]
        self.uri_list = "".join(uri + "\r\n" for uri in uris).encode()
        geometry = self.target.get_geometry()
        origin = root.translate_coords(self.target, 0, 0)
        self.position = (origin.x + geometry.width // 2, origin.y + geometry.height // 2)
        self.window.set_selection_owner(self.atom("XdndSelection"), X.CurrentTime)

    def atom(self, name):
        return self.display.intern_atom(name)

    def send(self, name, *data):
        data = [self.window.id, *data] + [0] * (4 - len(data))
        message = event.ClientMessage(window=self.target, client_type=self.atom(name), data=(32, data))
        self.target.send_event(message, event_mask=0)
        self.display.flush()

    def enter(self):
        self.send("XdndEnter", XDND_VERSION << 24, self.atom("text/uri-list"))
        x, y = self.position
        self.send("XdndPosition", 0, x << 16 | y, X.CurrentTime, self.atom("XdndActionCopy"))

    def await_message(self, wanted):
        """The data of the target's next `wanted` message, serving its questions meanwhile."""
        deadline = time.monotonic() + LONGEST_WAIT_SECONDS
        while time.monotonic() < deadline:
            while self.display.pending_events():
                received = self.display.next_event()
                if received.type == X.SelectionRequest:
                    self.hand_over(received)
                elif received.type == X.ClientMessage and received.client_type == self.atom(wanted):
                    return received.data[1]
            select.select([self.display.fileno()], [], [], 0.1)
        sys.exit(f"the window sent no {wanted}")

    def hand_over(self, request):
        request.requestor.change_property(request.property, request.target, 8, self.uri_list)
        answer = event.SelectionNotify(
            time=request.time,
            requestor=request.requestor,
            selection=request.selection,
            target=request.target,
            property=request.property,
        )
        request.requestor.send_event(answer)
        self.display.flush()

    def serve_until_told(self):
        """What standard input says, while the target may ask for the list at any time."""
        while True:
            ready, _, _ = select.select([self.display.fileno(), sys.stdin], [], [])
            while self.display.pending_events():
                received = self.display.next_event()
                if received.type == X.SelectionRequest:
                    self.hand_over(received)
            if sys.stdin in ready:
                return sys.stdin.readline().strip()


def main():
    source = Source(int(sys.argv[1], 0), sys.argv[2:])
    source.enter()
    accepted = source.await_message("XdndStatus")[1] & 1
    if not accepted:
        sys.exit("the window refused the drag")
    print("hovering", flush=True)
    if source.serve_until_told() == "leave":
        source.send("XdndLeave")
        return
    source.send("XdndDrop", 0, X.CurrentTime)
    if not source.await_message("XdndFinished")[1] & 1:
        sys.exit("the window refused the drop")


main()
