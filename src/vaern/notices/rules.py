"""Who must be told of an entry in the journal, when a deadline or a silence is said, and at which hour."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Literal
from uuid import UUID

from vaern.cases.facts import AgreedTalk, Crew, Danger, Deadline, Quiet
from vaern.core.text import gettext_noop as _
from vaern.core.workdays import DANISH_TIME, is_workday
from vaern.handover.facts import FollowUp
from vaern.journal.facts import Entry
from vaern.letters.facts import Unanswered
from vaern.notices.facts import Owed, Pace

# The sentence of each kind in the list inside Værn. A mail never says which kind it is.
KINDS: dict[str, str] = {
    "new_case": _("Du har fået en ny sag."),
    "danger": _("Nogen kan være i fare i en sag, du har."),
    "danger_unseen": _("Nogen kan være i fare, og ingen har åbnet sagen."),
    "news": _("Der er sket noget i din sag."),
    "message": _("Der er en ny besked."),
    "answer": _("Medarbejderen har svaret eller skrevet i sagen."),
    "brought_in": _("Du er taget med ind i en sag."),
    "stepped_in": _("Niveauet over er gået ind i sagen."),
    "closed": _("Sagen er afsluttet."),
    "reopened": _("Sagen er åbnet igen."),
    "post_gone": _("Et opslag ser ud til at være væk."),
    "wrong_code": _("Nogen har skrevet en forkert kode for at læse en sag."),
    "talk_today": _("Der er aftalt en samtale i dag."),
    "talk_missed": _("En aftalt samtale er ikke skrevet ned."),
    "follow_up": _("Det er tid at se, hvad der blev af en plan."),
    "no_answer": _("Et brev er ikke besvaret til tiden."),
    "deadline_near": _("En frist nærmer sig."),
    "deadline_now": _("En frist er her."),
    "deadline_missed": _("En frist er gået."),
    "deadline_missed_below": _("En frist er gået hos en leder under dig."),
    "silent": _("Medarbejderen har længe ikke hørt noget."),
    "silent_below": _("En medarbejder har længe ikke hørt noget fra en leder under dig."),
}

Who = Callable[[Crew, Entry], frozenset[int]]


def _affected(crew: Crew, entry: Entry) -> frozenset[int]:
    return crew.affected


def _handlers(crew: Crew, entry: Entry) -> frozenset[int]:
    return crew.handlers


def _both(crew: Crew, entry: Entry) -> frozenset[int]:
    return crew.affected | crew.handlers


def _named(crew: Crew, entry: Entry) -> frozenset[int]:
    """The person the entry itself names."""
    user = entry.data.get("user")
    return frozenset({user}) if isinstance(user, int) else frozenset()


def _both_when_gone(crew: Crew, entry: Entry) -> frozenset[int]:
    return _both(crew, entry) if entry.data.get("ended") == "gone" else frozenset()


# Which entry tells whom what. An act that is not here is nobody's news.
TOLD: dict[str, tuple[tuple[Who, str, Pace], ...]] = {
    "add_account": ((_handlers, "answer", "soon"),),
    "bring_in": ((_named, "brought_in", "soon"),),
    "close_case": ((_both, "closed", "soon"),),
    "fail_referral": ((_handlers, "wrong_code", "soon"),),
    "fulfil_duty": ((_affected, "news", "soon"),),
    "give_consent": ((_handlers, "answer", "soon"),),
    "look_at_post": ((_both_when_gone, "post_gone", "soon"),),
    "name_affected": ((_named, "news", "soon"),),
    "reopen_case": ((_both, "reopened", "soon"),),
    "note_conversation": ((_affected, "news", "soon"),),
    "say_needs": ((_handlers, "answer", "soon"),),
    "send_report": ((_handlers, "new_case", "at_once"),),
    "step_in": ((_both, "stepped_in", "soon"),),
    "take_in_evidence": ((_handlers, "answer", "daily"),),
    "write_message": ((_both, "message", "soon"),),
}


def case_of(entry: Entry) -> UUID | None:
    """The case an entry is about; None when it is about something else."""
    kind, _colon, rest = entry.subject.partition(":")
    try:
        return UUID(rest) if kind == "case" else None
    except ValueError:
        return None


def told(entry: Entry, crew: Crew) -> Iterator[Owed]:
    """The notices one entry owes. Nobody is told of what she did herself, nor anybody who must not see the case."""
    case = case_of(entry)
    for who, kind, pace in TOLD.get(entry.act, ()):
        for user in sorted(who(crew, entry) - crew.excluded - {entry.actor_id or 0}):
            burning = crew.danger and kind == "new_case"
            yield Owed(
                user, "danger" if burning else kind, f"{entry.chain}/{entry.seq}/{kind}", pace, case, _duty(entry)
            )


def _duty(entry: Entry) -> str:
    duty = entry.data.get("duty")
    return duty if isinstance(duty, str) else ""


NEAR = timedelta(hours=24)
MISSED_TOLD_ABOVE = timedelta(days=1)
AGAIN_AFTER = (timedelta(days=1), timedelta(days=3), timedelta(days=7))


def reminders(one: Deadline, now: datetime) -> Iterator[Owed]:
    """What is to be said about a deadline by `now`: before it, at it, and after it, each once; above when it is past.

    A missed deadline is said and stops nothing. When the worker stood still, only the latest step is said: three mails
    at once about the same day help nobody.
    """
    left = one.due - now
    if left > timedelta(0):
        # Half of a short time, so that a deadline of four hours is not near from its first minute.
        if left <= min(NEAR, (one.due - one.since) / 2):
            yield from _remind(one, one.owners, "deadline_near", "near", "soon")
        return
    step = sum(-left >= after for after in AGAIN_AFTER)
    kind = "deadline_missed" if step else "deadline_now"
    pace: Pace = "at_once" if one.crew.danger else "soon"
    yield from _remind(one, one.owners, kind, f"late{step}", pace if step <= 1 else "daily")
    if one.must and -left >= MISSED_TOLD_ABOVE:
        yield from _remind(one, one.crew.above, "deadline_missed_below", f"above{step}", pace)


def _remind(one: Deadline, users: frozenset[int], kind: str, step: str, pace: Pace) -> Iterator[Owed]:
    for user in sorted(users - one.crew.excluded):
        key = f"{one.case_id}/{one.duty}/{one.due.isoformat()}/{step}"
        yield Owed(user, kind, key, pace, one.case_id, one.duty)


def silences(one: Quiet, now: datetime) -> Iterator[Owed]:
    """The silence clock: first the handlers, a day later the level above, and again each further day to both."""
    late = now - one.last_heard - timedelta(days=one.limit_days)
    if late < timedelta(0):
        return
    key = f"{one.case_id}/silence/{one.last_heard.isoformat()}/{late.days}"
    for user in sorted(one.crew.handlers - one.crew.excluded):
        yield Owed(user, "silent", key, "soon" if late.days < 1 else "daily", one.case_id)
    if late.days >= 1:
        for user in sorted(one.crew.above - one.crew.excluded):
            yield Owed(user, "silent_below", key, "soon" if late.days <= 1 else "daily", one.case_id)


def unanswered(one: Unanswered, crew: Crew) -> Iterator[Owed]:
    """The day after a letter asked for an answer by: the guideline says what happens then, and somebody has to look."""
    for user in sorted(crew.handlers - crew.excluded):
        yield Owed(user, "no_answer", f"{one.letter_id}/unanswered/{one.answer_by}", "soon", one.case_id)


def follow_ups(one: FollowUp, crew: Crew, today: date) -> Iterator[Owed]:
    """The day a plan is to be looked at, whoever has the case is asked; and again at the steps of a missed deadline."""
    step = sum(today - one.due >= after for after in AGAIN_AFTER)
    for user in sorted(crew.handlers - crew.excluded):
        key = f"{one.handover_id}/{one.field}/{one.due.isoformat()}/{step}"
        yield Owed(user, "follow_up", key, "daily" if step else "soon", one.case_id)


def agreed_talks(one: AgreedTalk, now: datetime) -> Iterator[Owed]:
    """The day of an agreed conversation both are reminded; from the day after, those who handle the case are asked
    what became of it, at the same steps as a deadline that is missed."""
    key = f"{one.case_id}/talk/{one.on.isoformat()}"
    late = timedelta(days=(now.astimezone(DANISH_TIME).date() - one.on).days)
    step = sum(late >= after for after in AGAIN_AFTER)
    users = one.crew.handlers if step else one.crew.handlers | one.crew.affected
    kind = "talk_missed" if step else "talk_today"
    pace: Pace = "daily" if step else "soon"
    for user in sorted(users - one.crew.excluded):
        yield Owed(user, kind, f"{key}/{step}", pace, one.case_id)


UNSEEN_DANGER = timedelta(hours=1)


def unseen_danger(one: Danger, now: datetime) -> Iterator[Owed]:
    """Somebody may be in danger and nobody who has the case has looked for an hour: told also above, at any hour."""
    if one.opened or now - one.reported_at < UNSEEN_DANGER:
        return
    for user in sorted((one.crew.above | one.crew.handlers) - one.crew.excluded):
        yield Owed(user, "danger_unseen", f"{one.case_id}/danger/{one.reported_at.isoformat()}", "at_once", one.case_id)


SANE = (time(7), time(20))
DIGEST = time(8)


def when(pace: Pace, now: datetime) -> datetime:
    """The moment a mail may go, in UTC-comparable aware time: now, the next sane hour, or the next day's digest.

    Sane hours are 7 to 20 in Denmark, on any day: a deadline may fall on a Sunday. The digest goes on working days.
    """
    local = now.astimezone(DANISH_TIME)
    if pace == "at_once" or (pace == "soon" and SANE[0] <= local.time() < SANE[1]):
        return now
    if pace == "soon":
        day = local.date() + timedelta(days=local.time() >= SANE[1])
        return datetime.combine(day, SANE[0], DANISH_TIME)
    day = local.date() + timedelta(days=1)
    while not is_workday(day):
        day += timedelta(days=1)
    return datetime.combine(day, DIGEST, DANISH_TIME)


# Waiting times after a mail server refused or did not answer: soon at first, then every six hours, for ever.
RETRY = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=6))


def next_try(attempts: int, now: datetime) -> datetime:
    """When a mail that could not be sent is tried again. `attempts` counts the one that just failed."""
    return now + RETRY[min(max(attempts, 1), len(RETRY)) - 1]


def leads(kind: str, duty: str, *, own: bool) -> Literal["own", "case", "status", "duty"]:
    """The page a notice is read on. `own`: the case is about the reader, who has a page of her own for it."""
    if kind in {"deadline_missed_below", "silent_below"}:
        return "status"
    if duty and kind.startswith("deadline"):
        return "duty"
    return "own" if own else "case"
