"""What the page of a duty says of others' words: those agreed with the employee, and suggestions that bind nobody."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests.cases_kit import NOW, PACKS, open_case, report, settle
from tests.people_kit import Municipality, a_municipality, logged_in
from tests.web.case_kit import at
from vaern.cases import service
from vaern.guideline.compose import compose
from vaern.guideline.load import load

pytestmark = pytest.mark.django_db


def test_a_suggestion_is_shown_as_one_and_nobody_is_late_with_it() -> None:
    town: Municipality = a_municipality()
    composed = compose(load(PACKS / "brovst"), [load(PACKS / "national"), load(PACKS / "care")])
    service.adopt_guideline(organisation_id=town.organisation_id, composed=composed, actor_id=None, now=NOW)
    case = report(town.anna, town.mads)
    client = logged_in(town.mads)
    shown = client.get(at("fulfil_duty", case, duty="care_this_evening")).content.decode()
    assert "Det er et forslag, som ingen skal følge." in shown
    assert "(Et forslag" in shown
    assert "Fristen er gået" not in shown
    heaps = client.get(at("see_case", case)).content.decode()
    assert "et forslag" in heaps


def test_what_colleagues_are_told_is_exactly_what_was_agreed_and_to_exactly_whom() -> None:
    town: Municipality = a_municipality()
    case = open_case(town)
    page, agreement = (
        at("fulfil_duty", case, duty=one) for one in ("inform_colleagues", "agree_colleague_information")
    )
    client = logged_in(town.mads)
    assert 'name="text"' not in client.get(page).content.decode(), "no telling before there is an agreement"

    typed = {"agreed": "Holdet får det at vide på mødet.", "offered": "", "times_seen": "0"}
    refused = client.post(agreement, {**typed, "recipient": " "})
    assert refused.status_code == 422
    assert "hvem der må få det at vide" in refused.content.decode()
    assert typed["agreed"] in refused.content.decode(), "nothing typed is lost"
    assert client.post(agreement, {**typed, "recipient": "Holdet"}).status_code == 302
    settle(
        case,
        town.mads,
        "agree_colleague_information",
        agreed="Kun Karim\nfår det.",
        recipient="Karim",
        now=timezone.now(),
    )

    shown = client.get(page).content.decode()
    assert "Kun Karim\nfår det.</textarea>" in shown
    assert 'value="Karim"' in shown
    for told, who, said in (
        ("Kun Karim får det. Hun er sygemeldt.", "Karim", "I aftalte disse ord"),
        ("Kun Karim får det.", "Karim og Bo", "I aftalte, at det er: “Karim”"),
    ):
        again = client.post(page, {"text": told, "recipient": who, "times_seen": "0"})
        assert again.status_code == 422
        assert said in again.content.decode()
        assert told in again.content.decode()
    assert (
        client.post(page, {"text": "Kun Karim\r\nfår det.", "recipient": "karim ", "times_seen": "0"}).status_code
        == 302
    )
