"""Whether the rows of evidence say the same as the journal: what was taken in, and what is known about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from vaern.evidence import models
from vaern.evidence.facts import Finding
from vaern.evidence.provenance import Telling, digest_of_both, retold
from vaern.evidence.rules import disagreement
from vaern.journal import queries as journal
from vaern.journal.facts import Entry

_Tellings = dict[int, Telling]
_UNREADABLE = Telling("", None, None)


def disagreeing(batch: list[models.Item]) -> Iterator[Finding]:
    """Items whose entry says another digest, that no entry speaks of, or of which the rows tell otherwise than was put
    on record."""
    subjects = {f"case:{item.case_id}" for item in batch if item.case_id}
    subjects |= {f"draft:{item.draft_id}" for item in batch if item.draft_id}
    said = _by_item(journal.entries_saying(subjects, "object"))
    recorded = _by_item(journal.entries_saying(subjects, "provenance"))
    kept = _kept(batch)
    erased = journal.erased_subjects(subjects)
    for item in batch:
        excused = bool({f"case:{item.case_id}", f"draft:{item.draft_id}"} & erased)
        place, name = f"{item.organisation_id}/{item.object}", str(item.pk)
        if code := disagreement(item.sha256, item.object, [one.data for one in said.get(name, [])], excused=excused):
            yield Finding(code, place, name)
        if not excused and retold(kept.get(item.pk, {}), _recorded(recorded.get(name, []))):
            yield Finding("provenance", place, name)


def _by_item(entries: Iterable[Entry]) -> Mapping[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(str(entry.data.get("item")), []).append(entry)
    return found


def _recorded(entries: Iterable[Entry]) -> _Tellings:
    """The entry of taking the file in comes last and says nobody told; one of telling says who did."""
    found: _Tellings = {}
    for entry in entries:
        told = entry.act == "describe_evidence"
        version, by = (entry.data["version"], entry.actor_id) if told else (1, None)
        assert isinstance(version, int)
        found.setdefault(version, Telling(str(entry.data["provenance"]), entry.at, by))
    return found


def _kept(batch: list[models.Item]) -> dict[UUID, _Tellings]:
    rows = models.Provenance.objects.filter(item__in=batch).order_by("pk")
    try:
        read = list(rows)
    except ValueError:
        # Somebody wrote into a row what no program did: then each by itself, so that the others can be judged.
        read = [row for pk in rows.values_list("pk", flat=True) if (row := _alone(pk))]
    found: dict[UUID, _Tellings] = {}
    for row in read:
        found.setdefault(row.item_id, {})[row.version] = _telling(row)
    return found


def _alone(pk: int) -> models.Provenance | None:
    try:
        return models.Provenance.objects.get(pk=pk)
    except ValueError:
        return None


def _telling(row: models.Provenance) -> Telling:
    try:
        return Telling(digest_of_both(row.said, row.found), row.at, row.by_id)
    except ValueError:
        return _UNREADABLE
