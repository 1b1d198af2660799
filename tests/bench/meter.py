"""Runs a command and says what it took, as a line of JSON on descriptor 3: wall and processor seconds, peak memory.

usage: python3 -I -S meter.py COMMAND…

A process of its own, because a child's peak memory begins with its parent's: this one is small.
"""

import json
import os
import sys
import time

command = sys.argv[1:]
started_at, begun = time.time(), time.perf_counter()
child = os.posix_spawn(command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_CLOSE, 3)])
_, status, spent = os.wait4(child, 0)
measured = {
    "wall": time.perf_counter() - begun,
    "cpu": spent.ru_utime + spent.ru_stime,
    "peak_mib": spent.ru_maxrss / 1024,
    "started_at": started_at,
}
os.write(3, json.dumps(measured).encode())
sys.exit(os.waitstatus_to_exitcode(status) != 0)
