"""The rules of a bundle: what may be asked for, what the files in it are called, and what they say."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import chain
from uuid import UUID

from vaern.bundle import verify
from vaern.bundle.covered import covered_since as covered_since
from vaern.bundle.covered import going_out as going_out
from vaern.bundle.covered import stands_for as stands_for
from vaern.bundle.facts import About, Asked, Included, Stamp
from vaern.core.refusal import Refusal
from vaern.core.text import gettext_noop as _
from vaern.evidence import rules as evidence
from vaern.evidence.facts import Item, Provenance
from vaern.journal import rules as journal
from vaern.journal.facts import Entry

PURPOSE_MAX = 500
RECIPIENT_MAX = 200
PASSPHRASE_MIN = 14

REFUSALS: dict[str, str] = {
    "no_purpose": _("Skriv, hvad pakken skal bruges til."),
    "no_recipient": _("Skriv, hvem der skal have pakken."),
    "too_long": _("Der er plads til %(most)s tegn."),
    "no_items": _("Vælg mindst ét bevis."),
    "not_here": _("Et af beviserne er ikke længere på sagen. Se listen igennem, og prøv igen."),
    "held_back": _("Et af beviserne viser det, der er dækket i et andet. Lav en maskeret udgave af det først."),
    "no_reason": _("Der er en maskeret udgave. Skriv, hvorfor originalen skal med."),
    "not_allowed": _("Du kan kun give den maskerede udgave videre. Spørg den, der har sagen."),
    "covered_since": _("Noget i pakken er dækket siden. Skriv, hvorfor den alligevel skal ud, eller lav en ny pakke."),
    "erased": _("Sagens beviser er slettet. De kan ikke gives videre."),
    "not_ready": _("Pakken er ikke færdig endnu. Prøv igen om lidt."),
    "weak_passphrase": _("Kodeordet er for kort. Skriv mindst %(least)s tegn, for eksempel fire ord."),
    "not_repeated": _("De to kodeord er ikke ens."),
    "no_key": _("Skriv modtagerens offentlige nøgle."),
    "bad_key": _("Det er ikke en nøgle, vi kan bruge. Den begynder med “age1”, “ssh-ed25519” eller “ssh-rsa”."),
    "too_large": _("Pakken er for stor til et kodeord. Brug modtagerens offentlige nøgle."),
    "damaged": _("Pakken er ikke længere den, der blev lavet. Lav en ny."),
}

# Why a bundle could not be made, as a sentence for the page.
PROBLEMS: dict[str, str] = {
    "damaged": _("Et af beviserne er ikke længere det, der blev afleveret. Sig det til din administrator."),
    "infected": _("Et af beviserne er meldt farligt for en computer. Hent det låst for sig, og lav pakken uden."),
    "held_back": _("Noget er blevet dækket, siden pakken blev bestilt. Bestil en ny."),
    "overview": _("Oversigten kunne ikke laves. Sig det til din administrator."),
    "not_kept": _("Der var ikke plads til at gemme pakken. Sig det til din administrator."),
    "fault": _("Noget gik galt. Prøv igen, eller sig det til din administrator."),
}

_KEY = re.compile(r"(age1[0-9a-z]{20,4000}|ssh-(ed25519|rsa) [A-Za-z0-9+/=]{40,2000}( .{0,200})?)")


def refuse(code: str, field: str = "", **params: str) -> Refusal:
    return Refusal(code, REFUSALS[code], params, field=field)


def check_asked(asked: Asked, *, everything: Collection[Item], may_originals: bool) -> tuple[Refusal, ...]:
    """Every reason not to make it. `everything`: all items of the case. One with a masked copy goes out as that copy,
    and one that shows what a mask covers elsewhere goes out not at all, unless somebody with the right asks for the
    original and says why."""
    there = {item.id for item in everything if item.made_by != "mask"}
    back = {item.id for item in evidence.held_back(everything)}
    covered = back | set(evidence.masks(everything))
    found = [*_check_text(asked.purpose, "purpose", PURPOSE_MAX)]
    found += _check_text(asked.recipient, "recipient", RECIPIENT_MAX)
    if not asked.items:
        found.append(refuse("no_items", "items"))
    if not {*asked.items, *asked.originals} <= there:
        found.append(refuse("not_here", "items"))
    if back & {*asked.items} - {*asked.originals}:
        found.append(refuse("held_back", "items"))
    if {*asked.originals} & covered:
        if not may_originals:
            found.append(refuse("not_allowed", "originals"))
        elif not asked.why_originals.strip():
            found.append(refuse("no_reason", "why_originals"))
    if len(asked.why_originals) > PURPOSE_MAX:
        found.append(refuse("too_long", "why_originals", most=str(PURPOSE_MAX)))
    return tuple(found)


# Of what is covered, only what somebody told of where and when; not the words around it, and nothing read in the file.
_TOLD_OF_A_MASK = ("url", "context", "posted_on", "posted_at", "taken_by", "taken_with", "taken_on", "taken_at")


def known_of(item: Item, known: Provenance) -> tuple[dict[str, object], dict[str, object]]:
    """What was told of an item and what was read in it, without what is not known. `known` is of what it stands for."""
    said = {name: value for name, value in asdict(known.said).items() if value not in ("", "unknown")}
    if item.made_by == "mask":
        return {name: value for name, value in said.items() if name in _TOLD_OF_A_MASK}, {}
    found = {name: list(v) if isinstance(v, tuple) else v for name, v in asdict(known.found).items() if v}
    return said, found


def check_take(covered: Collection[Item], *, may_originals: bool, why: str) -> Refusal | None:
    """A bundle that shows what was covered since is handed out anew only by somebody with the right, who says why."""
    if not covered:
        return None
    if not may_originals:
        return refuse("not_allowed", "why")
    if not why.strip():
        return refuse("covered_since", "why")
    return refuse("too_long", "why", most=str(PURPOSE_MAX)) if len(why) > PURPOSE_MAX else None


def _check_text(text: str, field: str, most: int) -> Iterator[Refusal]:
    if not text.strip():
        yield refuse(f"no_{field}", field)
    elif len(text) > most:
        yield refuse("too_long", field, most=str(most))


def check_passphrase(first: str, again: str) -> Refusal | None:
    if len(first) < PASSPHRASE_MIN:
        return refuse("weak_passphrase", "passphrase", least=str(PASSPHRASE_MIN))
    return None if first == again else refuse("not_repeated", "again")


def check_key(text: str) -> Refusal | None:
    """Looks like a public key; whether it is one, the library says that encrypts to it."""
    if not text.strip():
        return refuse("no_key", "key")
    return None if _KEY.fullmatch(text.strip()) else refuse("bad_key", "key")


# --- what stands in the files ---------------------------------------------------------------------------------


def file_of(item: Included) -> str:
    """Neutral and safe: the name somebody gave the file stands in the list, not in the folder."""
    masked = "-masked" if item.made_by == "mask" else ""
    return f"data/items/{item.number:03d}{masked}{item.extension}"


def root_of(about: About) -> str:
    return f"bevispakke-{about.case}-{about.number}"


@dataclass(frozen=True, slots=True)
class Slice:
    """The journal as far as a bundle shows it: lines to write, and what a reader needs to begin and to end at."""

    lines: bytes
    shown: tuple[dict[str, object], ...]
    told: dict[str, object]
    hashes: dict[int, str]

    def hash_at(self, seq: int) -> str:
        return self.hashes[seq]


def slice_of(about: About, rows: Iterable[Entry | str], items: Collection[UUID]) -> Slice:
    """`rows` as `journal.queries.proof_of` gives them: the first is an entry of the case. None: `ValueError`."""
    lines, shown, hashes = [], [], {}
    wanted = {str(one) for one in items}
    rows = iter(rows)
    first = next(rows, "")
    if isinstance(first, str):
        raise ValueError("a case without an entry")
    seq, reached = first.seq, first.prev
    for row in chain([first], rows):
        if isinstance(row, str):
            line: dict[str, object] = {"commitment": row}
            reached = journal.link(reached, row)
        else:
            line = _row(row, shows=_is_shown(row, wanted, about))
            reached = row.hash
            if line["payload"] is not None:
                shown.append(line)
        lines.append(verify.canonical(line) + b"\n")
        hashes[seq] = reached
        seq += 1
    told = {"chain": about.chain, "first": first.seq, "prev": first.prev, "last": seq - 1, "head": reached}
    return Slice(b"".join(lines), tuple(shown), told, hashes)


def _is_shown(entry: Entry, items: Collection[str], about: About) -> bool:
    """Shown whole: what was done with the items that go along, the sending of the report, and this bundle itself.
    Of anything else on the case a reader sees act, time and actor, and the digest of the rest."""
    return (
        entry.act == "send_report"
        or str(entry.data.get("item")) in items
        or entry.data.get("bundle") == str(about.bundle)
    )


def _row(entry: Entry, *, shows: bool) -> dict[str, object]:
    kept = entry.payload if shows else None
    return {
        "chain": entry.chain,
        "seq": entry.seq,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "act": entry.act,
        "actor_id": entry.actor_id,
        "subject": entry.subject,
        "payload_digest": entry.payload_digest,
        "hash": entry.hash,
        "payload": {"salt": kept.salt, "actor_name": kept.actor_name, "data": kept.data} if kept else None,
    }


def custody_of(shown: Iterable[dict[str, object]], items: Collection[UUID]) -> list[dict[str, object]]:
    wanted = {str(one) for one in items}
    return [verify.custody_row(row) for row in shown if row["payload"]["data"].get("item") in wanted]  # type: ignore[index]


def entry_of(item: Included, shown: Iterable[dict[str, object]]) -> int | None:
    """The number of the entry that says this very file was taken in, or made; None when the journal has none."""
    for row in shown:
        data = row["payload"]["data"]  # type: ignore[index]
        if (data.get("item"), data.get("sha256")) == (str(item.id), item.sha256):
            return int(str(row["seq"]))
    return None


def told_of(item: Included, entry: int | None) -> dict[str, object]:
    """An item as bundle.json describes it. What is not known is null, never left to be guessed."""
    return {
        "id": str(item.id),
        "number": item.number,
        "file": file_of(item),
        "name": item.name,
        "kind": item.kind,
        "mime": item.mime,
        "size": item.size,
        "sha256": item.sha256,
        "note": item.note,
        "taken_in_at": moment(item.added_at),
        "made_by": item.made_by or None,
        "made_of": item.made_of,
        "said": item.said,
        "found": item.found,
        "entry": entry,
    }


def stamp_files(number: int) -> tuple[str, str]:
    return f"data/stamps/{number:03d}.tsr", f"data/stamps/{number:03d}-roots.pem"


def told_of_stamp(stamp: Stamp, number: int) -> dict[str, object]:
    file, roots = stamp_files(number)
    about: dict[str, object] = {"item": str(stamp.item)} if stamp.item else {"seq": stamp.seq}
    told = {"file": file, "roots": roots, "bare": False, "authority": stamp.authority}
    return {**told, **about, "at": moment(stamp.gen_time)}


def moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")


def head_of(
    about: About,
    items: Iterable[dict[str, object]],
    stamps: Iterable[dict[str, object]],
    told: dict[str, object],
    overview: str,
) -> dict[str, object]:
    """bundle.json: what the bundle is, and where everything in it stands."""
    return {
        "format": verify.FORMAT,
        "bundle": str(about.bundle),
        "number": about.number,
        "case": about.case,
        "organisation": about.organisation,
        "purpose": about.purpose,
        "recipient": about.recipient,
        "asked_by": about.asked_by,
        "asked_at": moment(about.asked_at),
        "why_originals": about.why_originals or None,
        "items": list(items),
        "stamps": list(stamps),
        "journal": told,
        "overview": {"file": "data/overview.pdf", "sha256": overview},
    }
