from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from vaern.config.env import SettingProblem
from vaern.config.tsa import authorities
from vaern.stamps import rules
from vaern.stamps.facts import Authority, Health, Stamped

NOW = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)
A, B = (Authority(name, "https://tsa.example/", "") for name in ("a", "b"))


def test_one_authority_or_several_with_or_without_a_policy() -> None:
    text = "one https://one.example/tsr one.pem; two http://two.example two.pem 1.3.6.1.4.1\n"
    assert rules.read_authorities(text) == [
        ("one", "https://one.example/tsr", "one.pem", ""),
        ("two", "http://two.example", "two.pem", "1.3.6.1.4.1"),
    ]
    assert rules.read_authorities(" \n; ") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("one https://one.example", "is not a name, an address"),
        ("One https://one.example a.pem", "is not a name of small letters"),
        ("one ftp://one.example a.pem", "begins with http"),
        ("one https:// a.pem", "begins with http"),
        ("one https://one.example a.pem 1.2.x", "is not an object identifier"),
        ("one https://one.example a.pem 3.2", "is not an object identifier"),
        ("one https://one.example a.pem; one https://two.example a.pem", "two authorities are called"),
        ("one https://one.example /no/such/file.pem", "cannot be read"),
        ("one https://one.example /etc/hostname", "no certificate in PEM"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_a_sentence(text: str, said: str) -> None:
    with pytest.raises(SettingProblem, match=r"^VAERN_TSA: ") as problem:
        authorities(text)
    assert said in str(problem.value)


def test_each_failure_doubles_the_pause_up_to_two_hours() -> None:
    pauses = [rules.pause(number) for number in range(1, 12)]
    assert pauses[:4] == [timedelta(minutes=minutes) for minutes in (1, 2, 4, 8)]
    assert pauses == sorted(pauses)
    assert rules.pause(5000) == timedelta(hours=2)


def test_failing_is_remembered_from_its_first_moment_and_success_wipes_it_out() -> None:
    how = Health("a", last_success=NOW - timedelta(days=1))
    for minutes, alarmed in ((0, False), (1, False), (3, True)):
        how = rules.failed(how, "slow", NOW + timedelta(minutes=minutes))
        assert rules.alarms(how) is alarmed
    assert (how.failing_since, how.why, how.failures) == (NOW, "slow", 3)
    assert not rules.may_try(how, NOW + timedelta(minutes=6))
    assert rules.may_try(how, NOW + timedelta(minutes=7))
    assert rules.succeeded(how, NOW) == Health("a", last_success=NOW)


def test_the_two_clocks_agree_within_minutes() -> None:
    for minutes, agree in ((0, True), (9, True), (-9, True), (11, False), (-11, False)):
        assert rules.clocks_agree(NOW + timedelta(minutes=minutes), NOW, NOW) is agree


@pytest.mark.parametrize(
    ("stamped", "in_use", "hours", "word"),
    [
        ("", "", 0, "none"),
        ("a", "", 99, "stamped"),
        ("a", "a", 99, "stamped"),
        ("ab", "a", 99, "stamped"),
        ("", "a", 0, "waiting"),
        ("", "a", 3, "waiting"),
        ("", "a", 4, "late"),
        ("a", "ab", 1, "waiting"),
        ("a", "ab", 5, "late"),
    ],
)
def test_what_may_be_said(stamped: str, in_use: str, hours: int, word: str) -> None:
    state = rules.state_of(
        NOW - timedelta(hours=hours),
        [Stamped(name, NOW) for name in stamped],
        [one for one in (A, B) if one.name in in_use],
        {"b": Health("b", why="slow")},
        patience=timedelta(hours=4),
        now=NOW,
    )
    assert state.word == word
    assert [one.authority for one in state.waiting] == [name for name in in_use if name not in stamped]
    assert all(one.why == ("slow" if one.authority == "b" else "") for one in state.waiting)
