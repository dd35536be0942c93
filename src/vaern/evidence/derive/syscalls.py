"""What the kernel is asked to refuse a process that opens untrusted bytes. Numbers by machine, standard library only.

A list of what is refused and not of what is allowed: three foreign programs (ffmpeg, tesseract, poppler) must run in
many versions. Files need no line here, because Landlock closes those (`jail.py`).
"""

from __future__ import annotations

import struct

# AUDIT_ARCH_… of <linux/audit.h>, and the numbers of <asm/unistd.h> and <asm-generic/unistd.h>.
ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_LATER = {  # one number on every machine
    "pidfd_send_signal": 424, "io_uring_setup": 425, "io_uring_enter": 426, "io_uring_register": 427,
    "open_tree": 428, "move_mount": 429, "fsopen": 430, "fsmount": 432, "pidfd_open": 434, "pidfd_getfd": 438,
    "mount_setattr": 442, "fchmodat2": 452,
}  # fmt: skip
_X86_64 = {
    "shmget": 29, "socket": 41, "socketpair": 53, "fork": 57, "vfork": 58, "kill": 62, "semget": 64, "msgget": 68,
    "chmod": 90, "fchmod": 91, "chown": 92, "fchown": 93, "lchown": 94, "ptrace": 101, "syslog": 103,
    "rt_sigqueueinfo": 129, "utime": 132, "mknod": 133, "personality": 135, "setpriority": 141, "pivot_root": 155,
    "chroot": 161, "mount": 165, "umount2": 166, "reboot": 169,
    "init_module": 175, "delete_module": 176, "setxattr": 188, "lsetxattr": 189, "fsetxattr": 190, "tkill": 200,
    "utimes": 235, "mq_open": 240, "kexec_load": 246, "add_key": 248, "request_key": 249, "keyctl": 250,
    "mknodat": 259, "fchownat": 260, "futimesat": 261, "fchmodat": 268, "unshare": 272, "utimensat": 280,
    "rt_tgsigqueueinfo": 297, "perf_event_open": 298, "setns": 308, "process_vm_readv": 310,
    "process_vm_writev": 311, "finit_module": 313, "memfd_create": 319, "kexec_file_load": 320,
    "bpf": 321, "execveat": 322, "userfaultfd": 323,
}  # fmt: skip
_AARCH64 = {
    "setxattr": 5, "lsetxattr": 6, "fsetxattr": 7, "mknodat": 33, "umount2": 39, "mount": 40, "pivot_root": 41,
    "chroot": 51, "fchmod": 52, "fchmodat": 53, "fchownat": 54, "fchown": 55, "utimensat": 88, "personality": 92,
    "unshare": 97, "kexec_load": 104, "init_module": 105, "delete_module": 106, "syslog": 116, "ptrace": 117,
    "kill": 129, "tkill": 130, "rt_sigqueueinfo": 138, "setpriority": 140, "reboot": 142, "mq_open": 180,
    "msgget": 186, "semget": 190, "shmget": 194, "socket": 198, "socketpair": 199, "add_key": 217,
    "request_key": 218, "keyctl": 219, "rt_tgsigqueueinfo": 240, "perf_event_open": 241, "setns": 268,
    "process_vm_readv": 270, "process_vm_writev": 271, "finit_module": 273, "memfd_create": 279, "bpf": 280,
    "execveat": 281, "userfaultfd": 282, "kexec_file_load": 294,
}  # fmt: skip
REFUSED = {"x86_64": _X86_64 | _LATER, "aarch64": _AARCH64 | _LATER}
# Allowed for some arguments only: threads but no processes, a signal to oneself, limits of oneself.
_CLONE = {"x86_64": 56, "aarch64": 220}
_TGKILL = {"x86_64": 234, "aarch64": 131}
_PRLIMIT = {"x86_64": 302, "aarch64": 261}
_CLONE3 = 435
# The owner of a file gets its signals, and may be any process of the same person's (fcntl(2)).
_FCNTL = {"x86_64": 72, "aarch64": 25}
_SET_OWNER, _SET_SIGNAL, _SET_OWNER_MORE = 8, 10, 15

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCH, _FIRST, _SECOND = 0, 4, 16, 24
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_EPERM, _ENOSYS = 1, 38
_CLONE_THREAD = 0x00010000
_OTHER_ABI = 0x40000000


def program(machine: str, pid: int) -> bytes:
    """The filter as the kernel reads it (classic BPF). KeyError for a machine whose numbers are not known."""
    lines = [
        _line(_LOAD, _ARCH), _line(_EQUAL, ARCHITECTURES[machine], 1, 0), _line(_RETURN, _KILL),
        _line(_LOAD, _NUMBER), _line(_AT_LEAST, _OTHER_ABI, 0, 1), _line(_RETURN, _KILL),
        *_refuse(_CLONE3, _ENOSYS),  # "not there": the C library then asks for `clone`, whose flags can be seen
        *_if_first(_CLONE[machine], _ANY_BIT, _CLONE_THREAD),
        *_if_first(_TGKILL[machine], _EQUAL, pid),
        *_if_first(_PRLIMIT[machine], _EQUAL, 0),
        *_unless_second(_FCNTL[machine], _SET_OWNER, _SET_SIGNAL, _SET_OWNER_MORE),
    ]  # fmt: skip
    for number in REFUSED[machine].values():
        lines += _refuse(number, _EPERM)
    return b"".join([*lines, _line(_RETURN, _ALLOW)])


def _line(code: int, value: int, then: int = 0, otherwise: int = 0) -> bytes:
    return struct.pack("=HBBI", code, then, otherwise, value)


def _refuse(number: int, error: int) -> list[bytes]:
    return [_line(_EQUAL, number, 0, 1), _line(_RETURN, _ERRNO | error)]


def _if_first(number: int, test: int, value: int) -> list[bytes]:
    """This call only when its first argument passes the test."""
    return [
        _line(_EQUAL, number, 0, 4),
        _line(_LOAD, _FIRST),
        _line(test, value, 1, 0),
        _line(_RETURN, _ERRNO | _EPERM),
        _line(_RETURN, _ALLOW),
    ]


def _unless_second(number: int, *values: int) -> list[bytes]:
    """This call, except when its second argument is one of these."""
    left = range(len(values), 0, -1)
    return [
        _line(_EQUAL, number, 0, len(values) + 3),
        _line(_LOAD, _SECOND),
        *(_line(_EQUAL, value, further, 0) for value, further in zip(values, left, strict=True)),
        _line(_RETURN, _ALLOW),
        _line(_RETURN, _ERRNO | _EPERM),
    ]
