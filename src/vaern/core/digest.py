"""Digests, and the one way a structure becomes bytes before it is digested."""

from __future__ import annotations

import json
from hashlib import sha256


class NotCanonical(ValueError):
    """A value that two programs, or two databases, could write in two ways. The message names its place only."""


def digest(data: bytes) -> str:
    """SHA-256 as 64 lower-case hexadecimal digits."""
    return sha256(data).hexdigest()


def canonical(value: object) -> bytes:
    """The value as JSON: keys sorted by code point, no spaces, UTF-8, characters as they are.

    Only text, whole numbers, truth values, None, lists and dicts with text keys. Fractions are refused, because their
    digits differ between writers, and so is the character NUL, which one database cannot keep. Text is *not* brought
    to a Unicode normal form: what is digested is what is stored, and two different texts must not share a digest.
    """
    _check(value, "$")
    return json.dumps(
        value,
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        allow_nan=False,
    ).encode()


def digest_of(value: object) -> str:
    return digest(canonical(value))


def _check(value: object, place: str) -> None:
    if isinstance(value, str):
        _check_text(value, place)
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value):
            _check(inner, f"{place}[{index}]")
    elif isinstance(value, dict):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise NotCanonical(f"{place}: a key is not text")
            _check_text(key, place)
            _check(inner, f"{place}.{key}")
    elif value is not None and not isinstance(value, bool | int):
        raise NotCanonical(f"{place}: {type(value).__name__} has no canonical form")


def _check_text(text: str, place: str) -> None:
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise NotCanonical(f"{place}: text with NUL or half a character")
