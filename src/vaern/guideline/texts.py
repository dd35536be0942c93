"""Every text of an entry by its place in it, so that each can have its own words in another language. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from vaern.guideline.pack import Part


def texts_of(part: Part) -> dict[str, str]:
    """By path: "title", "deadline.words", "outcomes.report.label" (by id, where a piece has one), "ambiguities.0.text"
    (else by number, from 0)."""
    return dict(_texts(part, ""))


def _texts(value: object, path: str) -> Iterator[tuple[str, str]]:
    if type(value) is str:
        yield path, value
    elif isinstance(value, Part):
        for field in type(value).model_fields:
            if field != "id":
                yield from _texts(getattr(value, field), f"{path}.{field}" if path else field)
    elif isinstance(value, tuple):
        for number, one in enumerate(value):
            yield from _texts(one, f"{path}.{getattr(one, 'id', number)}")
