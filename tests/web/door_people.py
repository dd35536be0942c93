"""Everybody who could stand before a door, three cases to try them on, and what each is to each case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.contrib.auth import get_user_model

from tests.cases_kit import adopt, fresh, relations, report
from tests.people_kit import SINCE, Municipality, a_municipality, actor
from tests.web.report.kit import a_picture
from vaern.bundle import service as bundle
from vaern.bundle.facts import Asked
from vaern.cases import service
from vaern.cases.models import Case, Part
from vaern.evidence import service as evidence
from vaern.evidence.facts import Box
from vaern.handover import service as handovers
from vaern.letters import service as letters
from vaern.people import service as people
from vaern.people.models import Post
from vaern.referral import service as referral
from vaern.referral.facts import Asked as AskedToRead
from vaern.takedown import service as takedown
from vaern.takedown.facts import Asked as AskedToRemove

EVERYBODY = (
    "anna", "mads", "lone", "karim", "amalie", "troels", "signe", "henrik", "hanne", "carla", "adam", "olav", "xenia",
)  # fmt: skip
# What a person is to a case, in words. A safety representative and a level above need no part: their posts say it.
PARTS: dict[str, dict[str, str]] = {
    # Just reported by Karim for Anna, to Mads.
    "new": {
        "anna": "the affected employee",
        "karim": "who reported it",
        "mads": "the manager",
        "lone": "the level above",
        "amalie": "the safety representative",
    },
    # Everybody who can have a part has one, and Anna has said yes to both representatives.
    "full": {
        "anna": "the affected employee",
        "karim": "who reported it",
        "mads": "the manager",
        "lone": "the level above, stepped in",
        "amalie": "the safety representative, with her yes",
        "troels": "the shop steward, with her yes",
        "signe": "the secretariat",
        "henrik": "the head of authority",
        "hanne": "HR",
    },
    # Reported by Anna, who says that Mads is part of it.
    "against": {
        "anna": "the affected employee",
        "lone": "the manager",
        "amalie": "the safety representative",
    },
}


@dataclass(frozen=True)
class Stage:
    """Ids to fill addresses with. `people` are user rows by name; None is somebody who is not logged in."""

    town: Municipality
    people: dict[str, object]
    cases: dict[str, str]
    items: dict[str, str]
    masks: dict[str, str]
    bundles: dict[str, str]
    letters: dict[str, str]
    handovers: dict[str, str]
    watches: dict[str, str]
    referrals: dict[str, str]
    draft: str
    absence: int
    deputy: int
    post: int


def a_stage() -> Stage:
    town, now = a_municipality(), datetime.now(UTC)
    adopt(town.organisation_id, "brovst")
    told = {"who": "colleague", "affected_id": town.anna.pk, "affected_name": "Anna Ankersen"}
    new = report(town.karim, town.mads, now=now, **told)
    full = report(town.karim, town.mads, now=now, **told)
    against = report(town.anna, town.mads, now=now, manager_away="part_of_it")
    _fill(town, full.pk, now)
    cases = {"new": new, "full": full, "against": against}
    items = {name: _picture(town, name, case.pk, now) for name, case in cases.items()}
    post = Post.objects.get(user=town.mads)
    stray = get_user_model().objects.create(email="stray@nowhere.example", name="Stray")
    return Stage(
        town=town,
        people={**{name: getattr(town, name) for name in EVERYBODY}, "a stray": stray, "nobody": None},
        cases={name: str(case.pk) for name, case in cases.items()},
        items=items,
        masks={name: _masked(town, case.pk, now) for name, case in cases.items()},
        bundles={name: _bundle(town, case.pk, items[name], now) for name, case in cases.items()},
        letters={name: _letter(town, case.pk, now) for name, case in cases.items()},
        referrals={name: _referral(town, case.pk, now) for name, case in cases.items()},
        watches={name: _watch(town, case.pk, now) for name, case in cases.items()},
        handovers={name: _handover(town, case.pk, now) for name, case in cases.items()},
        draft=str(service.start_report(actor=actor(town.anna), who="me", now=now).pk),
        absence=people.set_absence(actor=None, user_id=town.olav.pk, from_date=SINCE, to_date=SINCE, now=now),
        deputy=people.set_deputy(
            actor=None, post_id=post.pk, user_id=town.olav.pk, from_date=SINCE, to_date=SINCE, now=now
        ),
        post=post.pk,
    )


def _fill(town: Municipality, case_id: object, now: datetime) -> None:
    """Everybody in, and messages, a note and an account, so that every page has something to show."""
    for consent in ("tr_reads", "amr_reads"):
        service.give_consent(actor=actor(town.anna), case_id=case_id, consent=consent, answer="yes", now=now)
    for user, role in ((town.signe, "secretariat"), (town.henrik, "head_of_authority"), (town.hanne, "hr")):
        if not Part.objects.filter(case_id=case_id, user=user).exists():
            service.bring_in(
                actor=actor(town.mads), case_id=case_id, user_id=user.pk, role=role, reason="Hjælp", now=now
            )
    service.step_in(actor=actor(town.lone), case_id=case_id, reason="Der er stille", now=now)
    service.write_message(actor=actor(town.mads), case_id=case_id, from_affected=False, text="Hej Anna", now=now)
    service.write_note(actor=actor(town.mads), case_id=case_id, text="Internt", now=now)
    service.add_account(actor=actor(town.anna), case_id=case_id, text="Det var sådan her", now=now)


def _picture(town: Municipality, name: str, case_id: object, now: datetime) -> str:
    upload = a_picture(colour=(20, 90, len(name)))
    return str(evidence.take_in(actor=actor(town.anna), upload=upload, case_id=case_id, now=now).id)


def _bundle(town: Municipality, case_id: object, item: str, now: datetime) -> str:
    asked = Asked((UUID(item),), (), "Anmeldelse", "Politiet")
    made = bundle.make_bundle(actor=actor(town.mads), case_id=case_id, asked=asked, may_originals=True, now=now)
    return str(made.id)


def _letter(town: Municipality, case_id: UUID, now: datetime) -> str:
    return str(letters.draft_letter(actor=actor(town.mads), case_id=case_id, template="to_author", now=now).id)


def parts_as_the_program_sees_them(stage: Stage, case: str) -> dict[str, set[str]]:
    """The relations of everybody in the municipality who has any, for comparing with `PARTS`."""
    row = fresh(Case.objects.get(pk=stage.cases[case]))
    users = {name: user for name, user in stage.people.items() if user is not None}
    found = {name: set(relations(user, row)) for name, user in users.items()}  # type: ignore[arg-type]
    return {name: words for name, words in found.items() if words}


def _masked(town: Municipality, case_id: UUID, now: datetime) -> str:
    """A covered copy of something else than the stage's item: a mask of that would hide it from those who only read."""
    other = evidence.take_in(actor=actor(town.anna), upload=a_picture(colour=(3, 3, 3)), case_id=case_id, now=now)
    made = evidence.mask_evidence(
        actor=actor(town.anna), relations={"affected"}, item=other, boxes=[Box(0, 0, 100, 100)], now=now
    )
    return str(made.id)


def _handover(town: Municipality, case_id: UUID, now: datetime) -> str:
    return str(handovers.start_handover(actor=actor(town.mads), case_id=case_id, channel="safetynet", now=now).id)


def _watch(town: Municipality, case_id: UUID, now: datetime) -> str:
    asked = AskedToRemove("https://example.org/opslag/1", "platform", now)
    return str(takedown.start_watch(actor=actor(town.mads), case_id=case_id, asked=asked, now=now).id)


def _referral(town: Municipality, case_id: UUID, now: datetime) -> str:
    asked = AskedToRead("Advokat Ask", "Vurdering", ("what",), 14)
    return str(referral.make_referral(actor=actor(town.mads), case_id=case_id, asked=asked, now=now)[0].id)
