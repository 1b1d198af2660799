#!/usr/bin/python3
"""A window of another program that files can be dragged out of, as from a file manager: GTK's own drag and drop.

usage: gtk_source.py PATH…          (--text TEXT instead of paths: drags text)

Prints "ready" once it is shown, and the name of every GTK signal about the pointer and the drag.
"""

import os
import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("Gdk", "3.0")
from gi.repository import Gdk, GLib, Gtk


def main():
    window = Gtk.Window(title="drag-source")
    area = Gtk.EventBox()
    area.add(Gtk.Label(label="drag me"))
    window.add(area)
    area.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, [], Gdk.DragAction.COPY)
    if sys.argv[1] == "--text":
        area.drag_source_add_text_targets()
        area.connect("drag-data-get", lambda _area, _context, data, *_: data.set_text(sys.argv[2], -1))
    else:
        uris = [GLib.filename_to_uri(os.path.abspath(path), None) for path in sys.argv[1:]]
        area.drag_source_add_uri_targets()
        area.connect("drag-data-get", lambda _area, _context, data, *_: data.set_uris(uris))
    area.add_events(Gdk.EventMask.ENTER_NOTIFY_MASK)
    for signal in ("enter-notify-event", "drag-begin", "drag-data-get", "drag-end", "drag-failed"):
        area.connect(signal, lambda *_, name=signal: print(name, flush=True))
    window.connect("map-event", lambda *_: print("ready", flush=True))
    window.connect("destroy", Gtk.main_quit)
    window.show_all()
    Gtk.main()


main()
