"""What was agreed with the employee binds what others are told: decided without a database."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases.test_duty_rules import attempt
from tests.cases_kit import guideline
from vaern.cases.facts import Agreed, Submission
from vaern.cases.rules import agreements_before, binds, last_agreed
from vaern.cases.rules.agreements import check_agreed

AGREED = Agreed(words="Kun at der er en sag.", people="Holdet")


def test_which_duties_are_bound() -> None:
    duties = guideline("brovst").duty
    assert agreements_before(duties["inform_colleagues"], duties) == {"agree_colleague_information"}
    assert binds(duties["agree_colleague_information"], duties)
    assert [one.id for one in duties.values() if binds(one, duties)] == ["agree_colleague_information"]
    plan = guideline("example").duty
    assert agreements_before(plan["inform_colleagues"], plan) == frozenset(), (
        "a plan that may be declined binds no words"
    )


def test_the_newest_agreement_counts_and_a_declined_one_never() -> None:
    rows = [
        ("a", "done", {"agreed": "først", "recipient": "alle"}),
        ("b", "done", {"agreed": "andet"}),
        ("a", "done", {"agreed": "sidst"}),
        ("a", "declined", {"reasons": "nej"}),
    ]
    assert last_agreed({"a"}, rows) == Agreed("sidst", "")
    assert last_agreed({"c"}, rows) is None


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        (Submission(text=AGREED.words, recipient="Holdet"), []),
        (Submission(text="Kun at der\r\ner en sag.  ", recipient=" holdet"), []),
        (Submission(text="Kun at der er en sag. Hun er syg.", recipient="Holdet"), ["text"]),
        (Submission(text=AGREED.words, recipient="Holdet og Bo"), ["recipient"]),
        (Submission(text="Andet", recipient="Andre"), ["text", "recipient"]),
        (Submission(text=f"Kære alle\n\n{AGREED.words}\n\nMads", recipient="Holdet", in_letter=True), []),
        (Submission(text="Kære alle. Hun er syg.", recipient="Holdet", in_letter=True), ["text"]),
    ],
)
def test_other_words_and_other_people_are_refused(told: Submission, wanted: list[str]) -> None:
    assert [one.field for one in check_agreed(attempt(agreed=AGREED), told)] == wanted
    assert check_agreed(attempt(), told) == [], "where nothing was agreed, nothing binds"


@given(st.text(), st.text())
def test_nothing_but_the_agreed_words_passes(agreed: str, told: str) -> None:
    wrong = check_agreed(attempt(agreed=Agreed(agreed, "")), Submission(text=told))
    assert (wrong == []) == (not agreed.split() or agreed.split() == told.split())
