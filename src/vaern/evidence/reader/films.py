"""Video: the header of an MP4 or QuickTime file (ISO/IEC 14496-12): when it was made, with what, where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import IO

from vaern.evidence.facts import Found
from vaern.evidence.reader.words import short, utc

_SINCE = datetime(1904, 1, 1, tzinfo=UTC)
_BOXES_MAX = 1000
_MOOV_MAX = 8 * 1024 * 1024
_PLACE = re.compile(r"([+-]\d{1,2}(?:\.\d+)?)([+-]\d{1,3}(?:\.\d+)?)")


def read(file: IO[bytes]) -> Found:
    moov = _moov(file)
    inside = dict(_boxes(moov))
    notes = dict(_boxes(inside.get(b"udta", b"")))
    texts = {name: _text(notes.get(name, b"")) for name in (b"\xa9mak", b"\xa9mod", b"\xa9swr", b"\xa9xyz")}
    return Found(
        taken_at=_made(inside.get(b"mvhd", b"")),
        device=" ".join(filter(None, (texts[b"\xa9mak"], texts[b"\xa9mod"]))),
        program=texts[b"\xa9swr"],
        place=_place(texts[b"\xa9xyz"]),
    )


def _moov(file: IO[bytes]) -> bytes:
    """The box with the film's facts; it may stand first or last, and the picture data between is stepped over."""
    place = 0
    for _ in range(_BOXES_MAX):
        file.seek(place)
        header = file.read(16)
        if len(header) < 8:
            break
        length = int.from_bytes(header[:4], "big")
        before = 16 if length == 1 and len(header) == 16 else 8
        length = int.from_bytes(header[8:16], "big") if before == 16 else length
        if header[4:8] == b"moov":
            file.seek(place + before)
            return file.read(min(max(length - before, 0) or _MOOV_MAX, _MOOV_MAX))
        if length < 8:
            break
        place += length
    return b""


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 0
    for _ in range(_BOXES_MAX):
        length = int.from_bytes(data[place : place + 4], "big")
        if length < 8 or place + length > len(data):
            return
        yield data[place + 4 : place + 8], data[place + 8 : place + length]
        place += length


def _made(mvhd: bytes) -> str:
    wide = mvhd[:1] == b"\x01"
    return utc(int.from_bytes(mvhd[4:12] if wide else mvhd[4:8], "big"), _SINCE)


def _text(data: bytes) -> str:
    """QuickTime's own texts: a length, a language, the words."""
    length = int.from_bytes(data[:2], "big")
    return short(data[4 : 4 + length].decode("utf-8", "replace"))


def _place(text: str) -> str:
    """ISO 6709, as phones write it: "+57.0488+009.9217/"."""
    found = _PLACE.match(text)
    if found is None or abs(float(found[1])) > 90 or abs(float(found[2])) > 180:
        return ""
    return f"{float(found[1]):.5f}, {float(found[2]):.5f}"
