"""Runs inside an installation: is everything that got a receipt there, whole, and nothing half? Prints JSON.

Reads from its input a list of `{"case", "words", "sha256"}`: what the clients were told had been received. It looks at
the rows and the files themselves, and not through the program's own queries, which could share a mistake with what
they would be checking.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import django
import pyrage

django.setup()

from django.conf import settings  # noqa: E402

from vaern.cases.models import Account, Case, Draft, DutyOwner, DutyRow, Part  # noqa: E402
from vaern.evidence.models import Item  # noqa: E402
from vaern.journal import queries as journal  # noqa: E402
from vaern.journal.models import Entry, Payload  # noqa: E402


def audit(receipts: list[dict[str, str]]) -> dict[str, Any]:
    cases = {str(case.pk): case for case in Case.objects.all()}
    problems = [problem for case in cases.values() for problem in whole(case)]
    problems += [problem for told in receipts for problem in received(told, cases)]
    problems += [problem for item in Item.objects.all() for problem in kept(item)]
    problems += drafts(set(cases))
    reports = list(journal.verify_chains())
    problems += [f"chain {found.chain}: {found.code} at {found.seq}" for one in reports for found in one.breaks]
    return {
        "cases": len(cases),
        "items": Item.objects.count(),
        "entries": sum(one.entries for one in reports),
        "objects": dict(Item.objects.values_list("sha256", "object")),
        "problems": problems,
    }


def whole(case: Case) -> Iterator[str]:
    """Every case, with or without a receipt: all of what one transaction writes, or nothing of it."""
    there = Counter(Part.objects.filter(case=case).values_list("role", flat=True))
    if there["manager"] != 1 or there["affected"] != 1:
        yield f"case {case.number}: parts {dict(there)}"
    rows = DutyRow.objects.filter(case=case)
    if not rows.filter(state="owed").exists():
        yield f"case {case.number}: nobody owes anything"
    if rows.count() != DutyOwner.objects.filter(case=case).values("row").distinct().count():
        yield f"case {case.number}: a duty without owner"
    if Account.objects.filter(case=case).count() != 1:
        yield f"case {case.number}: no account"
    if Draft.objects.filter(case=case).count() != 1:
        yield f"case {case.number}: not exactly one draft"
    sent = list(Entry.objects.filter(subject=f"case:{case.pk}", act="send_report"))
    items = list(Item.objects.filter(case_id=case.pk).order_by("number"))
    if len(sent) != 1:
        yield f"case {case.number}: {len(sent)} entries of sending"
    elif Payload.objects.get(entry=sent[0]).data["evidence"] != [item.sha256 for item in items]:
        yield f"case {case.number}: its files are not the ones its entry names"
    if [item.number for item in items] != list(range(1, len(items) + 1)):
        yield f"case {case.number}: its files are numbered wrongly"


def received(told: dict[str, str], cases: dict[str, Case]) -> Iterator[str]:
    """What somebody holds a receipt for."""
    case = cases.get(told["case"])
    if case is None:
        yield f"a receipt for a case that is not there: {told['case']}"
        return
    if case.what != told["words"]:
        yield f"case {case.number}: other words than were sent"
    if list(Item.objects.filter(case_id=case.pk).values_list("sha256", flat=True)) != [told["sha256"]]:
        yield f"case {case.number}: other files than were sent"


def kept(item: Item) -> Iterator[str]:
    """A row without its file, or with a file that is not what the row says."""
    place = Path(settings.EVIDENCE) / str(item.organisation_id) / item.object[:2] / item.object
    if not place.is_file():
        yield f"item {item.pk}: no file"
    elif sha256(place.read_bytes()).hexdigest() != item.object or opened(item, place.read_bytes()) != item.sha256:
        yield f"item {item.pk}: the file is damaged"


def opened(item: Item, sealed: bytes) -> str:
    """The SHA-256 of what is inside, opened by hand with the key files."""
    folder = Path(settings.KEYS) / str(item.organisation_id)
    secret = (folder / "organisation.key").read_text().split()[-1]
    case = pyrage.decrypt((folder / "cases" / f"{item.key_id.hex}.age").read_bytes(), [_identity(secret)])
    content = pyrage.decrypt(sealed, [_identity(case.decode())])
    return sha256(content).hexdigest() if len(content) == item.size else ""


def _identity(secret: str) -> pyrage.x25519.Identity:
    return pyrage.x25519.Identity.from_str(secret)


def drafts(cases: set[str]) -> list[str]:
    sent = {str(one) for one in Draft.objects.filter(case__isnull=False).values_list("case_id", flat=True)}
    left = Item.objects.filter(draft_id__in=Draft.objects.filter(case__isnull=False).values("pk"), case_id__isnull=True)
    lost = [f"item {item.pk}: its report was sent without it" for item in left.filter(withdrawn=False)]
    return lost if sent == cases else [*lost, "drafts that were sent, and cases, are not the same"]


if __name__ == "__main__":
    json.dump(audit(json.load(sys.stdin)), sys.stdout)
