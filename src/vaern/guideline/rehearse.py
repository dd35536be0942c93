"""Rehearsing a guideline without a case: a facts file in, the planner's rows out as plain data.

The file is TOML or JSON with the keys of `CaseFacts`: `facts`, `events`, `consents`, `absent`, `part_of_it`,
`out_of_hours` and `done` (each with `duty`, `at` and, when it is not the plain case, `outcome`, `by_role`, `choice`).
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

from vaern.core.text import gettext_noop
from vaern.core.workdays import DANISH_TIME
from vaern.guideline.composed import Composed
from vaern.guideline.core_facts import NAMED_OUTCOMES
from vaern.guideline.facts import UNKNOWN, CaseFacts, Done, Due, Row, type_Value
from vaern.guideline.history import counts_as
from vaern.guideline.pack import Duty, Fact, FactKind
from vaern.guideline.problem import PackProblems, Problem
from vaern.guideline.when import from_wall, midnight

UNREADABLE = gettext_noop("Filen kan ikke læses: %(why)s.")
NO_TABLE = gettext_noop("Her skal stå en tabel.")
NO_LIST = gettext_noop("Her skal stå en liste.")
STRANGE = gettext_noop("Navnet kendes ikke. Vælg mellem: %(allowed)s.")
WRONG_VALUE = gettext_noop("Værdien kan ikke bruges. Vælg mellem: %(allowed)s.")
NO_NUMBER = gettext_noop("Her skal stå et helt tal.")
NO_TIME = gettext_noop("Tiden kan ikke læses. Skriv den som 2026-01-31 eller 2026-01-31T14:30.")
NO_TEXT = gettext_noop("Her skal stå en tekst.")
ONLY_ONE = gettext_noop("Her kan kun vælges én.")

KEYS = ("facts", "events", "consents", "absent", "part_of_it", "out_of_hours", "done")
DONE_KEYS = ("duty", "at", "outcome", "by_role", "choice")
ANSWERS: tuple[Literal["yes", "no", "unknown"], ...] = ("yes", "no", "unknown")


class _Wrong(Exception):
    """One value that cannot be read."""

    def __init__(self, reason: str, allowed: Sequence[str] = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.params = {"allowed": ", ".join(allowed)} if allowed else {}


def read_rehearsal(path: Path, composed: Composed) -> CaseFacts:
    """The facts file at `path` (JSON by its ending, else TOML). Raises `PackProblems` with every fault in it."""
    try:
        text = path.read_text(encoding="utf-8")
        content = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except (OSError, ValueError, RecursionError) as wrong:
        raise PackProblems((Problem(path.name, "", UNREADABLE, {"why": str(wrong)}),)) from None
    case, problems = case_of(content, composed, path.name)
    if problems:
        raise PackProblems(problems)
    return case


def case_of(content: object, composed: Composed, file: str = "") -> tuple[CaseFacts, tuple[Problem, ...]]:
    """What a facts file's content says, and what is wrong with it (what is wrong is left out of the answer)."""
    reading = _Reading(composed, file)
    return reading.case(content), tuple(reading.problems)


class _Reading:
    """Reads one file and keeps going after a fault, so that all are named at once."""

    def __init__(self, composed: Composed, file: str) -> None:
        self.composed = composed
        self.file = file
        self.problems: list[Problem] = []

    def case(self, content: object) -> CaseFacts:
        top = self._known(self._table(content, ""), KEYS, "")
        roles = self.composed.role
        hours = top.get("out_of_hours", False)
        if not isinstance(hours, bool):
            self._wrong("out_of_hours", _Wrong(WRONG_VALUE, ("true", "false")))
        return CaseFacts(
            facts=self._each(top, "facts", self.composed.fact, self._fact),
            events=self._each(top, "events", self.composed.event, lambda _, value: read_time(value)),
            consents=self._each(top, "consents", self.composed.consent, lambda _, value: _answer(value)),
            absent=frozenset(self._names(top.get("absent", []), roles, "absent")),
            part_of_it=frozenset(self._names(top.get("part_of_it", []), roles, "part_of_it")),
            out_of_hours=hours is True,
            done=tuple(act for number, entry in self._numbered(top) for act in self._done(entry, number)),
        )

    def _wrong(self, place: str, wrong: _Wrong) -> None:
        self.problems.append(Problem(self.file, place, wrong.reason, wrong.params))

    def _table(self, value: object, place: str) -> Mapping[str, Any]:
        if isinstance(value, dict):
            return value
        self._wrong(place, _Wrong(NO_TABLE))
        return {}

    def _known(self, table: Mapping[str, Any], allowed: Sequence[str], place: str) -> Mapping[str, Any]:
        for key in table:
            if key not in allowed:
                self._wrong(f"{place} › {key}" if place else key, _Wrong(STRANGE, allowed))
        return {key: value for key, value in table.items() if key in allowed}

    def _each(self, top: Mapping[str, Any], key: str, known: Mapping[str, Any], read: Callable[[str, Any], Any]) -> Any:
        """A table whose keys must be known ids, each value read by `read`."""
        found = {}
        for name, value in self._known(self._table(top.get(key, {}), key), sorted(known), key).items():
            try:
                found[name] = read(name, value)
            except _Wrong as wrong:
                self._wrong(f"{key} › {name}", wrong)
        return found

    def _names(self, value: object, known: Mapping[str, object], place: str) -> list[str]:
        if not isinstance(value, list):
            self._wrong(place, _Wrong(NO_LIST))
            return []
        for name in value:
            if not isinstance(name, str) or name not in known:
                self._wrong(f"{place} › {name}", _Wrong(STRANGE, sorted(known)))
        return [name for name in value if isinstance(name, str) and name in known]

    def _fact(self, name: str, value: object) -> type_Value:
        fact = self.composed.fact[name]
        allowed = [option.id for option in fact.values]
        if name == "category":
            allowed = [definition.id for definition in self.composed.pack.definitions]
        return read_value(fact, value, allowed)

    # --- history -----------------------------------------------------------------------------------------

    def _numbered(self, top: Mapping[str, Any]) -> list[tuple[int, object]]:
        entries = top.get("done", [])
        if isinstance(entries, list):
            return list(enumerate(entries, start=1))
        self._wrong("done", _Wrong(NO_LIST))
        return []

    def _done(self, entry: object, number: int) -> list[Done]:
        place = f"done nr. {number}"
        if not isinstance(entry, dict):
            self._wrong(place, _Wrong(NO_TABLE))
            return []
        table = self._known(entry, DONE_KEYS, place)
        duty = self.composed.duty.get(str(table.get("duty", "")))
        if duty is None:
            self._wrong(f"{place} › duty", _Wrong(STRANGE, sorted(self.composed.duty)))
            return []
        try:
            return self._acts(duty, table)
        except _Wrong as wrong:
            self._wrong(f"{place} '{duty.id}'", wrong)
            return []

    def _acts(self, duty: Duty, table: Mapping[str, Any]) -> list[Done]:
        at = read_time(table.get("at"))
        outcome, role = table.get("outcome", "done"), table.get("by_role", "")
        if not isinstance(outcome, str) or counts_as(duty, outcome) is None:
            raise _Wrong(WRONG_VALUE, (*NAMED_OUTCOMES, *(one.id for one in duty.outcomes)))
        if role not in ("", *self.composed.role):
            raise _Wrong(STRANGE, sorted(self.composed.role))
        choice = _choice(duty, table.get("choice", []))
        return [Done(duty.id, at, outcome, by, choice) for by in ([role] if role else _everybody(duty))]


def _everybody(duty: Duty) -> list[str]:
    """A file that does not say who did what each owner must do speaks of them all."""
    if duty.owners.mode != "all":
        return [""]
    return list(dict.fromkeys((*duty.owners.roles, *(move.to for move in duty.hand_over))))


def _choice(duty: Duty, value: object) -> tuple[str, ...]:
    chosen = [value] if isinstance(value, str) else value
    allowed = [alternative.id for alternative in duty.alternatives]
    if not isinstance(chosen, list) or any(one not in allowed for one in chosen):
        raise _Wrong(WRONG_VALUE, allowed or ("[]",))
    if duty.choose == "one" and len(chosen) > 1:
        raise _Wrong(ONLY_ONE)
    return tuple(chosen)


def _answer(value: object) -> Literal["yes", "no", "unknown"]:
    said = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
    for answer in ANSWERS:
        if said == answer:
            return answer
    raise _Wrong(WRONG_VALUE, ANSWERS)


def read_value(fact: Fact, value: object, allowed: Sequence[str]) -> type_Value:
    """One fact's value as the planner wants it. `allowed` are the ids of its options; raises when it is none."""
    if value == UNKNOWN:
        return UNKNOWN
    if fact.kind is FactKind.CHOICES:
        several = value if isinstance(value, list) else [value]
        return tuple(_one_of(one, (*allowed, UNKNOWN), free=not allowed) for one in several)
    if fact.kind is FactKind.YES_NO:
        return _answer(value)
    if fact.kind is FactKind.NUMBER:
        if not isinstance(value, int) or isinstance(value, bool):
            raise _Wrong(NO_NUMBER)
        return value
    if fact.kind is FactKind.DATE:
        return read_time(value).astimezone(DANISH_TIME).date().isoformat()
    return _one_of(value, allowed, free=fact.kind is FactKind.TEXT)


def _one_of(value: object, allowed: Sequence[str], *, free: bool) -> str:
    if not isinstance(value, str):
        raise _Wrong(NO_TEXT)
    if not free and value not in allowed:
        raise _Wrong(WRONG_VALUE, allowed)
    return value


def read_time(value: object) -> datetime:
    """A moment of the file in UTC. Without a zone it is Danish time; a bare date is its midnight."""
    if isinstance(value, str):
        value = moment(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC) if value.tzinfo else from_wall(value)
    if isinstance(value, date):
        return midnight(value)
    raise _Wrong(NO_TIME)


def moment(text: str) -> datetime | None:
    """ "2026-01-31", "2026-01-31T14:30" (Danish time) or with a zone, as UTC; None when it is no time."""
    try:
        found = datetime.fromisoformat(text)
        return found.astimezone(UTC) if found.tzinfo else from_wall(found)
    except (ValueError, OverflowError):
        return None


# --- rows --------------------------------------------------------------------------------------------------


def row_to_json(row: Row, composed: Composed) -> dict[str, Any]:
    """A row as JSON-able data: its own fields, and the duty's title, phase and the source's word for how strongly it
    speaks. Times are ISO 8601 in UTC."""
    duty = composed.duty[row.id]
    words = {"title": duty.title, "phase": duty.phase.value, "modality_words": duty.modality_words}
    return {key: _plain(value) for key, value in ({**row._asdict(), **words}).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, Due):
        return _plain(value._asdict())
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return str(value) if isinstance(value, str) else value
