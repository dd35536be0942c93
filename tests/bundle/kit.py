"""A case with evidence, and a bundle of it, made by the job as a worker runs it."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from tests.cases_kit import NOW, open_case
from tests.evidence.files import upload
from tests.people_kit import Municipality, actor
from tests.web.report.kit import a_picture
from vaern.bundle import queries, service
from vaern.bundle.facts import Asked, Bundle
from vaern.bundle.models import Bundle as Row
from vaern.cases.models import Case
from vaern.evidence import queries as evidence_queries
from vaern.evidence import service as evidence
from vaern.evidence.facts import Item


def a_case(people: Municipality) -> tuple[Case, list[Item]]:
    """Anna's case with a picture and a text; another case's entries lie between."""
    case = open_case(people)
    other = open_case(people)
    evidence.take_in(actor=actor(people.anna), upload=a_picture(), case_id=case.pk, note="Opslaget", now=NOW)
    evidence.take_in(actor=actor(people.anna), upload=a_picture(colour=(1, 2, 3)), case_id=other.pk, now=NOW)
    text = upload("=sms.txt", "Ring til mig på æøå\n".encode())
    evidence.take_in(actor=actor(people.anna), upload=text, case_id=case.pk, now=NOW)
    return case, evidence_queries.items_of_case(case.pk)


def ask(people: Municipality, case: Case, chosen: list[Item], **more: object) -> Bundle:
    ids = tuple(item.id for item in chosen)
    fields = {"items": ids, "originals": (), "purpose": "Anmeldelse", "recipient": "Politiet", **more}
    return service.make_bundle(
        actor=actor(people.mads),
        case_id=case.pk,
        asked=Asked(**fields),  # type: ignore[arg-type]
        may_originals=True,
        now=NOW,
    )


def make(bundle: Bundle) -> Bundle:
    service.make_asked(bundle=str(bundle.id))
    return queries.bundle(bundle.case_id, bundle.id)


def zip_of(bundle: Bundle, path: Path) -> Path:
    kept = Row.objects.get(pk=bundle.id).zip
    assert isinstance(kept, UUID)
    path.write_bytes(b"".join(evidence.kept(kept)))
    return path
