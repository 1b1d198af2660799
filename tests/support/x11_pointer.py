#!/usr/bin/python3
"""A mouse for an X server: moves and clicks as standard input says, one command a line, by the XTEST extension.

commands: move X Y WIDTH HEIGHT (of the whole screen, which is known) · press · release

Prints "done" when the server has handled a command.
"""

import sys

from Xlib import X, display
from Xlib.ext import xtest


def main():
    server = display.Display()
    for line in sys.stdin:
        command, *numbers = line.split()
        if command == "move":
            xtest.fake_input(server, X.MotionNotify, x=int(numbers[0]), y=int(numbers[1]))
        else:
            xtest.fake_input(server, X.ButtonPress if command == "press" else X.ButtonRelease, detail=1)
        server.sync()
        print("done", flush=True)


main()
