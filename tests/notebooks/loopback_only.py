"""Run a command in a network namespace of its own: python loopback_only.py COMMAND…, under `unshare --net`.

A new namespace has nothing but a loopback interface, and that is down: this sets it up, then becomes
the command.
"""

import fcntl
import os
import socket
import struct
import sys

SIOCSIFFLAGS, IFF_UP = 0x8914, 0x1

with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
    fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh", b"lo", IFF_UP))
os.execvp(sys.argv[1], sys.argv[1:])
