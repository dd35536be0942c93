"""Filters that put times and sizes into words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.forms import DateField
from django.utils import translation

from vaern.web.templatetags.vaern import ago, file_size, moment

NOW = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (timedelta(seconds=20), "lige nu"),
        (timedelta(minutes=1), "for 1 minut siden"),
        (timedelta(minutes=59), "for 59 minutter siden"),
        (timedelta(hours=1), "for 1 time siden"),
        (timedelta(hours=9), "for 9 timer siden"),
        # 10 in the morning, less 11 hours, is the evening before: a person says yesterday.
        (timedelta(hours=11), "i går"),
        (timedelta(days=3), "for 3 dage siden"),
    ],
)
def test_how_long_ago(before: timedelta, words: str) -> None:
    assert ago(NOW - before, NOW) == words


def test_a_moment_is_told_in_danish_time() -> None:
    assert moment(NOW) == "4. marts 2026 kl. 10.00"
    assert moment(None) == ago(None) == file_size(None) == ""


def test_english_puts_the_day_first_in_what_is_shown_and_in_what_is_typed() -> None:
    with translation.override("en"):
        assert moment(NOW) == "4 March 2026 at 10:00"
        assert DateField(localize=True).clean("04-03-2026") == date(2026, 3, 4)
        assert DateField().clean("04/03/2026") == date(2026, 3, 4)


@pytest.mark.parametrize(
    ("size", "words"), [(999, "999 B"), (1000, "1 kB"), (340_400, "340 kB"), (2_100_000, "2,1 MB")]
)
def test_sizes(size: int, words: str) -> None:
    assert file_size(size) == words
