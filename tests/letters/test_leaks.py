"""The leak check: everything planted is found, and letters as offices write them are left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.letters.seeded import KNOWN, PLANTS, clean_ones, planted
from vaern.letters import leaks
from vaern.letters.facts import Known
from vaern.letters.leaks import WHY, find


def test_all_of_four_hundred_planted_letters_are_found() -> None:
    letters = list(planted(seed=20261125, each=40))
    assert len(letters) == 400
    missed = [
        (one.kind, one.planted) for one in letters if one.kind not in {found.kind for found in find(one.text, KNOWN)}
    ]
    assert missed == []


def test_fewer_than_five_in_a_hundred_clean_letters_raise_an_alarm() -> None:
    letters = clean_ones(seed=7, count=400)
    alarms = [(text, found) for text in letters if (found := find(text, KNOWN))]
    assert len(alarms) < 0.05 * len(letters), alarms[:5]


def test_every_kind_is_planted_and_has_its_reason() -> None:
    assert set(PLANTS) == set(WHY) - {"unread", "place"}, "neither is words in a text"


def test_no_repetition_before_the_at_sign_is_without_end() -> None:
    """Each letter of a long word may begin an address. Were its length open, the work would grow with the square; so
    the steps of the pattern are bounded, and that is looked at instead of a clock."""
    for pattern in (leaks._EMAIL, leaks._ADDRESS):
        ends = [most for _, (_, most, _) in repeats(re._parser.parse(pattern.pattern, pattern.flags))]  # type: ignore[attr-defined]
        assert max(int(most) for most in ends) <= 255
    long = "a" * 5000
    assert [one.kind for one in find(f"{long}@privat.example", KNOWN)] == ["email"]
    assert find(long * 4, KNOWN) == []


def repeats(parsed: Any) -> Iterator[Any]:
    for step in parsed:
        if str(step[0]) in {"MAX_REPEAT", "MIN_REPEAT"} and int(step[1][1]) > 1 and str(step[1][2][0][0]) != "LITERAL":
            yield step
        for inner in step[1] if isinstance(step[1], tuple | list) else ():
            if hasattr(inner, "data"):
                yield from repeats(inner)
            elif isinstance(inner, list):
                yield from (found for one in inner if hasattr(one, "data") for found in repeats(one))


def test_a_finding_has_its_place_its_words_and_a_mark_that_does_not_give_them_away() -> None:
    (one,) = find("Hej\n\nHun hedder Anna Bjørnsen.\n", KNOWN)
    assert (one.kind, one.found, one.line) == ("affected", "Anna Bjørnsen", 3)
    assert "Anna" not in one.mark
    assert one.mark == find("anna  bjørnsen", KNOWN)[0].mark


def test_the_subject_and_what_is_hidden_in_a_file_are_read_too() -> None:
    found = find("Goddag", KNOWN, subject="Om Anna", metadata=["Forfatter: Karim Østergaard"])
    assert [(one.kind, one.where, one.line) for one in found] == [("affected", "text", 0), ("name", "metadata", 0)]


@pytest.mark.parametrize(
    "text",
    [
        "Ring på 87 65 43 21.", "Skriv til post@kommunen.example.", "Kom til Rådhustorvet 2.", "Sag 2026-0007.",
        "Det kostede 1.250.000 kr.", "Den 12.03.2026 kl. 12.", "I 2025-2026.", "EAN 5798001234567",
    ],
)  # fmt: skip
def test_what_may_stand_there_is_left_alone(text: str) -> None:
    assert find(text, KNOWN) == []


@pytest.mark.parametrize(
    "number", ["0101801234", "010180-1234", "010180 1234", "01 01 80-1234", "０１０１８０-1234", "010180-xxxx"]
)
def test_a_cpr_number_is_found_however_it_is_written(number: str) -> None:
    assert [one.kind for one in find(f"Nr. {number}.", Known())] == ["cpr"]


def test_ten_digits_that_are_no_date_are_no_cpr_number() -> None:
    assert "cpr" not in {one.kind for one in find("Nr. 4513801234.", Known())}


def test_a_short_everyday_name_is_found_only_where_it_is_a_name() -> None:
    known = Known(names=("Bo Skov",))
    assert find("Du kan bo i en skov.", known) == []
    assert [one.found for one in find("Vi har talt med Bo om det.", known)] == ["Bo"]
    assert [one.found for one in find("Det var bo skov.", known)] == ["bo skov"]
