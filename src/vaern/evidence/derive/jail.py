"""Shuts itself in and becomes another program: `python -I -S jail.py '{"memory": …}' PROGRAM ARGUMENT…`.

Run as a file of its own, with nothing but the standard library, before any untrusted byte is read. When one lock does
not close, it ends with `NO_JAIL` and the program is never started.

* Landlock (Linux 5.13): the file system is read-only, and of it only the programs and libraries; no path of ours.
* seccomp: no socket of any kind, no second process, no signal to another (`syscalls.py`).
* limits: address space, seconds of processor, no file written at all, few open files, no core.
* where the kernel lets it: a network of its own, with nothing in it. Only an extra wall, since many hosts forbid it.
"""

from __future__ import annotations

import ctypes
import json
import os
import platform
import resource
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import syscalls  # type: ignore[import-not-found]

NO_JAIL = 97
_NO_NEW_PRIVILEGES, _SECCOMP, _DIE_WITH_PARENT = 38, 22, 1
_CREATE_RULES, _ADD_RULE, _RESTRICT = 444, 445, 446
_EXECUTE, _WRITE, _READ, _LIST = 1, 2, 4, 8
_NEW_USER, _NEW_NETWORK, _NEW_IPC = 0x10000000, 0x40000000, 0x08000000
_PROGRAMS = ("/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache", "/etc/fonts", "/etc/alternatives")
_libc = ctypes.CDLL(None, use_errno=True)


class _Rules(ctypes.Structure):
    _fields_ = [("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scopes", ctypes.c_uint64)]


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32)]


class _Filter(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("lines", ctypes.c_char_p)]


def main(arguments: list[str]) -> None:
    given, command = json.loads(arguments[0]), arguments[1:]
    try:
        _libc.prctl(_DIE_WITH_PARENT, 9, 0, 0, 0)
        limit(given["memory"], given["cpu"])
        _libc.unshare(_NEW_USER | _NEW_NETWORK | _NEW_IPC)
        _must(_libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0))
        close_files(given["read"], given["files"])
        close_calls()
    except (OSError, KeyError, ValueError):
        os._exit(NO_JAIL)
    os.execv(command[0], command)  # nosec B606: no shell is the point


def limit(memory: int, cpu: int) -> None:
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_MEMLOCK, 0),
    ):
        # One second between the two limits of the processor: its signal tells a slow program from a crashed one.
        resource.setrlimit(what, (most, most + (what == resource.RLIMIT_CPU)))
    os.nice(5)


def close_files(folders: list[str], opened: list[int]) -> None:
    """Everything is closed except what is read to run a program, and the one file that was handed in."""
    version = _must(_libc.syscall(_CREATE_RULES, None, 0, 1))
    files = (1 << (13 if version == 1 else 14 if version == 2 else 15)) - 1
    rules = _Rules(files, 3 if version >= 4 else 0, 3 if version >= 6 else 0)
    size = 8 if version < 4 else 16 if version < 6 else 24
    handle = _must(_libc.syscall(_CREATE_RULES, ctypes.byref(rules), size, 0))
    for path in (*_PROGRAMS, *folders):
        if os.path.exists(path):
            _allow(handle, path, _READ | _EXECUTE | (_LIST if os.path.isdir(path) else 0))
    _allow(handle, "/dev/null", _READ | _WRITE)
    _allow(handle, "/dev/urandom", _READ)
    for one in opened:
        _allow(handle, f"/proc/self/fd/{one}", _READ)
    _must(_libc.syscall(_RESTRICT, handle, 0))
    os.close(handle)


def _allow(handle: int, path: str, rights: int) -> None:
    parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    rule = _Beneath(rights, parent)
    _must(_libc.syscall(_ADD_RULE, handle, 1, ctypes.byref(rule), 0))
    os.close(parent)


def close_calls() -> None:
    lines = syscalls.program(platform.machine(), os.getpid())
    _must(_libc.prctl(_SECCOMP, 2, ctypes.byref(_Filter(len(lines) // 8, lines)), 0, 0))


def _must(answer: int) -> int:
    if answer < 0:
        raise OSError(ctypes.get_errno(), "a lock does not close")
    return answer


if __name__ == "__main__":
    main(sys.argv[1:])
