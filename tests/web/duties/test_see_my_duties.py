"""My duties over all cases, what burns first."""

from __future__ import annotations

from datetime import timedelta

import time_machine
from django.urls import reverse

from tests.cases_kit import NOW, later, open_case, report, settle
from tests.people_kit import Municipality, actor, logged_in
from tests.web.case_kit import at, questions
from vaern.cases import service
from vaern.cases.models import Case

MINE = reverse("see_my_duties")


def test_the_manager_owes_hers_and_nobody_elses(town: Municipality, case: Case) -> None:
    text = logged_in(town.mads).get(MINE).content.decode()
    assert at("fulfil_duty", case, duty="listen_and_note") in text
    assert at("fulfil_duty", case, duty="say_needs") not in text
    anna = logged_in(town.anna).get(MINE).content.decode()
    assert at("fulfil_duty", case, duty="say_needs") in anna
    assert at("fulfil_duty", case, duty="listen_and_note") not in anna


def test_the_words_of_a_deadline_are_in_the_readers_language(town: Municipality, case: Case) -> None:
    mads = logged_in(town.mads)
    assert "snarest muligt" in mads.get(MINE).content.decode()
    mads.post(reverse("choose_language"), {"language": "en", "next": MINE})
    page = mads.get(MINE).content.decode()
    assert "as soon as possible" in page
    assert "snarest muligt" not in page


def test_they_lie_in_heaps_by_what_burns(town: Municipality) -> None:
    case = open_case(town, discovered_on="2026-11-17", discovered_at="08:00")
    with time_machine.travel(NOW):
        found = _heaps(town)
    assert "national_decide_police_report" in found["hours_72"]
    assert "contact_psychologist" in found["now"]  # must, in words: as soon as possible
    assert list(found) == ["now", "hours_72", "later"]
    with time_machine.travel(later(hours=71)):
        assert "national_decide_police_report" in _heaps(town)["now"]
    with time_machine.travel(later(hours=80)):
        page = logged_in(town.mads).get(MINE).content.decode()
    assert "Fristen var 20. november 2026 kl. 08.00." in page
    assert case.state == "open"


def _heaps(town: Municipality) -> dict[str, list[str]]:
    heaps = logged_in(town.mads).get(MINE).context["heaps"]
    return {heap.urgency: [duty.line.duty for duty in heap.duties] for heap in heaps}


def test_what_is_done_is_gone_and_so_is_a_closed_case(town: Municipality, case: Case) -> None:
    settle(case, town.mads, "listen_and_note")
    assert at("fulfil_duty", case, duty="listen_and_note") not in logged_in(town.mads).get(MINE).content.decode()
    Case.objects.filter(pk=case.pk).update(state="closed", closed_at=NOW)
    assert "Du har ingen opgaver lige nu." in logged_in(town.mads).get(MINE).content.decode()


def test_somebody_taken_out_owes_nothing_any_more(town: Municipality, case: Case) -> None:
    mads = actor(town.mads)
    service.bring_in(actor=mads, case_id=case.pk, user_id=town.signe.pk, role="manager", reason="Tager over", now=NOW)
    part = case.parts.get(user=town.mads)
    service.take_out(actor=mads, case_id=case.pk, part_id=part.pk, now=NOW + timedelta(minutes=1))
    assert "listen_and_note" not in logged_in(town.mads).get(MINE).content.decode()
    assert "listen_and_note" in logged_in(town.signe).get(MINE).content.decode()


def test_there_is_nothing_for_somebody_without_a_part(town: Municipality, case: Case) -> None:
    for who in (town.karim, town.adam, town.xenia, town.amalie):
        text = logged_in(who).get(MINE).content.decode()
        assert str(case.pk) not in text
        assert "Du har ingen opgaver lige nu." in text


def test_no_list_says_what_happened(town: Municipality, case: Case) -> None:
    text = logged_in(town.mads).get(MINE).content.decode()
    assert "Et opslag med mit navn" not in text
    assert "Anna" not in text


def test_it_asks_as_many_questions_for_ten_cases_as_for_one(town: Municipality, case: Case) -> None:
    client = logged_in(town.mads)
    few = questions(client, MINE)
    for _ in range(9):
        report(town.anna, town.mads)
    assert questions(client, MINE) == few
    assert few <= 25
