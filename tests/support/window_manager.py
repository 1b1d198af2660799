#!/usr/bin/python3
"""As much of a window manager as tests need, on an X server that has none.

Commands on stdin: "focus WINDOW" and "focus none" move the keyboard.
Prints "done" after each, and "activated WINDOW" when a window asks to come to the front, which it then may.
"""

import os
import select
import sys

from Xlib import X, display

server = display.Display()
root = server.screen().root
root.change_attributes(event_mask=X.SubstructureNotifyMask)
ACTIVE = server.intern_atom("_NET_ACTIVE_WINDOW")


def focus(window):
    server.set_input_focus(window, X.RevertToNone, X.CurrentTime)
    server.sync()


def obey(words):
    focus(X.NONE if words[1] == "none" else server.create_resource_object("window", int(words[1])))
    print("done", flush=True)


def take_events():
    while server.pending_events():
        event = server.next_event()
        if event.type == X.ClientMessage and event.client_type == ACTIVE:
            focus(event.window)
            print("activated", event.window.id, flush=True)


server.sync()
print("ready", flush=True)
stdin = b""
while True:
    take_events()
    readable, _, _ = select.select([server, sys.stdin], [], [])
    if sys.stdin in readable:
        read = os.read(sys.stdin.fileno(), 4096)
        if not read:
            sys.exit()
        *lines, stdin = (stdin + read).split(b"\n")
        for line in lines:
            obey(line.decode().split())
