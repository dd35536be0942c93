"""Covering up: a picture with boxes, a text with words. Pure: bytes or text in, new bytes or text out.

What is covered is gone, not hidden: a box is painted over decoded pixels, and what is then encoded knows only the
paint. The copy is PNG, so that everything outside the boxes is the original's pixels and nothing rings around an edge.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import IO

import PIL
from PIL import ImageDraw

from vaern.evidence import pictures
from vaern.evidence.facts import Box, Kind

VERSION = 1
PAINT = (0, 0, 0)
COVER = "█████"
"""Of one length, whatever stood there: the length of a name says something, too."""
_LOSSY = frozenset({"jpeg", "heic", "webp"})
_BLOCK = 16
_INSIDE_FROM = 4
_WORD = re.compile(r"\S+")
_LETTER = re.compile(r"\w")


def cover_picture(file: IO[bytes], kind: Kind, boxes: Iterable[Box]) -> bytes:
    """The first picture, upright and opaque, as a PNG with nothing under the boxes and nothing beside the pixels.

    Lossy formats spread a pixel over its block of up to 16: there a box grows by that much on each side, because what
    was covered could otherwise be guessed at from the noise around it.
    """
    picture = pictures.full(file, kind)
    pen = ImageDraw.Draw(picture)
    margin = _BLOCK if kind.id in _LOSSY else 0
    for box in boxes:
        pen.rectangle(_pixels(box, picture.width, picture.height, margin), fill=PAINT)
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _pixels(box: Box, width: int, height: int, margin: int) -> tuple[int, int, int, int]:
    """First and last pixel of the box in both directions: a pixel that is covered in part is covered."""
    left, top = box.left * width // 10_000, box.top * height // 10_000
    right = -(-(box.left + box.width) * width // 10_000) - 1
    bottom = -(-(box.top + box.height) * height // 10_000) - 1
    return (
        max(0, left - margin),
        max(0, top - margin),
        min(width - 1, max(right, left) + margin),
        min(height - 1, max(bottom, top) + margin),
    )


def plain(text: str) -> str:
    """The text as it is masked: composed letters, without characters that cannot be seen and could part a name."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(one for one in composed if one in "\n\t" or unicodedata.category(one)[0] != "C")


def find_words(text: str, phrase: str) -> list[int]:
    """Which words of `plain` text a phrase covers, counted from 0: all places, whatever the case, with a Danish
    genitive too. From four letters on also inside longer words, such as an address with the name in it."""
    words = [_core(word) for word in _WORD.findall(text)]
    wanted = [core for core in map(_core, plain(phrase).split()) if core]
    if not wanted:
        return []
    found = {at for at, word in enumerate(words) if _is_within("".join(wanted), word)}
    for at in range(len(words) - len(wanted) + 1):
        if all(_is_same(want, word) for want, word in zip(wanted, words[at : at + len(wanted)], strict=True)):
            found.update(range(at, at + len(wanted)))
    return sorted(found)


def cover_text(text: str, words: Iterable[int]) -> str:
    """`plain` text with those words gone; the signs around a word stay."""
    hidden, number = frozenset(words), -1

    def cover(match: re.Match[str]) -> str:
        nonlocal number
        number += 1
        word = match[0]
        core = _without_edges(word)
        if number not in hidden:
            return word
        return word.replace(core, COVER, 1) if core else COVER

    return _WORD.sub(cover, text)


def words_at(text: str, words: Sequence[int]) -> list[str]:
    """The words that stand at those places, each once: what was chosen the last time."""
    there = _WORD.findall(text)
    return list(dict.fromkeys(_without_edges(there[at]) or there[at] for at in words if at < len(there)))


def tool() -> dict[str, object]:
    return {"tool": "vaern mask", "version": VERSION, "pillow": PIL.__version__}


def _core(word: str) -> str:
    return _without_edges(word).casefold()


def _without_edges(word: str) -> str:
    """From its first letter or digit to its last. Looked for from both ends: a pattern for the end alone tries each of
    a hundred thousand exclamation marks anew, and who writes threats writes those."""
    first, last = _LETTER.search(word), _LETTER.search(word[::-1])
    return word[first.start() : len(word) - last.start()] if first and last else ""


def _is_same(wanted: str, word: str) -> bool:
    return word == wanted or word in {f"{wanted}s", f"{wanted}'s", f"{wanted}’s", f"{wanted}'", f"{wanted}’"}


def _is_within(wanted: str, word: str) -> bool:
    return len(wanted) >= _INSIDE_FROM and wanted in word
