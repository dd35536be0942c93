"""Whether every kept stamp still holds, for the bytes it stands beside and for what the journal says of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from vaern.core.digest import digest
from vaern.evidence import queries as evidence
from vaern.journal import queries as journal
from vaern.stamps import check, queries
from vaern.stamps.facts import Report, Stamp, Wrong

ACTS = ("stamp_evidence", "stamp_journal")


@dataclass(slots=True)
class _Told:
    """What the journal tells: (what, authority) -> digests of the answer and the certificates. An entry whose content
    was erased tells nothing any more, and may stand for any stamp it does not name."""

    entries: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    erased: int = 0


def verify(*, organisation_id: int | None = None) -> Report:
    """Every stamp of an organisation, or of all: its bytes, its certificates, its digest, its time, and its entry."""
    told = _read_entries(organisation_id)
    digests = evidence.digests(organisation_id)
    wrong: list[Wrong] = []
    stamps = 0
    for stamp in queries.every_stamp(organisation_id):
        stamps += 1
        codes = [*_bytes(stamp), *_cryptography(stamp), *_subject(stamp, digests), *_entry(stamp, told)]
        wrong += [Wrong(stamp.due.what, stamp.authority, code) for code in codes]
    wrong += [Wrong(what, authority, "missing") for what, authority in told.entries]
    return Report(stamps, tuple(wrong))


class Broken(Exception):
    """Stamps do not hold; the message says how many."""


def verify_stamps() -> None:
    """Reads every stamp, as a job. `vaern stamps verify` says which do not hold, and why."""
    if wrong := verify().wrong:
        raise Broken(str(len(wrong)))


def _bytes(stamp: Stamp) -> Iterator[str]:
    if digest(stamp.response) != stamp.response_sha256:
        yield "response"
    if digest(stamp.roots.encode()) != stamp.roots_sha256:
        yield "roots"


def _cryptography(stamp: Stamp) -> Iterator[str]:
    try:
        gen_time = check.checked(stamp.response, bytes.fromhex(stamp.due.digest), stamp.roots)
    except check.Unfit as unfit:
        yield {"other_answer": "digest", "untrusted": "signature"}.get(unfit.code, "unreadable")
    except ValueError:
        yield "digest"
    else:
        if gen_time != stamp.gen_time:
            yield "time"


def _subject(stamp: Stamp, digests: dict[UUID, str]) -> Iterator[str]:
    """That the stamped thing is the same. An item that was erased leaves its stamp behind, and that is right."""
    due = stamp.due
    if due.item_id is not None:
        if digests.get(due.item_id, due.digest) != due.digest:
            yield "item"
    elif journal.hash_at(due.chain, due.seq or 0) != due.digest:
        yield "head"


def _entry(stamp: Stamp, told: _Told) -> Iterator[str]:
    """Takes the stamp's entry out of what was told: an entry that is left at the end has lost its stamp."""
    entry = told.entries.pop((stamp.due.what, stamp.authority), None)
    if entry is None and told.erased:
        told.erased -= 1
    elif entry != (stamp.response_sha256, stamp.roots_sha256):
        yield "entry"


def _read_entries(organisation_id: int | None) -> _Told:
    told = _Told()
    for entry in journal.entries_of_acts(ACTS, organisation_id):
        data = entry.data
        if not data:
            told.erased += 1
            continue
        what = f"item:{data['item']}" if "item" in data else f"journal:{data['chain']}:{data['seq']}"
        told.entries[what, str(data["authority"])] = (str(data["response"]), str(data["roots"]))
    return told
