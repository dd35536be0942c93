"""A sheet from the duty to its receipt: the receipt settles the duty, and nothing else does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cases_kit import NOW, open_case, row, settle
from tests.handover.kit import again, asked, begun, bytes_of, confirmed, filled
from tests.people_kit import Municipality, actor
from vaern.cases import queries as cases
from vaern.core.refusal import Refused, Unseen
from vaern.guideline.facts import State
from vaern.handover import service
from vaern.handover.models import Handover as Row
from vaern.journal import queries as journal

pytestmark = pytest.mark.django_db


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {one.code for one in refused.value.refusals}


def test_a_receipt_settles_the_duty_with_the_number_as_its_proof(people: Municipality) -> None:
    case = open_case(people)
    handover = begun(people, case, "safetynet", "register_incident")
    assert begun(people, case, "safetynet", "register_incident").id == handover.id, "pressed twice is begun once"
    assert row(case, "register_incident").state is State.OWED
    with pytest.raises(Refused) as refused:
        confirmed(people, handover)
    assert codes(refused) == {"missing"}
    handover = filled(people, handover)
    with pytest.raises(Refused) as refused:
        confirmed(people, handover, " ")
    assert codes(refused) == {"no_reference"}
    done = confirmed(people, handover, "SN-17")
    assert (done.state, done.reference, done.received_on) == ("received", "SN-17", NOW.date())
    assert row(case, "register_incident").state is State.DONE
    (written,) = cases.fulfilments(case).filter(duty="register_incident")
    assert written.fields["reference"] == "SN-17"
    kept = Row.objects.get(pk=handover.id)
    assert b'"done"' in bytes_of(kept.kept), "what was typed over is sealed as it stood on the sheet"
    entry = journal.entries_of(f"case:{case.pk}", acts=["confirm_handover"])[0]
    assert (entry.data["settled"], entry.data["sha256"]) == ("register_incident", kept.sha256)
    with pytest.raises(Refused):
        confirmed(people, done, "SN-18")


def test_what_the_case_knows_stands_there_and_the_rest_is_asked_for(people: Municipality) -> None:
    case = open_case(people, platform="facebook")
    handover = begun(people, case, "safetynet", "register_incident")
    sheet = service.sheet_for(actor=actor(people.mads), case_id=case.pk, handover_id=handover.id, now=NOW)
    values = {line.field.id: line.value for line in sheet.lines}
    assert values["affected"] == people.anna.name
    assert values["manager"] == people.mads.name
    assert values["course"] == "Et opslag med mit navn og billede."
    assert values["happened_on"] == "", "nobody said when it was posted"
    assert values["place"] == "Facebook"
    assert {one.id for one in sheet.missing} == {"happened_on", "kind", "done"}


def test_a_declined_police_report_ends_in_a_registration_of_the_note(people: Municipality) -> None:
    """Albertslund A32, A34, A35."""
    case = open_case(people, "albertslund", national=False)
    settle(case, people.mads, "police_report", outcome="declined", declined_by="affected")
    settle(case, people.mads, "decline_note", text="Anna ønsker det ikke lige nu.", agreed="", reasons="")
    assert row(case, "register_decline_note").state is State.OWED
    handover = begun(people, case, "insubiz_declined", "register_decline_note")
    sheet = service.sheet_for(actor=actor(people.mads), case_id=case.pk, handover_id=handover.id, now=NOW)
    assert {line.field.id: line.value for line in sheet.lines}["note"] == "Anna ønsker det ikke lige nu."
    confirmed(people, filled(people, handover), "IB-4")
    assert row(case, "register_decline_note").state is State.DONE


def test_a_draft_in_the_open_solution_is_not_done(people: Municipality) -> None:
    case = open_case(people)
    handover = begun(people, case, "easy", "national_report_work_accident")
    lies = service.keep_halfway(actor=actor(people.mads), case_id=case.pk, handover_id=handover.id, now=NOW)
    assert (lies.state, lies.reference) == ("halfway", "")
    assert not cases.fulfilments(case).filter(duty="national_report_work_accident").exists()
    assert confirmed(people, filled(people, lies), "EASY-1").state == "received", "a receipt is never refused"
    assert not cases.fulfilments(case).filter(duty="national_report_work_accident").exists(), "nobody was away yet"
    other = begun(people, case, "safetynet")
    with pytest.raises(Refused) as refused:
        service.keep_halfway(actor=actor(people.mads), case_id=case.pk, handover_id=other.id, now=NOW)
    assert codes(refused) == {"no_halfway"}


def test_two_people_do_not_overwrite_each_other(people: Municipality) -> None:
    handover = begun(people, open_case(people), "safetynet")
    filled(people, handover)
    with pytest.raises(Refused) as refused:
        filled(people, handover, who=people.signe)
    assert codes(refused) == {"written_meanwhile"}


def test_what_cannot_be_kept_is_said_beside_its_field(people: Municipality) -> None:
    handover = begun(people, open_case(people), "safetynet")
    with pytest.raises(Refused) as refused:
        filled(people, handover, place="x" * 501)
    assert [one.field for one in refused.value.refusals] == ["place"]
    with pytest.raises(Refused) as refused:
        confirmed(people, filled(people, handover), received_on=(NOW + timedelta(days=2)).date())
    assert codes(refused) == {"future_day"}


def test_a_closed_case_a_strange_channel_and_another_case(people: Municipality) -> None:
    case, other = open_case(people), open_case(people)
    handover = begun(people, case, "safetynet")
    with pytest.raises(Refused) as refused:
        begun(people, case, "findes_ikke")
    assert codes(refused) == {"no_channel"}
    with pytest.raises(Unseen):
        service.sheet_for(actor=actor(people.mads), case_id=other.pk, handover_id=handover.id, now=NOW)
    with pytest.raises(Unseen):
        service.fill_handover(
            actor=actor(people.mads), case_id=other.pk, handover_id=handover.id, answers={}, seen=1, now=NOW
        )
    type(case).objects.filter(pk=case.pk).update(state="closed", closed_at=NOW)
    for act in (lambda: filled(people, handover), lambda: begun(people, case, "easy")):
        with pytest.raises(Refused) as refused:
            act()
        assert codes(refused) == {"case_closed"}
    assert again(handover).version == 1


def test_without_a_way_nothing_is_sent(people: Municipality) -> None:
    handover = filled(people, begun(people, open_case(people), "safetynet"))
    with pytest.raises(Refused) as refused:
        asked(people, handover, "https")
    assert codes(refused) == {"no_way"}
    assert again(handover).state == "draft"
