"""A letter from its first word to its answer: evidence and grounds first, exact bytes, no changes afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cases_kit import NOW
from tests.letters.kit import a_case, again, approved, begun, file_of, made, ready, sent, written
from tests.people_kit import Municipality, actor
from vaern.cases import queries as cases
from vaern.core.refusal import Refused, Unseen
from vaern.guideline.facts import State, Why
from vaern.journal import queries as journal
from vaern.letters import service
from vaern.letters.models import Version


def code(raised: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {one.code for one in raised.value.refusals}


def acts(case: object) -> list[str]:
    found = journal.entries_of(f"case:{case.pk}", limit=500)  # type: ignore[attr-defined]
    return [one.act for one in reversed(found) if one.act.endswith("_letter")]


def test_no_letter_to_the_author_is_begun_before_there_is_evidence(people: Municipality) -> None:
    case = a_case(people, with_evidence=False)
    with pytest.raises(Refused) as raised:
        begun(people, case)
    assert code(raised) == {"no_evidence"}
    assert begun(people, case, "tell_head").state == "draft", "a letter inside the house needs none"


def test_it_begins_with_the_guidelines_text_and_what_the_case_knows(people: Municipality) -> None:
    letter = begun(people, a_case(people))
    assert people.mads.name in letter.written.text
    assert "____" in letter.written.text, "what nobody knows is a blank to fill in"


def test_it_is_not_approved_before_grounds_are_assessed_and_blanks_are_filled(people: Municipality) -> None:
    letter = begun(people, a_case(people))
    made(letter)
    with pytest.raises(Refused) as raised:
        approved(people, letter)
    assert {"no_grounds", "blanks", "no_recipient"} <= code(raised)
    letter = written(people, letter, grounds="")
    made(letter)
    with pytest.raises(Refused) as raised:
        approved(people, letter)
    assert code(raised) == {"no_grounds"}


def test_nothing_is_approved_that_no_worker_has_made(people: Municipality) -> None:
    with pytest.raises(Refused) as raised:
        approved(people, written(people, begun(people, a_case(people))))
    assert code(raised) == {"not_made"}


def test_after_approval_nothing_changes_until_it_is_taken_back_and_approved_anew(people: Municipality) -> None:
    case = a_case(people)
    letter = ready(people, case)
    with pytest.raises(Refused) as raised:
        written(people, letter, text="Noget andet.")
    assert code(raised) == {"not_draft"}
    service.reopen_letter(actor=actor(people.mads), case_id=case.pk, letter_id=letter.id, now=NOW)
    letter = written(people, again(letter), text="Noget andet.")
    assert (letter.state, letter.approved_version, letter.version) == ("draft", None, 3)
    with pytest.raises(Refused) as raised:
        sent(people, case, letter)
    assert code(raised) == {"not_approved"}


def test_whoever_comes_second_is_told_and_an_old_page_approves_nothing(people: Municipality) -> None:
    letter = begun(people, a_case(people))
    newer = written(people, letter)
    for late in (lambda: written(people, letter, text="Sent"), lambda: approved(people, letter)):
        with pytest.raises(Refused) as raised:
            late()
        assert code(raised) == {"written_meanwhile"}
    assert again(letter).version == newer.version == 2


def test_a_letter_that_needs_a_second_person_is_approved_by_another(people: Municipality) -> None:
    letter = written(people, begun(people, a_case(people), "remove_names"))
    made(letter)
    with pytest.raises(Refused) as raised:
        approved(people, letter)
    assert code(raised) == {"second_person"}
    assert approved(people, letter, people.lone).approved_by == people.lone.pk


def test_what_is_found_needs_a_second_person_and_a_reason_on_record(people: Municipality) -> None:
    case = a_case(people)
    letter = written(people, begun(people, case), text="Ring til 22 33 44 55, og spørg efter Anna.")
    made(letter)
    found = service.findings_of(actor=actor(people.mads), case_id=case.pk, letter_id=letter.id, now=NOW)
    assert {one.kind for one in found} == {"phone", "affected"}
    for who, reason, wanted in (
        (people.mads, "Det er aftalt.", "leaks_second_person"),
        (people.lone, "", "leaks_reason"),
    ):
        with pytest.raises(Refused) as raised:
            approved(people, letter, who, reason)
        assert code(raised) == {wanted}
    done = approved(people, letter, people.lone, "Det er aftalt.")
    assert (done.approved_by, done.accepted_reason) == (people.lone.pk, "Det er aftalt.")
    entry = journal.entries_of(f"case:{case.pk}", acts=["approve_letter"], limit=1)[0]
    assert entry.data["reason"] == "Det er aftalt."
    assert entry.data["found"] == ["affected", "phone"]
    assert sent(people, case, done).state == "sent"


def test_what_turns_up_after_approval_stops_the_letter_at_the_door(people: Municipality) -> None:
    case = a_case(people)
    letter = ready(people, case, text="Vi har talt med Olav om det.")
    service_people = cases.parts(case)
    assert people.olav.pk not in {part.user_id for part in service_people}
    from_now = cases_bring_in(people, case)
    assert from_now
    with pytest.raises(Refused) as raised:
        sent(people, case, letter)
    assert code(raised) == {"leaks_since"}
    assert again(letter).state == "approved"


def cases_bring_in(people: Municipality, case: object) -> bool:
    """Olav gets a part in the case, so that his name is one the case knows."""
    from_models = type(case)._meta.get_field("parts").related_model  # type: ignore[attr-defined]
    from_models.objects.create(case=case, user=people.olav, role="hr", since=NOW)
    return True


def test_sending_settles_the_duty_and_the_outsiders_clock_runs(people: Municipality) -> None:
    case = a_case(people)
    letter = sent(people, case, ready(people, case), note="Anbefalet brev 4711")
    case.refresh_from_db()
    plan = cases.plan_of(case, NOW + timedelta(minutes=1))
    row, follows = plan.row("letter_to_author"), plan.row("decide_after_letter")
    assert row is not None
    assert row.state is State.DONE
    assert follows is not None
    assert (follows.state, follows.why) == (State.WAITING, Why.OUTSIDER)
    fields = cases.fulfilments(case).get(duty="letter_to_author").fields
    assert fields["reference"] == f"Brev {letter.number}"
    assert fields["recipient"] == "Birger Borger"
    assert fields["text"] == letter.written.text


def test_a_letter_sent_on_another_day_says_so(people: Municipality) -> None:
    case = a_case(people)
    letter = ready(people, case)
    today = NOW.date()
    for day, wanted in ((today + timedelta(days=2), "future_day"), (today - timedelta(days=2), "early_day")):
        with pytest.raises(Refused) as raised:
            sent(people, case, letter, sent_on=day)
        assert code(raised) == {wanted}
    assert sent(people, case, letter, sent_on=today).sent_at == NOW


@pytest.mark.parametrize("what", ["delivered", "returned", "answered"])
def test_what_became_of_it_is_written_down(people: Municipality, what: str) -> None:
    case = a_case(people)
    letter = ready(people, case)
    with pytest.raises(Refused) as raised:
        confirm(people, letter, what)
    assert code(raised) == {"not_sent"}
    sent(people, case, letter)
    assert confirm(people, letter, what).confirmed_as == what
    assert acts(case) == [
        "draft_letter", "write_letter", "approve_letter", "send_letter", "confirm_letter",
    ]  # fmt: skip


def confirm(people: Municipality, letter: object, what: str) -> object:
    return service.confirm_letter(
        actor=actor(people.mads), case_id=letter.case_id, letter_id=letter.id, confirmed_as=what, note="", now=NOW  # type: ignore[attr-defined]
    )  # fmt: skip


def test_the_bytes_that_were_approved_are_the_bytes_that_are_fetched(people: Municipality) -> None:
    case = a_case(people)
    letter = ready(people, case)
    row = Version.objects.get(letter_id=letter.id, number=letter.version)
    entry = journal.entries_of(f"case:{case.pk}", acts=["approve_letter"], limit=1)[0]
    assert (entry.data["pdf"], entry.data["docx"]) == (row.pdf_sha256, row.docx_sha256)
    service.make_letter(version=row.pk)  # a worker that comes late makes nothing new
    fetched = service.download_letter(
        actor=actor(people.mads), case_id=case.pk, letter_id=letter.id, kind="pdf", now=NOW
    )
    assert b"".join(fetched.chunks) == file_of(row.pdf)
    assert fetched.filename == "brev-1.pdf"
    assert acts(case)[-1] == "download_letter"


def test_a_letter_is_found_on_its_own_case_only(people: Municipality) -> None:
    letter, other = begun(people, a_case(people)), a_case(people)
    with pytest.raises(Unseen):
        approved(people, replace(letter, case_id=other.pk))


def test_the_same_words_again_make_no_new_version(people: Municipality) -> None:
    letter = written(people, begun(people, a_case(people)))
    assert written(people, letter).version == letter.version
