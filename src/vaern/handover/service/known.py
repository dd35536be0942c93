"""What the case knows, under the names the channels' fields ask for. What it does not know is not here."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from vaern.bundle import queries as bundles
from vaern.cases import queries as cases
from vaern.cases.facts import Planned
from vaern.evidence import queries as evidence
from vaern.guideline.offences import suggested
from vaern.guideline.pack import Offence
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
        "offences": _offences(plan, case),
        "bundle": _bundle(case),
        **_settled(case),
    }


PROSECUTION = {
    "public": "Det offentlige rejser sagen",
    "on_request": "Den ramte kan bede om, at det offentlige rejser sagen",
    "private": "Den ramte skal selv rejse sagen",
    "unknown": "Hvem der rejser sagen, er ikke bekræftet her",
}
REPORT_BY = {
    "phone": "telefon",
    "writing": "brev eller mail",
    "in_person": "personligt fremmøde",
    "online": "på nettet",
    "court": "ved domstolene",
}
"""Danish, whatever the reader's language: the sheet goes to the Danish police."""


def _offences(plan: Planned, case: Any) -> str:
    """What the layers suggest by the facts of the case, one paragraph each, with where it is known from."""
    values = {name: tuple(one) if isinstance(one, list) else one for name, one in case.facts.items()}
    return "\n\n".join(_offence(one) for one in suggested(plan.composed, values))


def _offence(one: Offence) -> str:
    law = one.legal[0]
    where = ", ".join(REPORT_BY[way] for way in one.report_by) or "ukendt"
    known = f"Set i {law.source} {law.checked_on:%d.%m.%Y} ({law.certainty})."
    return f"{law.reference}: {one.title}. {PROSECUTION[one.prosecution]}. Meldes: {where}. {known}"


def _bundle(case: Any) -> str:
    """The newest bundle of evidence that is ready, by its number and the digest of its bytes."""
    ready = next((one for one in bundles.bundles_of_case(case.pk) if one.state == "ready" and one.made_at), None)
    if ready is None:
        return ""
    return f"Bevispakke {ready.number}, {timezone.localtime(ready.made_at):%d.%m.%Y}, SHA-256 {ready.sha256}"


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
