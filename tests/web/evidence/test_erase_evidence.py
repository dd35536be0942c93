"""The end of a case's evidence, from the page: when its time is over, with a reason, by the secretariat or HR."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from tests.cases_kit import NOW, open_case
from tests.evidence.files import GOOD, upload
from tests.people_kit import Municipality, a_municipality, actor, logged_in
from vaern.cases import service as cases
from vaern.cases.models import Case
from vaern.evidence import models, queries, service


@pytest.fixture
def people(db: None) -> Municipality:
    return a_municipality()


def test_the_page_waits_for_the_day_and_then_asks_why(people: Municipality) -> None:
    case = open_case(people)
    service.take_in(actor=actor(people.anna), upload=upload(*GOOD["png"]), case_id=case.pk, now=NOW)
    cases.bring_in(
        actor=actor(people.mads), case_id=case.pk, user_id=people.hanne.pk, role="hr", reason="Hjælp", now=NOW
    )
    path = f"/case/{case.pk}/erase_evidence/"
    assert "Sagen er ikke afsluttet" in logged_in(people.hanne).get(path).content.decode()
    Case.objects.filter(pk=case.pk).update(state="closed", closed_at=NOW)
    with time_machine.travel(NOW):
        early = logged_in(people.hanne)
        page = early.get(path).content.decode()
        assert "Sagens beviser skal gemmes til og med" in page
        assert 'name="reason"' not in page
        assert early.post(path, {"reason": "Jeg vil gerne af med dem."}).status_code == 422
    with time_machine.travel(NOW + timedelta(days=6 * 366)):
        hanne = logged_in(people.hanne)
        page = hanne.get(path).content.decode()
        assert "1 bevis bliver slettet for altid, også i sikkerhedskopier." in page
        refused = hanne.post(path, {"reason": " "})
        assert (refused.status_code, "Skriv hvorfor" in refused.content.decode()) == (422, True)
        for other in (people.adam, people.mads, people.anna, people.xenia):
            assert logged_in(other).post(path, {"reason": "x"}).status_code == 404
        assert models.Key.objects.get(case_id=case.pk).erased_at is None
        assert hanne.post(path, {"reason": "Tiden er gået."}).status_code == 302
        assert models.Key.objects.get(case_id=case.pk).erased_at is not None
        assert "Sagens beviser er slettet." in hanne.get(f"/case/{case.pk}/").content.decode()
        assert "1. slettet" in hanne.get(f"/case/{case.pk}/").content.decode()
        (item,) = queries.items_of_case(case.pk)
        for who in (people.anna, people.hanne, people.mads):
            client = logged_in(who)
            pages = ["mine" if who == people.anna else "timeline", f"evidence/{item.id}", "search_evidence"]
            pages += ["bundles", "make_bundle"] if who == people.mads else []
            for page in pages:
                assert client.get(f"/case/{case.pk}/{page}/").status_code == 200, page
            assert client.post(f"/case/{case.pk}/evidence/{item.id}/preview/").status_code == 422
            assert client.post(f"/case/{case.pk}/search_evidence/", {"word": "opslag"}).status_code == 200
        asked = {"items": [str(item.id)], "purpose": "Anmeldelse", "recipient": "Politiet"}
        refused = logged_in(people.mads).post(f"/case/{case.pk}/make_bundle/", asked)
        assert (refused.status_code, "De kan ikke gives videre" in refused.content.decode()) == (422, True)
        Case.objects.filter(pk=case.pk).update(state="open", closed_at=None)
        late = logged_in(people.mads).post(f"/case/{case.pk}/take_in_evidence/", {"evidence": [upload(*GOOD["txt"])]})
        assert (late.status_code, "der kan ikke lægges nye på" in late.content.decode()) == (422, True)
        assert hanne.post(path, {"reason": "Tiden er gået."}).status_code == 422
