"""What the case knows, under the names the channels' fields ask for. What it does not know is not here."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from vaern.cases import queries as cases
from vaern.cases.facts import Planned
from vaern.evidence import queries as evidence
from vaern.people.facts import Actor

EVENTS = ("posted", "discovered", "reported", "first_absence_day", "police_reported")


def known_of(actor: Actor, case: Any, now: datetime) -> dict[str, str]:
    plan = cases.plan_of(case, now)
    return {
        "case": cases.label(case),
        "organisation": case.organisation.name,
        "unit": case.unit.name,
        "affected": case.affected.name if case.affected else case.affected_name,
        "reporter": case.reporter.name,
        "handler": actor.name,
        "manager": _manager(case),
        "what": case.what,
        "link": case.link,
        "author": case.author,
        "impact": case.impact,
        "platform": _answer(plan, case, "platform"),
        "absence": _answer(plan, case, "absence"),
        "injury": _answer(plan, case, "injury"),
        "danger": _answer(plan, case, "danger_now"),
        "online": _answer(plan, case, "still_online"),
        "evidence": str(evidence.count_of_case(case.pk)),
        "today": _day(now),
        **{event: _day(moment) for event in EVENTS if (moment := _moment(case, event))},
        **{f"{event}_at": _clock(moment) for event in EVENTS if (moment := _moment(case, event))},
        **_settled(case),
    }


def _manager(case: Any) -> str:
    return next((part.user.name for part in cases.parts(case) if part.role == "manager"), "")


def _answer(plan: Planned, case: Any, fact: str) -> str:
    """The answer as the guideline words it; nothing for "I don't know"."""
    value = case.facts.get(fact)
    if value in (None, "", "unknown", []):
        return ""
    values = value if isinstance(value, list) else [value]
    return ", ".join(plan.composed.option_label(fact, str(one)) for one in values)


def _moment(case: Any, event: str) -> datetime | None:
    said = case.events.get(event)
    return datetime.fromisoformat(said) if said else None


def _day(moment: datetime) -> str:
    return timezone.localdate(moment).isoformat()


def _clock(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")


def _settled(case: Any) -> dict[str, str]:
    """What was written when a duty was settled: "said:decline_note" -> its words; the last counts."""
    found = {}
    for one in cases.fulfilments(case):
        words = [str(one.fields[name]) for name in ("text", "agreed", "reasons") if one.fields.get(name)]
        found[f"said:{one.duty}"] = "\n\n".join(words)
    return found
