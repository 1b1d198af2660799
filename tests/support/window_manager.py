#!/usr/bin/python3
"""As much of a window manager as tests need, on an X server that has none.

Commands on stdin: "focus WINDOW" and "focus none" move the keyboard; "close WINDOW" asks a window to close;
"class WINDOW" prints its class.
Prints "done" after each, and "activated WINDOW" when a window asks to come to the front, which it then may.
"""

import os
import select
import sys

from Xlib import X, display, protocol

server = display.Display()
root = server.screen().root
root.change_attributes(event_mask=X.SubstructureNotifyMask)
ACTIVE = server.intern_atom("_NET_ACTIVE_WINDOW")


def focus(window):
    server.set_input_focus(window, X.RevertToNone, X.CurrentTime)
    server.sync()


def close(window):
    protocols = server.intern_atom("WM_PROTOCOLS")
    data = (32, [server.intern_atom("WM_DELETE_WINDOW"), X.CurrentTime, 0, 0, 0])
    window.send_event(protocol.event.ClientMessage(window=window, client_type=protocols, data=data))
    server.flush()


def print_class(window):
    print(window.get_wm_class()[1], flush=True)


def obey(command, name):
    if name == "none":
        focus(X.NONE)
    else:
        {"focus": focus, "close": close, "class": print_class}[command](server.create_resource_object("window", int(name)))
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
            obey(*line.decode().split())
