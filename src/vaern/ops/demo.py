"""The invented municipalities of `./run demo`: people, posts, guidelines in use and a case under way in each.

Everything is made through the services, as a real installation would make it. Nobody here exists.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.contrib.auth import get_user_model
from PIL import Image, ImageDraw

from vaern.cases import service as cases
from vaern.cases.facts import Submission
from vaern.cases.queries import case_for, plan_of, relations
from vaern.core.workdays import DANISH_TIME
from vaern.evidence import service as evidence
from vaern.guideline.facts import State
from vaern.ops.rehearsal import laid_together
from vaern.people import queries as people
from vaern.people import service
from vaern.people.facts import Actor, Role
from vaern.stamps import service as stamps

# Printed for everybody, and only where VAERN_DEMO is on.
PASSWORD = "prøv-værn-i-dag"  # nosec B105
SINCE = date(2024, 1, 1)


@dataclass(frozen=True, slots=True)
class Place:
    slug: str
    name: str
    pack: str
    root: str
    area: str
    team: str


PLACES = (
    Place("brovst", "Brovst (opdigtede personer)", "brovst", "Kommunen", "Social, Senior og Ydelse", "Myndighed"),
    Place(
        "albertslund", "Albertslund (opdigtede personer)", "albertslund", "Kommunen", "Børn og Familie", "Familiehuset"
    ),
)

# (first name, last name, title, role, level: 0 the whole organisation, 1 the area, 2 the team)
CAST = (
    ("Anna", "Agerlund", "Sagsbehandler", Role.EMPLOYEE, 2),
    ("Karim", "Kofoed", "Sagsbehandler", Role.EMPLOYEE, 2),
    ("Mads", "Mølgaard", "Afdelingsleder", Role.MANAGER, 2),
    ("Lone", "Løvstrøm", "Centerchef", Role.MANAGER, 1),
    ("Amalie", "Ahrenkiel", "Arbejdsmiljørepræsentant", Role.AMR, 2),
    ("Troels", "Tornhøj", "Tillidsrepræsentant", Role.TR, 2),
    ("Signe", "Sandbæk", "Jurist i sekretariatet", Role.SECRETARIAT, 0),
    ("Henrik", "Højrup", "Myndighedschef", Role.HEAD_OF_AUTHORITY, 0),
    ("Hanne", "Hedelund", "HR-konsulent", Role.HR, 0),
    ("Carla", "Clemmesen", "Medlem af MED-udvalget", Role.COMMITTEE, 0),
    ("Adam", "Aabling", "Administrator", Role.ADMINISTRATOR, 0),
)  # fmt: skip


def make_demo(packs: Path, now: datetime) -> Iterator[str]:
    """Makes what is missing, and yields the lines to print: who can log in, and with what."""
    for place in PLACES:
        if people.organisation_by_slug(place.slug) is None:
            _make(place, packs, now)
        yield f"{place.name}:"
        for first, last, title, _, _ in CAST:
            yield f"  {first.lower()}@{place.slug}.example".ljust(34) + f"{first} {last}, {title}"
    stamps.stamp(now=now)
    yield f"Password for all of them: {PASSWORD}"


def _make(place: Place, packs: Path, now: datetime) -> None:
    begun = now - timedelta(days=30)
    organisation = service.create_organisation(name=place.name, slug=place.slug, demo=True, now=begun)
    evidence.create_key(organisation_id=organisation, now=begun)
    units = _units(place, organisation, begun)
    actors = {first: _person(place, organisation, units, row, begun) for row in CAST for first in (row[0],)}
    composed = laid_together(packs / place.pack, [packs / "national", packs / "care"])
    cases.adopt_guideline(organisation_id=organisation, composed=composed, actor_id=None, now=begun)
    _case(actors, now - timedelta(days=1, hours=2))


def _units(place: Place, organisation: int, now: datetime) -> list[int]:
    """The root, the area and the team, each below the one before."""
    made: list[int] = []
    for code, name in (("1", place.root), ("10", place.area), ("101", place.team)):
        parent = made[-1] if made else None
        made.append(
            service.create_unit(
                actor=None, organisation_id=organisation, code=code, name=name, parent_id=parent, now=now
            )
        )
    return made


def _person(
    place: Place, organisation: int, units: list[int], row: tuple[str, str, str, Role, int], now: datetime
) -> Actor:
    first, last, title, role, level = row
    user = service.create_user(
        actor=None,
        organisation_id=organisation,
        email=f"{first.lower()}@{place.slug}.example",
        name=f"{first} {last}",
        title=title,
        unit_id=units[level],
        password=PASSWORD,
        now=now,
    )
    service.give_post(actor=None, user_id=user, unit_id=units[level], role=role, from_date=SINCE, now=now)
    return people.actor_of(get_user_model().objects.get(pk=user), today=now.date())


def _case(actors: dict[str, Actor], now: datetime) -> None:
    """A case under way: reported yesterday with a picture, and a first word from the manager."""
    anna, mads = actors["Anna"], actors["Mads"]
    draft = cases.start_report(actor=anna, who="me", now=now)
    local = now.astimezone(DANISH_TIME)
    answers: dict[str, object] = {
        "what": "En borger har skrevet mit navn i en lokal gruppe og kaldt mig løgner. Flere har delt det.",
        "platform": "facebook",
        "posted_on": str(local.date()),
        "posted_at": (local - timedelta(hours=1)).strftime("%H:%M"),
        "discovered_on": str(local.date()),
        "still_online": "yes",
        "danger_now": "no",
        "author_known": "yes",
        "author": "Opdigtet profil »Nabo Nr. 7«",
        "author_relation": "citizen",
        "impact": "Jeg har svært ved at koncentrere mig.",
        "manager_id": mads.user_id,
    }
    cases.write_report(actor=anna, draft_id=draft.pk, answers=answers, now=now)
    evidence.take_in(actor=anna, upload=_Picture(), draft_id=draft.pk, note="Opslaget med kommentarer", now=now)
    case = evidence.send_report(actor=anna, draft_id=draft.pk, now=now)
    heard = now + timedelta(hours=1)
    words = "Tak, fordi du sagde det. Jeg har sagen og ringer til dig i dag."
    cases.write_message(actor=mads, case_id=case.pk, from_affected=False, text=words, now=heard)
    _first_note(mads, case.pk, heard)


def _first_note(mads: Actor, case_id: UUID, now: datetime) -> None:
    """The manager's first duty, done: the first owed one that is settled by a note or a conversation."""
    case = case_for(mads, case_id)
    assert case is not None
    plan = plan_of(case, now)
    kinds = {"note", "conversation"}
    first = next((r for r in plan.rows if r.state is State.OWED and plan.composed.duty[r.id].kind in kinds), None)
    if first is None:
        return
    said = Submission(text="Vi talte en halv time. Hun vil helst blive på arbejde i dag.")
    cases.fulfil_duty(
        actor=mads, relations=relations(mads, case), case_id=case.pk, duty_id=first.id, given=said,
        times_seen=first.times_done, evidence_count=1, now=now,
    )  # fmt: skip


class _Picture(io.BytesIO):
    """An invented screenshot, drawn on the spot."""

    name = "skærmbillede.png"

    def __init__(self) -> None:
        super().__init__()
        picture = Image.new("RGB", (720, 1280), "white")
        draw = ImageDraw.Draw(picture)
        draw.rectangle((0, 0, 720, 90), fill="#3b5998")
        draw.text((40, 140), "Opdigtet opslag i en opdigtet gruppe", fill="black", font_size=32)
        draw.text((40, 220), "»Hende fra kommunen lyver!«", fill="black", font_size=32)
        picture.save(self, "PNG")
        self.size = self.tell()
        self.seek(0)
