"""What changed between two packs, entry by entry and field by field.

Entries are met by kind and id, never by their place in a file: moving a duty to another file is no change. Only
clauses and passages have an order that means something, so only theirs is compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from vaern.guideline.load import ENTRY
from vaern.guideline.pack import Pack, Part

ORDERED = ("clauses", "passages")


@dataclass(frozen=True, slots=True)
class Change:
    """`of` is "duties 'inform'" and `field` "deadline › offset › hours"; both values as JSON would hold them.

    Something added has no `old`, something removed no `new`; `field` is then "" for a whole entry.
    """

    kind: Literal["added", "removed", "changed"]
    of: str
    field: str = ""
    old: Any = None
    new: Any = None

    def __str__(self) -> str:
        where = " › ".join(part for part in (self.of, self.field) if part)
        if self.kind == "added":
            return f"+ {where}: {_said(self.new)}"
        if self.kind == "removed":
            return f"- {where}: {_said(self.old)}"
        return f"~ {where}: {_said(self.old)} → {_said(self.new)}"


def diff(old: Pack, new: Pack) -> tuple[Change, ...]:
    """Every change from `old` to `new`: the head first, then the arrays in the order of the format, by id."""
    return tuple(_all(old, new))


def _all(old: Pack, new: Pack) -> Iterator[Change]:
    yield from _fields("pack", (), _data(old.pack), _data(new.pack))
    for kind in ENTRY:
        before, after = _by_key(old, kind), _by_key(new, kind)
        for key in sorted(before.keys() | after.keys()):
            name = f"{kind} '{key}'"
            if key not in after:
                yield Change("removed", name, old=before[key])
            elif key not in before:
                yield Change("added", name, new=after[key])
            else:
                yield from _fields(name, (), before[key], after[key])
        if kind in ORDERED:
            yield from _order(kind, list(before), list(after))


def _order(of: str, before: list[str], after: list[str], path: tuple[str, ...] = ()) -> Iterator[Change]:
    first, then = [key for key in before if key in after], [key for key in after if key in before]
    if first != then:
        yield Change("changed", of, " › ".join((*path, "order")), first, then)


def _data(part: Part) -> dict[str, Any]:
    """Only what the author wrote or what differs from the default, under the names the files use."""
    return part.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def _by_key(pack: Pack, kind: str) -> dict[str, dict[str, Any]]:
    entries: tuple[Part, ...] = getattr(pack, kind)
    return {_key(data): data for data in map(_data, entries)}


def _key(entry: Mapping[str, Any]) -> str:
    """An overlay is known by its clause and word, a translation by what it translates and its language."""
    if "id" in entry:
        return str(entry["id"])
    if "clause" in entry:
        return f"{entry['clause']} {entry['replace']}"
    return f"{entry['of']} {entry['language']}"


def _fields(of: str, path: tuple[str, ...], old: Any, new: Any) -> Iterator[Change]:
    if old == new:
        return
    before, after = _keyed(old), _keyed(new)
    if before is None or after is None:
        yield Change("changed", of, " › ".join(path), old, new)
        return
    for key in [*before, *(key for key in after if key not in before)]:
        inner = (*path, key)
        if key not in after:
            yield Change("removed", of, " › ".join(inner), old=before[key])
        elif key not in before:
            yield Change("added", of, " › ".join(inner), new=after[key])
        else:
            yield from _fields(of, inner, before[key], after[key])
    if isinstance(old, list) and isinstance(new, list):  # the steps of a scale run from least to most
        yield from _order(of, list(before), list(after), path)


def _keyed(value: Any) -> dict[str, Any] | None:
    """A table, or a list whose members have ids, opened by key; anything else is compared whole."""
    if isinstance(value, dict):
        return value
    if isinstance(value, list) and value and all(isinstance(member, dict) and "id" in member for member in value):
        return {str(member["id"]): member for member in value}
    return None


def _said(value: Any) -> str:
    if isinstance(value, dict):
        named = next((value[key] for key in ("title", "label", "name", "question", "text") if value.get(key)), None)
        return str(named) if named else ", ".join(f"{key} = {_said(inner)}" for key, inner in value.items())
    if isinstance(value, list):
        return "[" + ", ".join(_said(member) for member in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
