#!/usr/bin/python3
"""A window of another program that files can be dragged out of, as from a file manager: GTK's own drag and drop.

usage: gtk_source.py PATH…
       gtk_source.py --list FILE      drags what FILE holds as the list of files
       gtk_source.py --text TEXT      drags text

Prints "ready" once it is shown, and the name of every GTK signal about the pointer and the drag.
"""

import os
import sys
import urllib.parse

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("Gdk", "3.0")
from gi.repository import Gdk, Gtk

# Beside Dropslot's window, where no window manager finds a place.
PLACE = (1000, 200)
SIZE = (120, 120)


def uri_list():
    if sys.argv[1] == "--list":
        with open(sys.argv[2], "rb") as file:
            return file.read()
    paths = [os.fsencode(os.path.abspath(path)) for path in sys.argv[1:]]
    return b"".join(b"file://%s\r\n" % urllib.parse.quote(path).encode() for path in paths)


def main():
    window = Gtk.Window(title="drag-source")
    window.set_default_size(*SIZE)
    window.move(*PLACE)
    area = Gtk.EventBox()
    area.add(Gtk.Label(label="drag me"))
    window.add(area)
    area.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, [], Gdk.DragAction.COPY)
    if sys.argv[1] == "--text":
        area.drag_source_add_text_targets()
        area.connect("drag-data-get", lambda _area, _context, data, *_: data.set_text(sys.argv[2], -1))
    else:
        dragged = uri_list()
        area.drag_source_add_uri_targets()
        area.connect("drag-data-get", lambda _area, _context, data, *_: data.set(data.get_target(), 8, dragged))
    area.add_events(Gdk.EventMask.ENTER_NOTIFY_MASK)
    for signal in ("enter-notify-event", "drag-begin", "drag-data-get", "drag-end", "drag-failed"):
        area.connect(signal, lambda *_, name=signal: print(name, flush=True))
    window.connect("map-event", lambda *_: print("ready", flush=True))
    window.connect("destroy", Gtk.main_quit)
    window.show_all()
    Gtk.main()


main()
