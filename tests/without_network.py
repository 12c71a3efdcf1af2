"""Commands in a process to which the kernel gives no network: ``python tests/without_network.py '[["cache"]]'``.

An audit hook sees what Python does; this also sees what native libraries do by themselves. A socket of IPv4 ends the process
at once. IPv6 is only refused: importing spaCy imports urllib3, which asks for one such socket to learn whether there is IPv6.
Linux alone has this, on the two processors whose numbers of calls stand here.
"""

from __future__ import annotations

import ctypes
import errno
import json
import platform
import socket
import sys

_SOCKET = {"x86_64": 41, "aarch64": 198}
"""The kernel's number of the call ``socket``."""
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
_LOAD, _IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_NUMBER, _FIRST_ARGUMENT = 0, 16
_ALLOW, _END, _ERROR = 0x7FFF0000, 0x80000000, 0x00050000


def is_known() -> bool:
    """Whether this machine can do it."""
    return sys.platform == "linux" and platform.machine() in _SOCKET


class _Step(ctypes.Structure):
    _fields_ = (("code", ctypes.c_ushort), ("yes", ctypes.c_ubyte), ("no", ctypes.c_ubyte), ("value", ctypes.c_uint))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.POINTER(_Step)))


def refuse() -> None:
    """Take the network away from this process and all that it starts, for good."""
    steps = (
        _Step(_LOAD, 0, 0, _NUMBER),
        _Step(_IF_EQUAL, 0, 3, _SOCKET[platform.machine()]),
        _Step(_LOAD, 0, 0, _FIRST_ARGUMENT),
        _Step(_IF_EQUAL, 2, 0, socket.AF_INET),
        _Step(_IF_EQUAL, 2, 0, socket.AF_INET6),
        _Step(_RETURN, 0, 0, _ALLOW),
        _Step(_RETURN, 0, 0, _END),
        _Step(_RETURN, 0, 0, _ERROR | errno.EAFNOSUPPORT),
    )
    program = _Program(len(steps), (_Step * len(steps))(*steps))
    libc = ctypes.CDLL(None, use_errno=True)
    for arguments in ((_NO_NEW_PRIVILEGES, 1, 0, 0, 0), (_SECCOMP, _FILTER, ctypes.byref(program), 0, 0)):
        if libc.prctl(*arguments):
            raise OSError(ctypes.get_errno(), "the kernel takes no filter")


if __name__ == "__main__":
    refuse()
    if sys.argv[1] == "reach":
        socket.socket(socket.AF_INET)
    from analyzer.cli import run

    sys.exit(max(run(arguments) for arguments in json.loads(sys.argv[1])))
