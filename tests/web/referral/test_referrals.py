"""An outside lawyer reads what was chosen, as long as was chosen, and each time is on record."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from tests.cases_kit import open_case, settle
from tests.people_kit import Municipality, a_municipality, logged_in
from tests.web.case_kit import at
from vaern.cases.models import Case, Part
from vaern.journal import queries as journal
from vaern.referral import queries
from vaern.referral.models import Referral as Row

pytestmark = pytest.mark.django_db
ASKED = {"recipient": "Advokat Ask Aamand", "purpose": "Vurdering af, om der er en sag", "scope": ["what"], "days": 14}


@pytest.fixture
def people() -> Municipality:
    return a_municipality()


def let_in(people: Municipality, case: Case, **changes: Any) -> tuple[str, str]:
    """Address and code, as the page shows them."""
    page = logged_in(people.mads).post(at("make_referral", case), {**ASKED, **changes})
    assert page.context["code"] in page.content.decode()
    return page.context["address"].removeprefix("http://testserver"), page.context["code"]


def acts(case: Case) -> list[str]:
    return [entry.act for entry in journal.entries_of(f"case:{case.pk}") if entry.act.endswith("_referral")]


def test_from_letting_in_to_closing(people: Municipality) -> None:
    case = open_case(people)
    settle(case, people.mads, "refer_to_secretariat")
    settle(case, people.signe, "legal_assessment", outcome="grounds", reasons="Fordi det er groft.")
    address, code = let_in(people, case, scope=["what", "decisions"])
    outsider = Client()
    asking = outsider.get(address)
    assert asking.status_code == 200
    assert case.what not in asking.content.decode()
    wrong = outsider.post(address, {"code": "00000000"})
    assert wrong.status_code == 422
    assert "Koden passer ikke." in wrong.content.decode()
    read = outsider.post(address, {"code": f"{code[:4]} {code[4:]}"}).content.decode()
    assert case.what in read
    assert "Fordi det er groft." in read
    assert "Breve" not in read, "not chosen"
    assert people.anna.name not in read
    mads = logged_in(people.mads)
    assert "1 gang" in mads.get(at("see_referrals", case)).content.decode()
    assert "Advokat Ask Aamand" in mads.get(at("see_timeline", case)).content.decode()
    (made,) = queries.referrals_of_case(case.pk)
    assert mads.post(at("revoke_referral", case, referral=made.id)).status_code == 302
    assert outsider.get(address).status_code == 404
    assert outsider.post(address, {"code": code}).status_code == 404
    assert sorted(acts(case)) == ["fail_referral", "make_referral", "open_referral", "revoke_referral"]


def test_it_ends_on_its_day(people: Municipality) -> None:
    case = open_case(people)
    address, code = let_in(people, case, days=3)
    with time_machine.travel(timezone.now() + timedelta(days=3, minutes=1)):
        assert Client().get(address).status_code == 404
        assert Client().post(address, {"code": code}).status_code == 404
    assert acts(case) == ["make_referral"]


def test_wrong_codes_lock_it_for_good(people: Municipality) -> None:
    case = open_case(people)
    address, code = let_in(people, case)
    for _ in range(5):
        Client().post(address, {"code": "1"})
    assert Client().post(address, {"code": code}).status_code == 404
    assert Client().get(address).status_code == 404


def test_whoever_is_out_of_the_case_lets_nobody_read(people: Municipality) -> None:
    case = open_case(people)
    address, code = let_in(people, case)
    Part.objects.filter(case=case, user=people.mads).update(until=timezone.now())
    assert Client().post(address, {"code": code}).status_code == 404


def test_neither_link_nor_code_is_kept(people: Municipality) -> None:
    case = open_case(people)
    address, code = let_in(people, case)
    row = str(Row.objects.values())
    assert address.split("/")[2] not in row
    assert code not in row
    shown = logged_in(people.mads).get(at("see_referrals", case)).content.decode()
    assert code not in shown
    assert address not in shown


def test_what_is_missing_is_said_beside_its_field(people: Municipality) -> None:
    case, mads = open_case(people), logged_in(people.mads)
    page = mads.post(at("make_referral", case), {"recipient": "Ask", "days": "900"})
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"purpose", "scope", "days"}
    assert 'value="Ask"' in page.content.decode()
    assert queries.referrals_of_case(case.pk) == []


def test_a_referral_of_another_case_is_not_found(people: Municipality) -> None:
    case, other = open_case(people), open_case(people)
    let_in(people, case)
    (made,) = queries.referrals_of_case(case.pk)
    assert logged_in(people.mads).post(at("revoke_referral", other, referral=made.id)).status_code == 404
