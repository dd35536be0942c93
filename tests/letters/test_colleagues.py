"""A letter to colleagues tells what was agreed with the employee, and to whom."""

from __future__ import annotations

import pytest

from tests.cases_kit import settle
from tests.letters.kit import a_case, approved, begun, made, written
from tests.letters.test_letters import code
from tests.people_kit import Municipality
from vaern.core.refusal import Refused


def test_it_waits_for_the_agreement_and_holds_its_words(people: Municipality) -> None:
    case = a_case(people)
    with pytest.raises(Refused) as raised:
        begun(people, case, "inform_colleagues")
    assert code(raised) == {"no_agreement"}
    settle(case, people.mads, "agree_colleague_information", agreed="Der er en sag.", recipient="Holdet")
    letter = begun(people, case, "inform_colleagues")
    assert "Der er en sag." in letter.written.text
    assert letter.written.recipient == "Holdet"

    other = written(people, letter, text="Hej\n\nDer er en stor sag.", recipient="Alle")
    made(other)
    with pytest.raises(Refused) as raised:
        approved(people, other)
    assert code(raised) == {"other_words", "other_people"}
    right = written(people, other, text="Hej\n\nDer er\nen sag.\n\nMads", recipient="Holdet")
    made(right)
    assert approved(people, right).state == "approved"
