#!/usr/bin/python3
"""A desktop's services on the session bus given, in the place of GNOME's or KDE's.

usage: desktop.py portal [--old]     the settings portal; "color-scheme N" on stdin sets it (1 is dark) and tells of it
       desktop.py notifications      the notification server; "activate" on stdin clicks the last notification
       desktop.py file-manager       the file manager

Prints "ready", then each call it takes as a line of JSON: its method's name and its arguments.
"""

import json
import sys

from gi.repository import Gio, GLib

PORTAL = """
<node><interface name='org.freedesktop.portal.Settings'>
  <method name='Read'><arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='v' direction='out'/></method>
  <method name='ReadOne'><arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='v' direction='out'/></method>
  <signal name='SettingChanged'><arg type='s'/><arg type='s'/><arg type='v'/></signal>
</interface></node>
"""

# Before version 2.
OLD_PORTAL = "\n".join(line for line in PORTAL.splitlines() if "ReadOne" not in line)

NOTIFICATIONS = """
<node><interface name='org.freedesktop.Notifications'>
  <method name='Notify'>
    <arg type='s' direction='in'/><arg type='u' direction='in'/><arg type='s' direction='in'/><arg type='s' direction='in'/>
    <arg type='s' direction='in'/><arg type='as' direction='in'/><arg type='a{sv}' direction='in'/>
    <arg type='i' direction='in'/><arg type='u' direction='out'/>
  </method>
  <method name='CloseNotification'><arg type='u' direction='in'/></method>
  <method name='GetCapabilities'><arg type='as' direction='out'/></method>
  <method name='GetServerInformation'>
    <arg type='s' direction='out'/><arg type='s' direction='out'/><arg type='s' direction='out'/>
    <arg type='s' direction='out'/>
  </method>
  <signal name='ActionInvoked'><arg type='u'/><arg type='s'/></signal>
  <signal name='NotificationClosed'><arg type='u'/><arg type='u'/></signal>
</interface></node>
"""

FILE_MANAGER = """
<node><interface name='org.freedesktop.FileManager1'>
  <method name='ShowItems'><arg type='as' direction='in'/><arg type='s' direction='in'/></method>
</interface></node>
"""

APPEARANCE = ("org.freedesktop.appearance", "color-scheme")


class Portal:
    name = "org.freedesktop.portal.Desktop"
    path = "/org/freedesktop/portal/desktop"

    def __init__(self, interface):
        self.interface = interface
        self.scheme = GLib.Variant("u", 0)

    def answer(self, method, arguments):
        if arguments != APPEARANCE:
            return None
        # `Read` wraps its answer in one variant more.
        value = self.scheme if method == "ReadOne" else GLib.Variant("v", self.scheme)
        return GLib.Variant("(v)", (value,))

    def command(self, bus, words):
        self.scheme = GLib.Variant("u", int(words[1]))
        changed = GLib.Variant("(ssv)", (*APPEARANCE, self.scheme))
        bus.emit_signal(None, self.path, "org.freedesktop.portal.Settings", "SettingChanged", changed)


class Notifications:
    name = "org.freedesktop.Notifications"
    path = "/org/freedesktop/Notifications"
    interface = NOTIFICATIONS
    last = 0

    def answer(self, method, _arguments):
        if method == "Notify":
            self.last += 1
            return GLib.Variant("(u)", (self.last,))
        if method == "GetCapabilities":
            return GLib.Variant("(as)", (["actions", "body", "body-markup"],))
        if method == "GetServerInformation":
            return GLib.Variant("(ssss)", ("test", "test", "1", "1.2"))
        return GLib.Variant("()", ())

    def command(self, bus, _words):
        for signal, arguments in [("ActionInvoked", "(us)"), ("NotificationClosed", "(uu)")]:
            what = "default" if signal == "ActionInvoked" else 2
            bus.emit_signal(None, self.path, self.name, signal, GLib.Variant(arguments, (self.last, what)))


class FileManager:
    name = "org.freedesktop.FileManager1"
    path = "/org/freedesktop/FileManager1"
    interface = FILE_MANAGER

    def answer(self, _method, _arguments):
        return GLib.Variant("()", ())


def main():
    kind, *options = sys.argv[1:]
    if kind == "portal":
        service = Portal(OLD_PORTAL if options == ["--old"] else PORTAL)
    else:
        service = {"notifications": Notifications, "file-manager": FileManager}[kind]()
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)

    def called(_bus, _sender, _path, _interface, method, parameters, invocation):
        arguments = parameters.unpack()
        print(json.dumps([method, *arguments]), flush=True)
        answer = service.answer(method, arguments)
        if answer is None:
            invocation.return_dbus_error("org.freedesktop.portal.Error.NotFound", "no such setting")
        else:
            invocation.return_value(answer)

    def told(channel, _condition):
        line = channel.readline()
        if not line:
            return False
        service.command(bus, line.split())
        return True

    interface = Gio.DBusNodeInfo.new_for_xml(service.interface).interfaces[0]
    bus.register_object(service.path, interface, called, None, None)
    GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IO_IN | GLib.IO_HUP, told)
    ready = lambda *_: print("ready", flush=True)
    lost = lambda *_: sys.exit(f"the name {service.name} is another's")
    Gio.bus_own_name_on_connection(bus, service.name, Gio.BusNameOwnerFlags.NONE, ready, lost)
    GLib.MainLoop().run()


main()
