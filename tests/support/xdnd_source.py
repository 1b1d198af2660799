#!/usr/bin/python3
"""Drags files over an X11 window and drops them, as a file manager does: by the XDND protocol, without a pointer.

usage: xdnd_source.py WINDOW [OPTION…] PATH…

  --direct         talks to the window itself, as a source that does not know XdndProxy
  --list FILE      offers what FILE holds as the list of files, instead of PATHs
  --types T,T…     offers these types instead of text/uri-list; more than three by XdndTypeList
  --fast           drops at once, without waiting for any answer
  --late           does not tell the list before the drop
  --pieces         hands the list over in pieces (INCR), as sources do with lists longer than a request may be
  --dies           ends after the first piece

Prints "hovering" once the window accepts; then waits for a line on standard input: "drop" or "leave".
Exit status: 0 the window took what was offered; 1 it did not.
Source: https://www.freedesktop.org/wiki/Specifications/XDND/ (version 5)
"""

import argparse
import os
import select
import sys
import time
import urllib.parse

from Xlib import X, Xatom, display
from Xlib.protocol import event

XDND_VERSION = 5
LONGEST_WAIT_SECONDS = 20
# GTK's own limit: longer lists go in pieces.
LARGEST_PROPERTY_BYTES = 256 * 1024
PIECE_BYTES = 64 * 1024


class Source:
    def __init__(self, options):
        self.options = options
        self.display = display.Display()
        root = self.display.screen().root
        self.target = self.display.create_resource_object("window", int(options.window, 0))
        # Whoever is told to speak for the target gets the messages; they name the target all the same.
        self.recipient = self.target
        proxy = self.target.get_full_property(self.atom("XdndProxy"), Xatom.WINDOW)
        if proxy is not None and not options.direct:
            self.recipient = self.display.create_resource_object("window", proxy.value[0])
        self.window = root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
        self.types = [self.atom(name) for name in options.types.split(",")]
        if options.list is not None:
            with open(options.list, "rb") as file:
                self.uri_list = file.read()
        else:
            paths = [os.fsencode(os.path.abspath(path)) for path in options.paths]
            self.uri_list = b"".join(b"file://%s\r\n" % urllib.parse.quote(path).encode() for path in paths)
        geometry = self.target.get_geometry()
        origin = root.translate_coords(self.target, 0, 0)
        self.position = (origin.x + geometry.width // 2, origin.y + geometry.height // 2)
        self.window.set_selection_owner(self.atom("XdndSelection"), X.CurrentTime)
        self.dropped = False
        # (requestor, property) of a list on its way, with what is left of it.
        self.arriving = {}

    def atom(self, name):
        return self.display.intern_atom(name)

    def send(self, name, *data):
        data = [self.window.id, *data] + [0] * (4 - len(data))
        message = event.ClientMessage(window=self.target, client_type=self.atom(name), data=(32, data))
        self.recipient.send_event(message, event_mask=0)
        self.display.flush()

    def enter(self):
        if len(self.types) > 3:
            self.window.change_property(self.atom("XdndTypeList"), Xatom.ATOM, 32, self.types)
            self.send("XdndEnter", XDND_VERSION << 24 | 1)
        else:
            self.send("XdndEnter", XDND_VERSION << 24, *self.types)
        x, y = self.position
        self.send("XdndPosition", 0, x << 16 | y, X.CurrentTime, self.atom("XdndActionCopy"))

    def drop(self):
        self.dropped = True
        self.send("XdndDrop", 0, X.CurrentTime)

    def serve(self):
        """Answers what the target asks; yields its messages."""
        while self.display.pending_events():
            received = self.display.next_event()
            if received.type == X.SelectionRequest:
                self.hand_over(received)
            elif received.type == X.PropertyNotify and received.state == X.PropertyDelete:
                self.hand_over_piece(received.window, received.atom)
            elif received.type == X.ClientMessage:
                yield self.display.get_atom_name(received.client_type), received.data[1]

    def await_message(self, wanted):
        """The data of the target's next `wanted` message, serving its questions meanwhile."""
        deadline = time.monotonic() + LONGEST_WAIT_SECONDS
        while time.monotonic() < deadline:
            for name, data in self.serve():
                if name == wanted:
                    return data
            select.select([self.display.fileno()], [], [], 0.1)
        sys.exit(f"the window sent no {wanted}")

    def hand_over(self, request):
        requestor, where = request.requestor, request.property
        if self.options.late and not self.dropped:
            where = X.NONE
        elif self.options.pieces or len(self.uri_list) > LARGEST_PROPERTY_BYTES:
            requestor.change_attributes(event_mask=X.PropertyChangeMask)
            requestor.change_property(where, self.atom("INCR"), 32, [len(self.uri_list)])
            self.arriving[(requestor.id, where)] = (request.target, self.uri_list)
        else:
            requestor.change_property(where, request.target, 8, self.uri_list)
        answer = event.SelectionNotify(
            time=request.time,
            requestor=requestor,
            selection=request.selection,
            target=request.target,
            property=where,
        )
        requestor.send_event(answer)
        self.display.flush()

    def hand_over_piece(self, requestor, where):
        if (requestor.id, where) not in self.arriving:
            return
        kind, left = self.arriving.pop((requestor.id, where))
        requestor.change_property(where, kind, 8, left[:PIECE_BYTES])
        # The piece that is empty ends the list.
        if left:
            self.arriving[(requestor.id, where)] = (kind, left[PIECE_BYTES:])
        self.display.flush()
        if self.options.dies:
            self.display.sync()
            os._exit(0)

    def serve_until_told(self):
        """What standard input says, while the target may ask for the list at any time."""
        while True:
            ready, _, _ = select.select([self.display.fileno(), sys.stdin], [], [], 0.1)
            for _message in self.serve():
                pass
            if sys.stdin in ready:
                return sys.stdin.readline().strip()


def options():
    parser = argparse.ArgumentParser()
    parser.add_argument("window")
    parser.add_argument("--list")
    parser.add_argument("--types", default="text/uri-list")
    for flag in ("direct", "fast", "late", "pieces", "dies"):
        parser.add_argument(f"--{flag}", action="store_true")
    parser.add_argument("paths", nargs="*")
    return parser.parse_intermixed_args()


def main():
    source = Source(options())
    source.enter()
    if source.options.fast:
        source.drop()
    else:
        if not source.await_message("XdndStatus")[1] & 1:
            sys.exit("the window refused the drag")
        print("hovering", flush=True)
        if source.serve_until_told() == "leave":
            source.send("XdndLeave")
            return
        source.drop()
    if not source.await_message("XdndFinished")[1] & 1:
        sys.exit("the window refused the drop")


main()
