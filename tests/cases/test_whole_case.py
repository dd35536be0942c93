"""A case from report to closing under both guidelines, by the services alone (the browser walks it again)."""

from __future__ import annotations

import pytest

from tests.cases_kit import NOW, fresh, later, open_case, owed, relations, row, settle
from tests.evidence.files import png, upload
from tests.people_kit import Municipality, a_municipality, actor
from vaern.cases import queries, service
from vaern.cases.models import Case
from vaern.core.refusal import Refused
from vaern.evidence import service as evidence
from vaern.guideline.facts import State, Why
from vaern.journal import queries as journal

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Municipality:
    return a_municipality()


def close(case: Case, people: Municipality) -> None:
    service.close_case(actor=actor(people.mads), case_id=case.pk, words="Tak, fordi du meldte det.", now=NOW)


def test_brovst_from_report_to_closing(people: Municipality) -> None:
    case = open_case(people, "brovst", national=False, impact="Jeg sover dårligt")
    assert row(case, "account_now").state is State.DONE, "the report is the first account"
    assert row(case, "say_impact").state is State.DONE
    with pytest.raises(Refused) as refused:
        close(case, people)
    assert {one.params["id"] for one in refused.value.refusals} == owed_musts(case)
    for duty in [
        "listen_and_note", "agree_psychologist", "contact_psychologist", "not_alone", "privacy_check",
        "agree_colleague_information", "inform_colleagues", "register_incident", "notify_head", "letter_to_author",
        "refer_to_secretariat",
    ]:  # fmt: skip
        settle(case, people.mads, duty)
    assert "secretariat" in relations(people.signe, case), "referred, so the secretariat may read it"
    settle(case, people.signe, "legal_assessment", outcome="no_grounds")
    service.write_message(
        actor=actor(people.mads), case_id=case.pk, from_affected=False, text="Det går fremad.", now=NOW
    )
    assert row(case, "keep_informed").times_done == 1, "a message to her is keeping her informed"
    close(case, people)
    assert fresh(case).state == "closed"
    assert journal.verify_chain(people.organisation_id).breaks == ()


def owed_musts(case: Case) -> set[str]:
    return {one.id for one in queries.plan_of(fresh(case), NOW).rows if one.must_close}


def test_albertslund_with_a_declined_police_report(people: Municipality) -> None:
    case = open_case(people, "albertslund", national=False)
    assert row(case, "decline_note").why is Why.ARISES
    evidence.take_in(actor=actor(people.anna), upload=upload("skærm.png", png()), case_id=case.pk, now=NOW)
    assert row(case, "secure_evidence").state is State.DONE, "the evidence itself settles it"
    for duty in ["send_to_leader", "save_on_case"]:
        if row(case, duty).state is State.OWED:
            settle(case, people.anna, duty)
    settle(case, people.mads, "offer_to_join")
    settle(case, people.mads, "police_report", outcome="declined", reasons="Medarbejderen ønsker det ikke")
    assert row(case, "decline_note").state is State.OWED, "declining has a consequence"
    assert row(case, "register_decline_note").state is State.WAITING
    for duty in [
        "decline_note", "register_decline_note", "remove_content", "contact_author", "apv_plan", "register_apv",
        "follow_up_affected",
    ]:  # fmt: skip
        settle(case, people.mads, duty)
    with pytest.raises(Refused) as refused:
        close(case, people)
    assert [one.clauses for one in refused.value.refusals] == [("A39",)], "the colleagues are still to be followed up"
    settle(case, people.mads, "follow_up_colleagues")
    close(case, people)
    assert fresh(case).state == "closed"


def test_no_contact_before_the_evidence_where_the_national_layer_is_on(people: Municipality) -> None:
    case = open_case(people, "albertslund", national=True)
    assert row(case, "contact_author").why is Why.ORDER
    with pytest.raises(Refused) as refused:
        settle(case, people.mads, "contact_author")
    assert refused.value.refusal.code == "too_early"
    evidence.take_in(actor=actor(people.anna), upload=upload("skærm.png", png()), case_id=case.pk, now=NOW)
    assert "contact_author" in owed(case)


def test_a_closed_case_takes_nothing_more_until_it_is_opened_again(people: Municipality) -> None:
    case = open_case(people, "brovst", national=False)
    Case.objects.filter(pk=case.pk).update(state="closed", closed_at=NOW)
    with pytest.raises(Refused) as refused:
        settle(case, people.mads, "not_alone")
    assert refused.value.refusal.code == "case_closed"
    with pytest.raises(Refused) as refused:
        evidence.take_in(actor=actor(people.anna), upload=upload("skærm.png", png()), case_id=case.pk, now=NOW)
    assert refused.value.refusal.code == "case_closed"
    service.reopen_case(actor=actor(people.mads), case_id=case.pk, reason="Et nyt opslag", now=NOW)
    settle(case, people.mads, "not_alone")
    assert row(case, "not_alone").state is State.DONE


@pytest.mark.parametrize(
    ("pack", "duty"), [("albertslund", "police_report"), ("brovst", "national_decide_police_report")]
)
def test_the_72_hours_run_though_nobody_knows_when_it_was_posted(people: Municipality, pack: str, duty: str) -> None:
    case = open_case(people, pack, national=True)
    assert row(case, duty).due == later(hours=72)
    known = {"posted": later(hours=-20), "discovered": later(hours=-2)}
    service.note_facts(actor=actor(people.mads), case_id=case.pk, facts={}, events=dict(known), now=NOW)
    assert row(case, duty).due == later(hours=52), "from the posting, as soon as it is known"
