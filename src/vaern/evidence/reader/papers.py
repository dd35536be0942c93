"""PDF: the document's own notes (ISO 32000, 14.3.3), looked for as plain text at both ends of the file.

Nothing is unpacked: notes that lie in a compressed or encrypted part are not found, and then nothing is said.
"""

from __future__ import annotations

import re
from typing import IO

from vaern.evidence.facts import Found
from vaern.evidence.reader.words import moment, short

_END_MAX = 1024 * 1024
_INFO = re.compile(rb"/Info\s{1,10}(\d{1,10})\s{1,10}(\d{1,5})\s{1,10}R")
_ENTRY = re.compile(
    rb"/(Title|Author|Creator|Producer|CreationDate|ModDate)\s{0,10}(\((?:[^()\\]|\\.){0,1000}\)|<[0-9A-Fa-f\s]{0,2000}>)",
    re.DOTALL,
)
_ESCAPED = re.compile(rb"\\(?:([0-7]{1,3})|(.))", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def read(file: IO[bytes]) -> Found:
    data = _ends(file)
    notes = {} if b"/Encrypt" in data else _notes(data)
    program = " / ".join(dict.fromkeys(one for one in (notes.get("Creator"), notes.get("Producer")) if one))
    return Found(
        title=notes.get("Title", ""),
        author=notes.get("Author", ""),
        program=short(program),
        created_at=moment(notes.get("CreationDate", "")),
        changed_at=moment(notes.get("ModDate", "")),
    )


def _ends(file: IO[bytes]) -> bytes:
    """The first and the last MiB; all of a file that is no longer than both."""
    size = file.seek(0, 2)
    file.seek(0)
    if size <= 2 * _END_MAX:
        return file.read(2 * _END_MAX)
    head = file.read(_END_MAX)
    file.seek(size - _END_MAX)
    return head + b"\n" + file.read(_END_MAX)


def _notes(data: bytes) -> dict[str, str]:
    """The last trailer counts: each change of a PDF adds one at its end."""
    named = _INFO.findall(data)
    if not named:
        return {}
    number, generation = named[-1]
    starts = [one.end() for one in re.finditer(rb"(?<![0-9])%s\s{1,10}%s\s{1,10}obj" % (number, generation), data)]
    if not starts:
        return {}
    body = data[starts[-1] : starts[-1] + 16 * 1024].split(b"endobj", 1)[0]
    return {name.decode(): short(_text(value)) for name, value in _ENTRY.findall(body)}


def _text(value: bytes) -> str:
    """A string of a PDF: bytes in brackets with escapes, or in hexadecimal; UTF-16 with a mark, else as in Latin-1."""
    if value[:1] == b"<":
        digits = re.sub(rb"\s", b"", value[1:-1])
        data = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    else:
        data = _ESCAPED.sub(_unescaped, value[1:-1])
    if data[:2] == b"\xfe\xff":
        return data[2:].decode("utf-16-be", "replace")
    return data[3:].decode("utf-8", "replace") if data[:3] == b"\xef\xbb\xbf" else data.decode("latin-1")


def _unescaped(found: re.Match[bytes]) -> bytes:
    return bytes([int(found[1], 8) & 255]) if found[1] else _LETTERS.get(found[2], found[2])
