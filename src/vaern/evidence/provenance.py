"""What a person told of an item beside what its file says: what can be told, and where the two differ. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from vaern.cases.rules import DANISH
from vaern.cases.rules.checks import UNLIKELY, is_likely
from vaern.cases.rules.report import is_web_address, moment
from vaern.core.addresses import plain_address
from vaern.core.digest import digest_of
from vaern.core.refusal import Refusal
from vaern.core.text import gettext_noop as _
from vaern.evidence.facts import CONTEXTS, Disagreement, Found, Provenance, Said

UNKNOWN = Provenance(Said(), Found(), 0, None, None)
_LINE, _TEXT = 200, 2000
_SAME_CLOCK = timedelta(minutes=5)


def check_said(said: Said, now: datetime) -> tuple[Refusal, ...]:
    """What of it cannot be kept as it is, each beside its field. Nothing need be told."""
    lines = {name: getattr(said, name) for name in ("taken_by", "taken_with", "group")}
    wrong = [_too_long(name) for name, text in lines.items() if len(text) > _LINE]
    wrong += [_too_long("thread")] if len(said.thread) > _TEXT else []
    if said.url and not is_web_address(said.url):
        wrong.append(Refusal("bad_link", _("Adressen skal begynde med https:// eller http://."), field="url"))
    for name in ("posted", "taken"):
        wrong += _time(getattr(said, f"{name}_on"), getattr(said, f"{name}_at"), f"{name}_on", now)
    for name in ("shares", "reactions"):
        wrong += _number(getattr(said, name), name)
    if said.context not in {"unknown", *CONTEXTS}:
        wrong.append(Refusal("bad_choice", _("Vælg et af svarene."), field="context"))
    if said.group_closed not in {"unknown", "yes", "no"}:
        wrong.append(Refusal("bad_choice", _("Vælg et af svarene."), field="group_closed"))
    return tuple(wrong)


def _too_long(field: str) -> Refusal:
    return Refusal("too_long", _("Teksten er for lang."), field=field)


def _time(day: str, clock: str, field: str, now: datetime) -> list[Refusal]:
    if not day:
        message = _("Skriv også hvilken dag.")
        return [Refusal("clock_without_day", message, field=field)] if clock else []
    at = moment(day, clock)
    if at is None:
        return [Refusal("bad_date", _("Skriv datoen og tiden igen. Et klokkeslæt skrives som 14:30."), field=field)]
    if at > now + _SAME_CLOCK:
        return [Refusal("in_the_future", _("Datoen ligger ude i fremtiden."), field=field)]
    return [] if is_likely(at) else [Refusal("unlikely_date", UNLIKELY, field=field)]


def _number(text: str, field: str) -> list[Refusal]:
    if not text or (text.isascii() and text.isdigit() and len(text) <= 9):
        return []
    return [Refusal("bad_number", _("Skriv et helt tal, for eksempel 12."), field=field)]


def disagreements(said: Said, found: Found) -> tuple[Disagreement, ...]:
    """Where both told something and it is not the same. Which of them is right is for people to find out."""
    wrong = []
    if said.url and found.url and _plain(said.url) != _plain(found.url):
        wrong.append(Disagreement("url", said.url, found.url))
    taken = found.taken_at or found.saved_at
    if differs(said.taken_on, said.taken_at, taken):
        wrong.append(Disagreement("taken", f"{said.taken_on} {said.taken_at}".strip(), taken))
    if differs(said.posted_on, said.posted_at, found.sent_at):
        wrong.append(Disagreement("sent", f"{said.posted_on} {said.posted_at}".strip(), found.sent_at))
    if taken and said.posted_on and _before(taken, said.posted_on):
        wrong.append(Disagreement("taken_before_posted", said.posted_on, taken))
    return tuple(wrong)


def _plain(url: str) -> str:
    return plain_address(url) or url


def differs(day: str, clock: str, found: str) -> bool:
    """Whether a Danish day and clock as typed ("" for not told) are another time than `found` (ISO, "" for none)."""
    at, typed = _local(found), moment(day, clock)
    if at is None or typed is None:
        return False
    if not clock:
        return at.date() != date.fromisoformat(day)
    return abs(at - typed.replace(tzinfo=None)) > _SAME_CLOCK


def _before(found: str, day: str) -> bool:
    at, typed = _local(found), moment(day, "")
    return at is not None and typed is not None and at.date() < typed.date()


def _local(iso: str) -> datetime | None:
    """A time of a file on a Danish clock; one without a zone is taken for what a wall clock here showed."""
    try:
        at = datetime.fromisoformat(iso)
        return (at.astimezone(DANISH) if at.tzinfo else at).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return None


def same_address(addresses: Mapping[int, tuple[str, ...]], given: str) -> tuple[int, ...]:
    """The numbers of the items that came from this address. `addresses`: what each item's two halves say."""
    plain = plain_address(given)
    if not plain:
        return ()
    return tuple(sorted(number for number, ways in addresses.items() if plain in map(plain_address, ways)))


def told(said: Said, before: Said) -> tuple[str, ...]:
    """The fields in which two tellings differ."""
    return tuple(name for name, value in asdict(said).items() if value != getattr(before, name))


def digest_of_both(said: Mapping[str, Any], found: Mapping[str, Any]) -> str:
    """What the journal keeps of one version, so that a row that was changed can be found out. Of the two as they are
    kept: a field that is asked for one day does not change what was told before."""
    return digest_of([said, found])


@dataclass(frozen=True, slots=True)
class Telling:
    """One version of what is known of an item, as its row has it or as an entry says. `by` None: nobody told."""

    digest: str
    at: datetime | None
    by: int | None


def retold(rows: Mapping[int, Telling], entries: Mapping[int, Telling]) -> bool:
    """Whether the versions are others than those that were put on record. A first version without an entry of its own
    is from before they had one."""
    known = dict(rows) if 1 in entries else {version: row for version, row in rows.items() if version != 1}
    return known != dict(entries)


def said_of(kept: Mapping[str, Any]) -> Said:
    """From the database; a field that was not asked for at the time is not known."""
    return replace(Said(), **{name: str(kept[name]) for name in asdict(Said()) if name in kept})


def found_of(kept: Mapping[str, Any]) -> Found:
    given = {name: kept[name] for name in asdict(Found()) if name in kept}
    return replace(Found(), **{name: _kept(value) for name, value in given.items()})


def _kept(value: Any) -> Any:
    return tuple(map(str, value)) if isinstance(value, list) else str(value)
