"""How often one looks, when a post counts as gone, and when a watch ends by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaern.takedown.facts import Asked, Look
from vaern.takedown.rules import LONGEST, SURE, check_start, ending, every, gone_since, next_look

START = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)


def hours(number: float) -> datetime:
    return START + timedelta(hours=number)


def looks(*seen: tuple[float, str]) -> list[Look]:
    return [Look(hours(at), standing) for at, standing in seen]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("seen", "since"),
    [
        ([], None),
        ([(1, "up")], None),
        ([(1, "gone")], None),
        ([(1, "gone"), (24, "gone")], None),
        ([(1, "gone"), (25, "gone")], 1),
        ([(1, "gone"), (13, "unknown"), (25, "gone")], 1),
        ([(1, "gone"), (13, "up"), (25, "gone"), (40, "gone")], None),
        ([(1, "gone"), (13, "up"), (25, "gone"), (49, "gone")], 25),
        ([(1, "gone"), (30, "changed")], None),
        ([(1, "unknown"), (30, "unknown")], None),
    ],
)
def test_gone_is_gone_at_two_looks_a_day_apart(seen: list[tuple[float, str]], since: float | None) -> None:
    assert gone_since(looks(*seen)) == (None if since is None else hours(since))


@given(st.lists(st.tuples(st.integers(0, 3000), st.sampled_from(["up", "changed", "gone", "unknown"])), max_size=30))
def test_whatever_was_seen_the_last_sight_decides(seen: list[tuple[int, str]]) -> None:
    found = looks(*sorted(seen))
    since, last = gone_since(found), [one for one in found if one.standing != "unknown"][-1:]
    if since is not None:
        assert last[0].standing == "gone"
        assert last[0].at - since >= SURE
        assert all(one.standing in {"gone", "unknown"} for one in found if one.at > since)


def test_nobody_is_watched_for_ever_and_less_and_less_often() -> None:
    at, count = START, 0
    while not ending(START, [], at):
        later = next_look(START, at)
        assert timedelta(hours=3) <= later - at <= timedelta(days=1)
        at, count = later, count + 1
    assert at - START < LONGEST + timedelta(days=1)
    assert count < 120
    assert every(timedelta(0)) < every(timedelta(days=2)) < every(timedelta(days=20))


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (Asked("", "platform", START), "no_address"),
        (Asked("javascript:alert(1)", "platform", START), "no_address"),
        (Asked("https://[", "platform", START), "no_address"),
        (Asked("https://x.example/" + "a" * 2000, "platform", START), "too_long"),
        (Asked("https://x.example/", "nabo", START), "no_step"),
        (Asked("https://x.example/", "host", hours(1)), "future"),
    ],
)
def test_what_cannot_be_watched_is_said_beside_its_field(asked: Asked, code: str) -> None:
    (wrong,) = check_start(asked, open=True, watches=0, now=START)
    assert wrong.code == code
    assert wrong.field
    assert [one.code for one in check_start(asked, open=False, watches=50, now=START)] == [
        "case_closed",
        code,
        "too_many",
    ]
