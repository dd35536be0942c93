"""What the case knows: covered words, other cases and the people of the case are found in a letter of it."""

from __future__ import annotations

from pathlib import Path

from tests.cases_kit import NOW, relations
from tests.evidence.files import upload
from tests.letters.kit import a_case, begun, written
from tests.people_kit import Municipality, actor
from vaern.cases import queries as cases
from vaern.evidence import service as evidence
from vaern.letters import service


def kinds(people: Municipality, letter: object) -> set[str]:
    found = service.findings_of(actor=actor(people.mads), case_id=letter.case_id, letter_id=letter.id, now=NOW)  # type: ignore[attr-defined]
    return {one.kind for one in found}


def test_a_word_that_is_covered_in_the_evidence_does_not_slip_out_in_a_letter(
    people: Municipality, tmp_path: Path
) -> None:
    case = a_case(people)
    sms = upload("sms.txt", b"Vi ses ved Kragelund om lidt\n")
    item = evidence.take_in(actor=actor(people.anna), upload=sms, case_id=case.pk, now=NOW)
    letter = written(people, begun(people, case), text="Du skrev om Kragelund. Vil du slette det?")
    assert kinds(people, letter) == set()
    evidence.mask_evidence(
        actor=actor(people.mads), relations=relations(people.mads, case), item=item, boxes=(), phrases=["Kragelund"],
        note="", now=NOW,
    )  # fmt: skip
    assert kinds(people, letter) == {"masked"}
    for kept in (tmp_path / "keys").rglob("cases/*.age"):
        kept.rename(tmp_path / "lost.age")
    assert kinds(people, letter) == {"unread"}, "silence would look like a clean letter"


def test_the_number_of_another_case_is_found_and_the_letters_own_is_not(people: Municipality) -> None:
    case, other = a_case(people), a_case(people)
    text = f"Sag {cases.label(case)}, og ikke 2031-0099."
    letter = written(people, begun(people, case), text=text)
    assert kinds(people, letter) == set()
    assert kinds(people, written(people, letter, text=f"{text} Se også {cases.label(other)}.")) == {"other_case"}


def test_the_employee_may_be_named_inside_the_house_and_not_to_the_author(people: Municipality) -> None:
    case, text = a_case(people), f"Det handler om {people.anna.name}."
    assert kinds(people, written(people, begun(people, case), text=text)) == {"affected"}
    assert kinds(people, written(people, begun(people, case, "tell_head"), text=text)) == set()
