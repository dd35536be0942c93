"""What is written for one bundle: the overview, made by a program of its own, and the two READMEs."""

from __future__ import annotations

import base64
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.utils import timezone, translation

from vaern.bundle import rules
from vaern.bundle.contents import Gathered
from vaern.bundle.facts import Included, Stamp
from vaern.core.bare import environment
from vaern.journal.rules import ACTS

RENDERER = "vaern.bundle.pdf"
SECONDS = 300
# What the overview calls what somebody told of an item, and what was read in the file.
SAID = {
    "url": "adresse",
    "context": "slags",
    "posted_on": "lagt op",
    "posted_at": "lagt op kl.",
    "taken_by": "gemt af",
    "taken_with": "gemt med",
    "taken_on": "gemt",
    "taken_at": "gemt kl.",
    "thread": "tråden",
    "group": "gruppe",
    "group_closed": "lukket gruppe",
    "shares": "delinger",
    "reactions": "reaktioner",
}
VALUES = {
    "post": "opslag",
    "comment": "kommentar",
    "profile": "profil",
    "group": "gruppe",
    "story": "story",
    "message": "besked",
    "call": "opkald",
    "yes": "ja",
    "no": "nej",
}
FOUND = {
    "taken_at": "taget",
    "device": "apparat",
    "program": "program",
    "place": "sted",
    "sender": "afsender",
    "recipient": "modtager",
    "subject": "emne",
    "sent_at": "sendt",
    "message_id": "mailens id",
    "received": "servere på vejen",
    "dkim": "underskrevet af domæne (ikke prøvet)",
    "url": "adresse",
    "saved_at": "gemt",
    "title": "titel",
    "author": "forfatter",
    "created_at": "oprettet",
    "changed_at": "ændret",
}


class NotRendered(Exception):
    """The overview could not be made; the last line of what the program said."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened, for the table of what happened when."""

    at: datetime
    what: str
    number: int | None
    who: str


Pictures = Mapping[UUID, Callable[[], bytes | None]]


def drawn(found: Gathered, pictures: Pictures) -> bytes:
    """The overview as PDF/A, with a small picture of each item that is one. `NotRendered` when the renderer fails."""
    with _danish():
        page = render_to_string("bundle/overview.html", _overview(found, pictures))
    return pdf_of(page)


def pdf_of(page: str) -> bytes:
    """An HTML page as PDF/A-3a and PDF/UA, made by a program of its own. `NotRendered` when the renderer fails."""
    command = [sys.executable, "-m", RENDERER]
    try:
        done = subprocess.run(command, input=page.encode(), capture_output=True, timeout=SECONDS, env=environment())
    except (OSError, subprocess.TimeoutExpired) as why:
        raise NotRendered(type(why).__name__) from None
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        raise NotRendered((done.stderr.decode("utf-8", "replace").strip().splitlines() or ["?"])[-1])
    return done.stdout


def readmes(found: Gathered) -> dict[str, bytes]:
    told = {"about": found.about, "stamps": [_told(found, stamp, n) for n, stamp in enumerate(found.stamps, 1)]}
    with _danish():
        return {name: render_to_string(f"bundle/{name}", told).encode() for name in ("README-da.txt", "README-en.txt")}


@contextmanager
def _danish() -> Iterator[None]:
    """Danish time and Danish words, whatever the worker's own."""
    with translation.override("da"), timezone.override("Europe/Copenhagen"):
        yield


def _overview(found: Gathered, pictures: Pictures) -> dict[str, Any]:
    return {
        "about": found.about,
        "items": [_item(found, item, pictures[item.id]()) for item in found.items],
        "stamps": found.stamps,
        "stamped_items": len({stamp.item for stamp in found.stamps if stamp.item}),
        "stamped_ends": [stamp for stamp in found.stamps if stamp.item is None],
        "happened": sorted(_happened(found), key=lambda line: line.at),
    }


def _item(found: Gathered, item: Included, picture: bytes | None) -> dict[str, Any]:
    return {
        "told": rules.told_of(item, rules.entry_of(item, found.slice.shown)),
        "added_at": item.added_at,
        "said": [(SAID.get(name, name), VALUES.get(str(text), text)) for name, text in item.said.items()],
        "found": [(FOUND.get(name, name), _words(value)) for name, value in item.found.items()],
        "stamps": [stamp for stamp in found.stamps if stamp.item == item.id],
        "picture": f"data:image/jpeg;base64,{base64.b64encode(picture).decode()}" if picture else "",
    }


def _words(value: object) -> str:
    return ", ".join(str(one) for one in value) if isinstance(value, list) else str(value)


def _happened(found: Gathered) -> Iterator[Line]:
    for row in rules.custody_of(found.slice.shown, [item.id for item in found.items]):
        act, number = str(row["act"]), row["number"]
        at = datetime.fromisoformat(str(row["at"]))
        yield Line(at, ACTS.get(act, act), number if isinstance(number, int) else None, str(row["actor_name"]))
    numbers = {item.id: item.number for item in found.items}
    for stamp in found.stamps:
        what = "tidsstemplet" if stamp.item else f"journalen tidsstemplet til og med nummer {stamp.seq}"
        yield Line(stamp.gen_time, what, numbers.get(stamp.item) if stamp.item else None, stamp.authority)


def _told(found: Gathered, stamp: Stamp, number: int) -> dict[str, Any]:
    """A stamp as the README shows it: the command, with every word filled in."""
    file, roots = rules.stamp_files(number)
    item = next((one for one in found.items if one.id == stamp.item), None)
    return {
        "authority": stamp.authority,
        "about_da": f"bevis {item.number}" if item else f"journalen til og med nummer {stamp.seq}",
        "about_en": f"item {item.number}" if item else f"the journal as far as number {stamp.seq}",
        "digest": item.sha256 if item else found.slice.hash_at(stamp.seq or 0),
        "file": file,
        "roots": roots,
        "seconds": int(stamp.gen_time.timestamp()),
    }
