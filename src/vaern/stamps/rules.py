"""The rules of time stamps: how a setting is read, how long to wait after a failure, what a page may say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from vaern.core.text import gettext_noop as _
from vaern.stamps.facts import Authority, Health, Stamped, State, Waiting

ALARM_AFTER = 3
"""Failures in a row before somebody is told: one lost packet is no alarm."""
LONGEST_PAUSE = timedelta(hours=2)
CLOCK_TOLERANCE = timedelta(minutes=10)

# Why a stamp was not kept, as the end of a sentence: "… fordi %(why)s."
WHY: dict[str, str] = {
    "unreachable": _("tjenesten ikke kunne nås"),
    "slow": _("tjenesten var for længe om at svare"),
    "refused": _("tjenesten sagde nej"),
    "too_large": _("svaret var alt for stort"),
    "garbled": _("svaret ikke kunne læses"),
    "other_answer": _("svaret hørte til noget andet end det, vi spurgte om"),
    "untrusted": _("stemplet ikke kan føres tilbage til det certifikat, der er sat op"),
    "clock": _("tjenestens ur og vores ur ikke er enige"),
}

WRONG: dict[str, str] = {
    "response": "the stored answer was changed",
    "roots": "the stored certificates were changed",
    "unreadable": "the stored answer cannot be read",
    "signature": "the stamp does not hold against its certificates",
    "digest": "the stamp is of another digest than what it stands beside",
    "time": "the stamp says another time than its row",
    "item": "the item it stamps has another digest now",
    "entry": "no entry of the journal tells of this stamp as it is",
    "missing": "the journal tells of this stamp, and it is not there",
    "head": "the journal has another entry at this place than the one that was stamped",
}

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_URL = re.compile(r"https?://[^\s/]+(/\S*)?")
_POLICY = re.compile(r"[0-2](\.(0|[1-9]\d*)){1,20}")


def read_authorities(text: str) -> list[tuple[str, str, str, str]] | str:
    """VAERN_TSA as (name, address, file of root certificates, policy or ""), or a sentence that says what is wrong.

    One authority: “name address file [policy]”; several are parted by a semicolon or a new line.
    """
    found: list[tuple[str, str, str, str]] = []
    for line in filter(None, (one.strip() for one in re.split(r"[;\n]", text))):
        parts = line.split()
        if len(parts) not in (3, 4):
            return f"“{line}” is not a name, an address, a file of root certificates and perhaps a policy."
        name, url, roots, policy = (*parts, "")[:4]
        if wrong := _wrong_part(name, url, policy):
            return wrong
        if any(name == other for other, *_rest in found):
            return f"two authorities are called “{name}”."
        found.append((name, url, roots, policy))
    return found


def _wrong_part(name: str, url: str, policy: str) -> str:
    if not _NAME.fullmatch(name):
        return f"“{name}” is not a name of small letters, digits and hyphens."
    if not _URL.fullmatch(url):
        return f"“{url}” is not an address that begins with http:// or https://."
    return f"“{policy}” is not an object identifier." if policy and not _POLICY.fullmatch(policy) else ""


def pause(failures: int) -> timedelta:
    """How long an authority is left alone after so many failures in a row: 1, 2, 4 … minutes, two hours at most."""
    return min(timedelta(minutes=2 ** min(failures - 1, 10)), LONGEST_PAUSE)


def may_try(health: Health, now: datetime) -> bool:
    return health.next_try is None or health.next_try <= now


def failed(health: Health, why: str, now: datetime) -> Health:
    count = health.failures + 1
    since = health.failing_since or now
    return Health(health.authority, count, since, why, now + pause(count), health.last_success)


def succeeded(health: Health, now: datetime) -> Health:
    return Health(health.authority, last_success=now)


def alarms(health: Health) -> bool:
    return health.failures >= ALARM_AFTER


def clocks_agree(gen_time: datetime, asked: datetime, answered: datetime) -> bool:
    """The nonce proves that the answer is new, so a time far from ours means that one of the two clocks is wrong."""
    return asked - CLOCK_TOLERANCE <= gen_time <= answered + CLOCK_TOLERANCE


def state_of(
    since: datetime,
    stamped: Iterable[Stamped],
    authorities: Iterable[Authority],
    healths: Mapping[str, Health],
    *,
    patience: timedelta,
    now: datetime,
) -> State:
    """What may be said about an item taken in at `since`. A stamp by an authority no longer in use still counts."""
    there = tuple(stamped)
    done = {one.authority for one in there}
    waiting = tuple(
        Waiting(one.name, since, healths[one.name].why if one.name in healths else "", now - since >= patience)
        for one in authorities
        if one.name not in done
    )
    return State(there, waiting)
