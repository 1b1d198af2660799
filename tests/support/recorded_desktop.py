#!/usr/bin/python3
"""The desktop around Dropslot's window in the recording: files that can be dragged, and a chat that links are pasted into.

usage: recorded_desktop.py X,Y,WIDTH,HEIGHT PATH…

The rectangle is where Dropslot's window will stand: a title bar is drawn above it, as there is no window manager.
Prints its window's id once it is shown.
"""

import os
import sys
import urllib.parse

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("Gdk", "3.0")
gi.require_version("GdkX11", "3.0")
from gi.repository import Gdk, GdkPixbuf, GdkX11, GLib, Gtk  # noqa: F401

TITLE_HEIGHT = 30
ICON_SIZE = 72
LOOK = b"""
#desktop { background-image: linear-gradient(160deg, #b9cdf0, #e9d9ec 55%, #f6e3cf); }
#title { background: #e7e5e4; border-radius: 8px 8px 0 0; color: #44403c; font: 600 13px Inter, Sans; }
#icon { color: #1c1917; font: 12px Inter, NanumSquare, Sans; }
#chat { background: #ffffff; border-radius: 10px; }
#chat label { font: 13px Inter, NanumSquare, Sans; color: #1c1917; }
#chat .who { font-weight: 700; color: #57534e; }
#chat entry { font: 13px Inter, Sans; border-radius: 8px; background: #f5f5f4; border: 1px solid #d6d3d1; box-shadow: none;
  color: #1c1917; }
"""


def icon(path):
    """A file that can be dragged: its picture, or the sign of a film, above its name."""
    if path.endswith((".png", ".jpg")):
        picture = GdkPixbuf.Pixbuf.new_from_file_at_scale(path, ICON_SIZE, ICON_SIZE, True)
    else:
        picture = GdkPixbuf.Pixbuf.new(GdkPixbuf.Colorspace.RGB, True, 8, ICON_SIZE, 54)
        picture.fill(0x3F3F46FF)
        for left in range(4, ICON_SIZE, 12):
            for top in (4, 44):
                picture.new_subpixbuf(left, top, 6, 6).fill(0xF4F4F5FF)
    box = Gtk.Box(orientation=Gtk.Orientation.VERTICAL, spacing=4)
    box.add(Gtk.Image.new_from_pixbuf(picture))
    box.add(Gtk.Label(label=os.path.basename(path), name="icon"))
    area = Gtk.EventBox(visible_window=False)
    area.add(box)
    area.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, [], Gdk.DragAction.COPY)
    area.drag_source_add_uri_targets()
    area.drag_source_set_icon_pixbuf(picture)
    dragged = b"file://%s\r\n" % urllib.parse.quote(os.fsencode(path)).encode()
    area.connect("drag-data-get", lambda _area, _context, data, *_: data.set(data.get_target(), 8, dragged))
    return area


def message(who, text):
    line = Gtk.Box(spacing=8)
    name = Gtk.Label(label=who)
    name.get_style_context().add_class("who")
    line.add(name)
    words = Gtk.Label(xalign=0)
    if text.startswith("http"):
        words.set_markup(f'<span foreground="#2563eb" underline="single">{GLib.markup_escape_text(text)}</span>')
    else:
        words.set_label(text)
    words.set_ellipsize(3)
    line.pack_start(words, True, True, 0)
    line.show_all()
    return line


def chat():
    box = Gtk.Box(orientation=Gtk.Orientation.VERTICAL, spacing=6, name="chat")
    talk = Gtk.Box(orientation=Gtk.Orientation.VERTICAL, spacing=6)
    talk.set_property("margin", 14)
    talk.set_margin_bottom(0)
    talk.add(message("Jun", "Where can I see the teaser?"))
    entry = Gtk.Entry(placeholder_text="Message")
    entry.set_margin_start(14)
    entry.set_margin_end(14)
    entry.set_margin_bottom(12)

    def say(entry):
        talk.add(message("Mina", entry.get_text()))
        entry.set_text("")

    entry.connect("activate", say)
    box.pack_start(talk, True, True, 0)
    box.pack_end(entry, False, False, 0)
    return box


def main():
    left, top, width, height = (int(number) for number in sys.argv[1].split(","))
    provider = Gtk.CssProvider()
    provider.load_from_data(LOOK)
    screen = Gdk.Screen.get_default()
    Gtk.StyleContext.add_provider_for_screen(screen, provider, Gtk.STYLE_PROVIDER_PRIORITY_USER)
    # Where a program sets none, as over a window that has not seen the pointer move.
    arrow = Gdk.Cursor.new_for_display(screen.get_display(), Gdk.CursorType.LEFT_PTR)
    screen.get_root_window().set_cursor(arrow)
    window = Gtk.Window(title="desktop", name="desktop", decorated=False)
    window.set_default_size(screen.get_width(), screen.get_height())
    place = Gtk.Fixed()
    window.add(place)
    for number, path in enumerate(sys.argv[2:]):
        file = icon(path)
        file.set_size_request(left - 20, -1)
        place.put(file, 10, top + number * 118)
    title = Gtk.Label(label="Dropslot", name="title")
    title.set_size_request(width, TITLE_HEIGHT)
    place.put(title, left, top - TITLE_HEIGHT)
    talk = chat()
    below = top + height + 16
    talk.set_size_request(width, screen.get_height() - below - 16)
    place.put(talk, left, below)
    window.connect("map-event", lambda *_: print(window.get_window().get_xid(), flush=True))
    window.connect("destroy", Gtk.main_quit)
    window.show_all()
    Gtk.main()


main()
