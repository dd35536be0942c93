"""A writer of the OLE container (MS-CFB, version 3) just large enough for an Outlook message, so that the tests need
no file from somebody's mailbox."""

from __future__ import annotations

import struct

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR, _MINI = 512, 64


def ole(streams: dict[str, bytes]) -> bytes:
    """A container with these streams in its root, each of less than 4,096 bytes (all in the mini stream)."""
    assert all(0 < len(data) < 4096 for data in streams.values())
    ordered = sorted(streams.items(), key=lambda pair: (len(pair[0]), pair[0].upper()))
    mini, mini_fat, entries = b"", [], []
    for place, (name, data) in enumerate(ordered, start=1):
        first, count = len(mini) // _MINI, -(-len(data) // _MINI)
        mini += data.ljust(count * _MINI, b"\x00")
        mini_fat += [*range(first + 1, first + count), _END]
        entries.append(_entry(name, 2, right=place + 1 if place < len(ordered) else _FREE, start=first, size=len(data)))
    directory = _padded(b"".join([_entry("Root Entry", 5, child=1, start=0, size=len(mini)), *entries]))
    chains = [_padded(mini), directory, _padded(struct.pack(f"<{len(mini_fat)}I", *mini_fat), b"\xff")]
    fat, starts = [], []
    for chain in chains:
        starts.append(len(fat))
        count = len(chain) // _SECTOR
        fat += [*range(len(fat) + 1, len(fat) + count), _END]
    at = len(fat)
    assert at < _SECTOR // 4
    table = struct.pack("<128I", *[*fat, _FAT, *[_FREE] * (127 - at)])
    return _header(starts, len(chains[2]) // _SECTOR, at) + b"".join(chains) + table


def message(subject: str, body: str, *, kind: str = "IPM.Note") -> bytes:
    """An Outlook message with a class, a subject and a body."""
    texts = {0x001A: kind, 0x0037: subject, 0x1000: body}
    wide = {tag: text.encode("utf-16-le") for tag, text in texts.items()}
    records = b"".join(struct.pack("<HHIII", 0x001F, tag, 6, len(data) + 2, 0) for tag, data in sorted(wide.items()))
    streams = {f"__substg1.0_{tag:04X}001F": data for tag, data in wide.items()}
    return ole({"__properties_version1.0": b"\x00" * 32 + records, **streams})


def _entry(name: str, kind: int, *, start: int, size: int, right: int = _FREE, child: int = _FREE) -> bytes:
    text = name.encode("utf-16-le") + b"\x00\x00"
    head = struct.pack("<64sHBBIII", text, len(text), kind, 1, _FREE, right, child)
    return head + b"\x00" * 36 + struct.pack("<IQ", start, size)


def _header(starts: list[int], mini_sectors: int, fat_at: int) -> bytes:
    start = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    sizes = struct.pack("<6xIIIIIIIIII", 0, 1, starts[1], 0, 4096, starts[2], mini_sectors, _END, 0, fat_at)
    return start + sizes + b"\xff" * (_SECTOR - len(start) - len(sizes))


def _padded(data: bytes, fill: bytes = b"\x00") -> bytes:
    return data.ljust(-(-len(data) // _SECTOR) * _SECTOR, fill)
