"""What the report's fields make of what is typed."""

from __future__ import annotations

import pytest
from django import forms

from vaern.web.fields import Clock, Day, OneOf, Somebody, Words


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("2026-11-01", "2026-11-01"),
        ("1.11.2026", "2026-11-01"),
        ("01/11 2026", "2026-11-01"),
        ("i går", "i går"),
    ],
)
def test_a_day_is_kept_as_iso_where_it_can_be_read(typed: str, kept: str) -> None:
    assert Day().clean(typed) == kept


@pytest.mark.parametrize("typed", ["i går", "31.2.2026", "2026-13-01"])
def test_a_strict_day_is_a_day_of_the_calendar(typed: str) -> None:
    with pytest.raises(forms.ValidationError):
        Day(strict=True).clean(typed)


@pytest.mark.parametrize(("typed", "kept"), [("9.05", "09:05"), ("21:14:30", "21:14"), ("", ""), ("aften", "aften")])
def test_a_time_of_day_may_have_a_point(typed: str, kept: str) -> None:
    assert Clock().clean(typed) == kept


def test_no_answer_is_the_empty_one() -> None:
    field = OneOf(choices=[("yes", "Ja")], empty="unknown")
    assert (field.clean(None), field.clean("yes")) == ("unknown", "yes")
    with pytest.raises(forms.ValidationError):
        field.clean("perhaps")


def test_only_somebody_offered_can_be_chosen() -> None:
    field = Somebody(choices=[(7, "Anna")])
    assert (field.clean("7"), field.clean("")) == (7, None)
    with pytest.raises(forms.ValidationError):
        field.clean("8")


def test_words_keep_their_lines_and_no_nul() -> None:
    assert Words(lines=3).clean("a\r\nb") == "a\nb"
    with pytest.raises(forms.ValidationError):
        Words(lines=3).clean("a\x00b")
