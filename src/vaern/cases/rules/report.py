"""The report: what each step asks for, what is wrong with an answer, and what the sent report says as facts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from urllib.parse import urlsplit

from vaern.cases.facts import ReportData
from vaern.cases.rules.checks import UNLIKELY, is_likely
from vaern.cases.rules.duties import DANISH
from vaern.core.refusal import Refusal
from vaern.core.text import gettext_noop as _
from vaern.guideline.pack import Duty

STEPS: dict[str, tuple[str, ...]] = {
    "what": ("who", "affected_id", "affected_name", "what", "danger_now"),
    "evidence": ("platform", "link", "posted_on", "posted_at", "discovered_on", "discovered_at", "still_online"),
    "kind": ("category", "author_known", "author", "author_relation", "facts"),
    "you": ("impact", "needs_practical", "needs_psychological", "manager_id", "manager_away"),
}
"""The four steps before the summary, and which fields each one saves. One thing at a time on a phone."""

_LONGEST = 20_000


def check_step(step: str, data: ReportData, now: datetime) -> tuple[Refusal, ...]:
    """What is wrong on this step. Only what is typed is judged; what is missing may come until the report is sent."""
    wrong = [refusal for refusal in _typed(data, now) if refusal.field in STEPS[step]]
    return (*wrong, *(refusal for refusal in _missing(data) if step == "what" and refusal.field in STEPS["what"]))


def check_report(data: ReportData, now: datetime) -> tuple[Refusal, ...]:
    """Everything that keeps the report from being sent."""
    return (*_missing(data), *_typed(data, now))


def _missing(data: ReportData) -> list[Refusal]:
    wrong = []
    if not data.what.strip():
        wrong.append(Refusal("missing_what", _("Skriv kort, hvad der er sket."), field="what"))
    if data.who != "me" and data.affected_id is None and not data.affected_name.strip():
        wrong.append(Refusal("missing_affected", _("Skriv, hvem det er gået ud over."), field="affected_name"))
    if data.who != "manager" and data.manager_id is None:
        wrong.append(Refusal("missing_manager", _("Vælg den leder, der skal have sagen."), field="manager_id"))
    return wrong


def _typed(data: ReportData, now: datetime) -> list[Refusal]:
    texts = ("what", "author", "impact", "needs_practical", "needs_psychological")
    long = [name for name in texts if len(getattr(data, name)) > _LONGEST]
    wrong = [Refusal("too_long", _("Teksten er for lang."), field=name) for name in long]
    if data.link and not is_web_address(data.link):
        wrong.append(Refusal("bad_link", _("Adressen skal begynde med https:// eller http://."), field="link"))
    for name in ("posted", "discovered"):
        wrong += _time(getattr(data, f"{name}_on"), getattr(data, f"{name}_at"), f"{name}_on", now)
    if not wrong and _discovered_before_posted(data):
        message = _("Det kan ikke være opdaget, før det blev lagt op.")
        wrong.append(Refusal("discovered_too_early", message, field="discovered_on"))
    return wrong


def _discovered_before_posted(data: ReportData) -> bool:
    """Times are compared only when both are known; a day alone says nothing about the hour."""
    clocks = (data.posted_at, data.discovered_at) if data.posted_at and data.discovered_at else ("", "")
    posted, discovered = moment(data.posted_on, clocks[0]), moment(data.discovered_on, clocks[1])
    return posted is not None and discovered is not None and discovered < posted


def is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and len(text) <= 2000


def _time(day: str, clock: str, field: str, now: datetime) -> list[Refusal]:
    if not day:
        return []
    at = moment(day, clock)
    if at is None:
        return [Refusal("bad_date", _("Skriv datoen og tiden igen. Et klokkeslæt skrives som 14:30."), field=field)]
    if at > now + timedelta(minutes=5):
        return [Refusal("in_the_future", _("Datoen ligger ude i fremtiden."), field=field)]
    return [] if is_likely(at) else [Refusal("unlikely_date", UNLIKELY, field=field)]


def moment(day: str, clock: str) -> datetime | None:
    """A Danish day and time of day as a moment; a day alone counts from its beginning, so that no deadline counted
    from it is set too late. None when it is empty or cannot be read."""
    try:
        return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock) if clock else time(0), DANISH)
    except ValueError:
        return None


def facts_of(data: ReportData) -> dict[str, object]:
    """The report as facts of the case, in the planner's words. Unanswered stays out: unknown."""
    by = {"me": "affected", "colleague": "colleague", "manager": "manager"}[data.who]
    given: dict[str, object] = {
        "reported_by": by,
        "danger_now": data.danger_now,
        "platform": data.platform,
        "still_online": data.still_online,
        "author_known": data.author_known,
        "author_relation": data.author_relation,
        **data.facts,
    }
    if data.category:
        given["category"] = list(data.category)
    return {name: value for name, value in given.items() if value not in ("unknown", "", [])}


def events_of(data: ReportData, now: datetime, has_evidence: bool) -> dict[str, str]:
    """Events as ISO times. The moment of the report itself is always known; found on the day it was posted, at no
    known hour, means found no earlier than it was posted."""
    posted, discovered = moment(data.posted_on, data.posted_at), moment(data.discovered_on, data.discovered_at)
    if posted and discovered and discovered < posted:
        discovered = posted
    times = {
        "posted": posted,
        "discovered": discovered,
        "reported": now,
        "evidence_secured": now if has_evidence else None,
    }
    return {name: at.isoformat() for name, at in times.items() if at is not None}


SETTLES: dict[str, frozenset[str]] = {
    "report": frozenset({"report_to_leader"}),
    "evidence": frozenset({"secure_evidence", "save_on_case"}),
    "what": frozenset({"account_now"}),
    "impact": frozenset({"say_impact"}),
    "needs": frozenset({"say_needs"}),
    "account": frozenset({"account_now", "account_later"}),
    "message": frozenset({"keep_informed"}),
    "conversation": frozenset({"conversation_note", "talk_again", "late_follow_up"}),
}
"""What somebody does in Værn -> the acts (the word layers meet on) that are thereby done. She need not tick what she
has just done."""


def settled_by_report(duties: Iterable[Duty], data: ReportData, has_evidence: bool) -> list[str]:
    """Ids of the duties that sending this report has done; one that comes after something undone is not done by it."""
    given = {
        "report": True,
        "evidence": has_evidence,
        "what": data.who == "me",
        "impact": bool(data.impact.strip()),
        "needs": bool(data.needs_practical.strip() or data.needs_psychological.strip()),
    }
    acts = {act for name, there in given.items() if there for act in SETTLES[name]}
    found = {duty.id: duty for duty in duties if duty.act in acts}
    return sorted(name for name, duty in found.items() if all(after.duty in found for after in duty.after))
