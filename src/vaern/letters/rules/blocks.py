"""The pieces of a letter's text, for the programs that draw it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a letter: a heading, a paragraph of lines, or a list of points."""

    kind: str
    lines: tuple[str, ...]


def blocks(text: str) -> tuple[Block, ...]:
    """The text as its pieces: an empty line parts them, "## " begins a heading, "- " a point of a list."""
    found = [_block(part.strip("\n").split("\n")) for part in re.split(r"\n\s*\n", text.strip()) if part.strip()]
    return tuple(one for group in found for one in group)


def _block(lines: list[str]) -> list[Block]:
    made: list[Block] = []
    for line in lines:
        kind, words = _kind(line.strip())
        if made and made[-1].kind == kind and kind != "heading":
            made[-1] = replace(made[-1], lines=(*made[-1].lines, words))
        else:
            made.append(Block(kind, (words,)))
    return made


def _kind(line: str) -> tuple[str, str]:
    if line.startswith("## "):
        return "heading", line[3:].strip()
    return ("list", line[2:].strip()) if line.startswith("- ") else ("paragraph", line)
