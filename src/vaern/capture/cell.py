"""The closed room: a process of its own in which the browser lives, and dies whole.

Started by `visit.py` as `python -m vaern.capture.cell`, with nothing of ours in its environment. It moves into
namespaces of its own (user, network, processes, mounts) before the browser starts, so that

* its only network is a loopback device with the gate at the other end - no flag of the browser's is needed for that;
* killing the first process of the room kills every other, whatever it forked: the kernel does that;
* the folders it is told to hide (our data, /run) are empty to it, and what the browser writes lies in memory.

It knows neither Django nor the database. Where the kernel gives no such room, no page is captured: `no_room`.
Linux only: namespaces(7), user_namespaces(7), pid_namespaces(7).
"""

from __future__ import annotations

import ctypes
import fcntl
import json
import os
import resource
import select
import signal
import socket
import struct
import sys
from typing import Any

from vaern.capture.browser import browse

_NEW_USER, _NEW_PID, _NEW_NET, _NEW_MOUNTS, _NEW_IPC = 0x10000000, 0x20000000, 0x40000000, 0x00020000, 0x08000000
_PRIVATE, _RECURSIVE, _NOSUID, _NODEV, _NOEXEC = 1 << 18, 1 << 14, 2, 4, 8
_DIE_WITH_PARENT = 1
_SET_FLAGS, _UP_AND_RUNNING = 0x8914, 0x1 | 0x40
_NOBODY = 1000
_libc = ctypes.CDLL(None, use_errno=True)


class NoRoom(Exception):
    """The kernel, or who set the machine up, does not allow it."""


def main() -> None:
    """Order on standard input (one line of JSON), answers on the socket whose number is the first argument."""
    order = json.loads(sys.stdin.buffer.readline())
    answers = socket.socket(fileno=int(sys.argv[1]))
    try:
        _enter()
    except (NoRoom, OSError):
        say(answers, {"problem": "no_room"})
        return
    child = os.fork()
    if child == 0:
        _first(order, answers)
    answers.close()
    _stand_by(child)


def _enter() -> None:
    user, group = os.geteuid(), os.getegid()
    _call("unshare", _NEW_USER | _NEW_PID | _NEW_NET | _NEW_MOUNTS | _NEW_IPC)
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{_NOBODY} {user} 1"),
        ("gid_map", f"{_NOBODY} {group} 1"),
    ):
        with open(f"/proc/self/{name}", "w", encoding="ascii") as file:
            file.write(text)


def _stand_by(child: int) -> None:
    """Until the room is empty, or whoever ordered it hangs up (or is killed): then it is emptied."""
    while not os.waitpid(child, os.WNOHANG)[0]:
        if select.select([sys.stdin], [], [], 0.1)[0]:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return


def _first(order: dict[str, Any], answers: socket.socket) -> None:
    """The first process of the room; never returns."""
    try:
        _call("prctl", _DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
        listening = _furnish(order)
        socket.send_fds(answers, [b"gate"], [listening.fileno()])
        port = listening.getsockname()[1]
        listening.close()
        browse(order, port, lambda head, *bodies: say(answers, head, *bodies))
    except (NoRoom, OSError):
        say(answers, {"problem": "no_room"})
    finally:
        os._exit(0)


def _furnish(order: dict[str, Any]) -> socket.socket:
    """Own /proc, empty folders where ours were, own memory for what is written; and the listening end of the gate."""
    _mount("none", "/", "", _RECURSIVE | _PRIVATE)
    _mount("proc", "/proc", "proc", _NOSUID | _NODEV | _NOEXEC)
    for folder in order["hide"]:
        if os.path.isdir(folder):
            _mount("tmpfs", os.path.realpath(folder), "tmpfs", _NOSUID | _NODEV | _NOEXEC, "size=1m")
    work = order["work"]
    _mount("tmpfs", work, "tmpfs", _NOSUID | _NODEV, f"size={order['scratch']},mode=700")
    os.environ.update(HOME=work, TMPDIR=work)
    os.chdir(work)
    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, order["scratch"]),
        (resource.RLIMIT_DATA, order["memory"]),
    ):
        resource.setrlimit(what, (most, most))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sh14x", b"lo", _UP_AND_RUNNING))
    return socket.create_server(("127.0.0.1", 0), backlog=128)


def _mount(source: str, target: str, kind: str, flags: int, data: str = "") -> None:
    _call("mount", source.encode(), target.encode(), kind.encode() or None, flags, data.encode() or None)


def _call(name: str, *arguments: object) -> None:
    if getattr(_libc, name)(*arguments) != 0:
        raise NoRoom(name, os.strerror(ctypes.get_errno()))


def say(answers: socket.socket, head: dict[str, Any], *bodies: bytes) -> None:
    """One message: the length of a head in JSON, the head with the lengths of what follows, and what follows."""
    text = json.dumps({**head, "sizes": [len(body) for body in bodies]}).encode()
    for part in (struct.pack(">I", len(text)), text, *bodies):
        answers.sendall(part)


if __name__ == "__main__":
    main()
