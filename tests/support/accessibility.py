#!/usr/bin/python3
"""Reads a window and presses its buttons as assistive technology does: by AT-SPI, on the session bus given.

usage: accessibility.py enable        tells programs that assistive technology is there; before the window starts
       accessibility.py texts APP     every name in the window of the program named APP, one a line
       accessibility.py press APP NAME    presses the first button of that name
       accessibility.py typed APP NAME    what stands in the first field of that name
       accessibility.py focus APP NAME    puts the keyboard on the first field or button of that name
       accessibility.py tree APP      every node as a line of JSON: what it is, and what holds it
       accessibility.py walk APP      the nodes that the Tab key comes to, one a line; the keyboard must be the window's
"""

import json
import subprocess

import sys
import time

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


def described(node, name):
    states = node.get_state_set()
    return {
        "role": node.get_role_name(),
        "name": name,
        "description": node.get_description(),
        "focusable": states.contains(Atspi.StateType.FOCUSABLE),
        "focused": states.contains(Atspi.StateType.FOCUSED),
        "enabled": states.contains(Atspi.StateType.ENABLED),
        "actions": node.get_n_actions(),
        "rect": place(node),
    }


def place(node):
    try:
        extents = node.get_extents(Atspi.CoordType.WINDOW)
    except GLib.Error:
        # What groups others has none of its own.
        return None
    return [extents.x, extents.y, extents.width, extents.height]


def tree(application_name):
    """All nodes, each with the place of its parent in the list."""
    places, found = {}, []
    for node, name in window_nodes(application_name):
        try:
            node_description, parent = described(node, name), node.get_parent()
        except GLib.Error:
            continue
        node_description["parent"] = places.get(path_of(parent))
        places[path_of(node)] = len(found)
        found.append(node_description)
    return found


def path_of(node):
    return node and node.path


def walk(application_name):
    """Presses Tab until it comes to where it has been."""
    seen = []
    while True:
        before = focused(application_name)
        subprocess.run(["xdotool", "key", "Tab"], check=True)
        deadline = time.monotonic() + 5
        while (now := focused(application_name)) is None or (before and now[0] == before[0]):
            if time.monotonic() > deadline:
                if before and [path for path, _ in seen] == [before[0]]:
                    # There is nothing else to go to.
                    return [before[1]]
                sys.exit(f"Tab does not leave {before}")
        if now[0] in [path for path, _ in seen]:
            return [node for _, node in seen]
        seen.append(now)


def focused(application_name):
    for node, name in window_nodes(application_name):
        try:
            if node.get_state_set().contains(Atspi.StateType.FOCUSED):
                return node.path, described(node, name)
        except GLib.Error:
            continue
    return None


def press(application_name, name):
    for node, node_name in window_nodes(application_name):
        if node_name == name and node.get_n_actions() > 0:
            if not node.do_action(0):
                sys.exit(f"{name!r} did not let itself be pressed")
            return
    sys.exit(f"no button {name!r}")


def typed(application_name, name):
    for node, node_name in window_nodes(application_name):
        if node_name == name and node.get_text_iface():
            text = node.get_text_iface()
            print(text.get_text(0, text.get_character_count()))
            return
    sys.exit(f"no field {name!r}")


def focus(application_name, name):
    for node, node_name in window_nodes(application_name):
        if node_name == name and node.get_state_set().contains(Atspi.StateType.FOCUSABLE):
            if not node.grab_focus():
                sys.exit(f"{name!r} did not take the keyboard")
            return
    sys.exit(f"nothing {name!r} takes the keyboard")


def main():
    command, *arguments = sys.argv[1:]
    if command == "enable":
        enable()
    elif command == "texts":
        for _, name in window_nodes(*arguments):
            if name:
                print(name.replace("\n", " "))
    elif command in ("tree", "walk"):
        # What changes is asked for again.
        Atspi.get_desktop(0).set_cache_mask(Atspi.Cache.NONE)
        for node in tree(*arguments) if command == "tree" else walk(*arguments):
            print(json.dumps(node, ensure_ascii=False))
    elif command == "typed":
        typed(*arguments)
    elif command == "focus":
        focus(*arguments)
    else:
        press(*arguments)


main()
