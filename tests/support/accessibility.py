#!/usr/bin/python3
"""Reads a window and presses its buttons as assistive technology does: by AT-SPI, on the session bus given.

usage: accessibility.py enable        tells programs that assistive technology is there; before the window starts
       accessibility.py texts APP     every name in the window of the program named APP, one a line
       accessibility.py press APP NAME    presses the first button of that name
"""

import sys

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib


def enable():
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    for name in ("IsEnabled", "ScreenReaderEnabled"):
        value = GLib.Variant("(ssv)", ("org.a11y.Status", name, GLib.Variant("b", True)))
        properties = "org.freedesktop.DBus.Properties"
        bus.call_sync("org.a11y.Bus", "/org/a11y/bus", properties, "Set", value, None, 0, -1, None)


def nodes(node):
    """A node and all below it. What the window takes away meanwhile is not there."""
    try:
        name = node.get_name()
        children = [node.get_child_at_index(index) for index in range(node.get_child_count())]
    except GLib.Error:
        return
    yield node, name
    for child in children:
        if child is not None:
            yield from nodes(child)


def window_nodes(application_name):
    desktop = Atspi.get_desktop(0)
    for index in range(desktop.get_child_count()):
        application = list(nodes(desktop.get_child_at_index(index)))
        if application and application[0][1] == application_name:
            yield from application


def press(application_name, name):
    for node, node_name in window_nodes(application_name):
        if node_name == name and node.get_n_actions() > 0:
            if not node.do_action(0):
                sys.exit(f"{name!r} did not let itself be pressed")
            return
    sys.exit(f"no button {name!r}")


def main():
    command, *arguments = sys.argv[1:]
    if command == "enable":
        enable()
    elif command == "texts":
        for _, name in window_nodes(*arguments):
            if name:
                print(name.replace("\n", " "))
    else:
        press(*arguments)


main()
