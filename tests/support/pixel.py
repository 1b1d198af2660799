#!/usr/bin/python3
"""Prints the colour of a pixel of the X server's screen as rrggbb.

usage: pixel.py X Y
"""

import sys

from Xlib import X, display

x, y = map(int, sys.argv[1:])
image = display.Display().screen().root.get_image(x, y, 1, 1, X.ZPixmap, 0xFFFFFFFF)
blue, green, red = image.data[:3]
print(f"{red:02x}{green:02x}{blue:02x}")
