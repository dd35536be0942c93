"""A letter on its way out: fetched as a file, sent by hand or by mail, and what became of it.

Sending settles the guideline's duty for the letter, in the same transaction: a deadline set on whoever got it then
starts to run in the plan of the case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Literal
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from vaern.cases import queries as cases
from vaern.cases import service as cases_service
from vaern.cases.facts import Submission
from vaern.cases.rules import DANISH
from vaern.core.refusal import Refused, Unseen
from vaern.evidence import queries as evidence
from vaern.evidence import service as evidence_service
from vaern.guideline.facts import Row, State, Why
from vaern.jobs import service as jobs
from vaern.letters import facts, models, queries, rules
from vaern.letters.service.approving import findings_of
from vaern.letters.service.common import case_of, locked, record, standing_of
from vaern.letters.service.mailing import mail_out, message_id, unsent
from vaern.letters.service.posting import place, seal
from vaern.people import queries as people
from vaern.people.facts import Actor

Kind = Literal["pdf", "docx"]


@dataclass(frozen=True, slots=True)
class Download:
    chunks: Iterator[bytes]
    filename: str


def download_letter(*, actor: Actor, case_id: UUID, letter_id: UUID, kind: Kind, now: datetime) -> Download:
    """The exact bytes that are or will be approved. On record before one of them leaves."""
    row = queries.current(case_id, letter_id)
    kept: UUID | None = getattr(row, kind)
    if kept is None:
        raise Refused(rules.refuse("not_made"))
    with transaction.atomic():
        record(actor, row.letter, "download_letter", now, kind=kind, sha256=getattr(row, f"{kind}_sha256"))
    draft = "udkast-" if row.letter.state == "draft" else ""
    return Download(evidence_service.kept(kept), f"{draft}brev-{row.letter.number}.{kind}")


def approved_files(case_id: UUID) -> list[facts.Approved]:
    """The exact PDF of each letter of a case that was approved, for what files it elsewhere; the oldest first. Whoever
    calls puts on record that they leave."""
    found = [one for one in queries.letters_of_case(case_id) if one.state != "draft" and one.approved_at]
    rows = [queries.current(case_id, one.id) for one in sorted(found, key=lambda one: one.number)]
    return [
        facts.Approved(
            row.letter.number, row.subject, timezone.localdate(row.letter.sent_at or row.letter.approved_at),
            b"".join(evidence_service.kept(row.pdf)),
        )
        for row in rows
        if row.pdf is not None
    ]  # fmt: skip


def send_letter(
    *, actor: Actor, relations: frozenset[str], case_id: UUID, letter_id: UUID, how: str, sent_on: date | None = None,
    note: str = "", number: str = "", now: datetime,
) -> facts.Letter:  # fmt: skip
    """By hand: somebody says that it was sent, and when. By mail or Digital Post: a worker sends it, and it is sent
    when the mail server, or the configured place, has taken it. `number`: the recipient of Digital Post. `Refused`
    names what is missing, also when the leak check finds what it did not find before."""
    case = case_of(actor, case_id)
    findings = findings_of(actor=actor, case_id=case_id, letter_id=letter_id, now=now)
    asked: dict[str, Any] = {
        "findings": findings,
        "how": how,
        "number": rules.number_of(number),
        "sent_on": sent_on,
        "now": now,
    }
    sealed = None
    if how == "digital_post":
        # Nothing is made and kept while others wait for the row; so it is asked before, and once more.
        approved = queries.current(case_id, letter_id)
        _check(case, queries.fact(approved), asked)
        sealed = seal(actor, case, approved, asked["number"], now)
    with transaction.atomic():
        last = locked(case_id, letter_id)
        letter = queries.fact(last)
        _check(case, letter, asked)
        row = last.letter
        row.sent_how, row.sent_note, row.sent_by_id, row.mail_problem = how, note.strip(), actor.user_id, ""
        if how in rules.BY_WORKER:
            _settle(actor, relations, case, letter, None, now, really=False)
            row.message_id = sealed.key if sealed else message_id()
            row.post, row.post_sha256 = (sealed.kept, sealed.sha256) if sealed else (None, "")
            row.save()
            jobs.enqueue("mail_letter", letter=str(row.pk))
        else:
            _sent(actor, relations, case, last, sent_on if sent_on != timezone.localdate(now) else None, now)
    return queries.letter(case_id, letter_id)


def _check(case: Any, letter: facts.Letter, asked: Mapping[str, Any]) -> None:
    today = timezone.localdate(asked["now"])
    wrong = rules.check_send(
        letter, standing_of(case, letter.to), asked["findings"], how=asked["how"], ways=ways_of(case),
        number=asked["number"], today=today,
    )  # fmt: skip
    since = timezone.localdate(letter.approved_at or asked["now"])
    if wrong := (*wrong, *rules.check_day(letter, asked["sent_on"], today, since)):
        raise Refused(*wrong)


def ways_of(case: Any) -> frozenset[str]:
    """The ways that are set up: by hand always."""
    ways = {"print": True, "email": settings.LETTER_MAIL, "digital_post": bool(place(case))}
    return frozenset(way for way, there in ways.items() if there)


def mail_letters() -> None:
    """The scheduled one: asks again for mails that were asked for and never left."""
    for letter in unsent(timezone.now()).values_list("pk", flat=True)[:200]:
        jobs.enqueue("mail_letter", letter=str(letter))


def mail_letter(letter: str) -> None:
    """Sends one letter as a mail, or as Digital Post. Killed between the other side's answer and our own commit, it
    goes a second time with the same id, which is the only way one can come twice."""
    reference = mail_out(UUID(letter))
    if reference is None:
        return
    now = timezone.now()
    with transaction.atomic():
        row = models.Letter.objects.select_for_update(of=("self",)).select_related("sent_by").get(pk=UUID(letter))
        assert row.sent_by is not None
        actor = people.actor_of(row.sent_by, today=timezone.localdate(now))
        last = queries.current(row.case_id, row.pk)
        if reference:
            last.letter.sent_note = "\n".join(filter(None, (row.sent_note, reference)))
        try:
            with transaction.atomic():
                case = case_of(actor, row.case_id)
                _sent(actor, cases.relations(actor, case), case, last, None, now)
        except (Refused, Unseen):
            # The case would not settle the duty any more, or whoever asked has it no more. The mail has left all the
            # same, and that must be said: what is not said to have left is sent again.
            _put_down(actor, queries.current(row.case_id, row.pk), None, "", now)


def confirm_letter(
    *, actor: Actor, case_id: UUID, letter_id: UUID, confirmed_as: str, note: str, now: datetime
) -> facts.Letter:
    """Delivered, returned or answered, and what somebody writes about it."""
    case_of(actor, case_id)
    with transaction.atomic():
        last = locked(case_id, letter_id)
        if wrong := rules.check_confirm(queries.fact(last), confirmed_as):
            raise Refused(*wrong)
        row = last.letter
        row.state, row.confirmed_as, row.confirmed_note = "confirmed", confirmed_as, note.strip()
        row.confirmed_at, row.confirmed_by_id = now, actor.user_id
        row.save()
        record(actor, row, "confirm_letter", now, confirmed_as=confirmed_as, note=row.confirmed_note)
    return queries.letter(case_id, letter_id)


def _sent(actor: Actor, relations: frozenset[str], case: Any, last: Any, day: date | None, now: datetime) -> None:
    """Inside the caller's transaction: the duty, the letter and the entry, or none of them."""
    _put_down(actor, last, day, _settle(actor, relations, case, queries.fact(last), day, now, really=True), now)


def _put_down(actor: Actor, last: models.Version, day: date | None, settled: str, now: datetime) -> None:
    row = last.letter
    row.state, row.sent_at, row.taken_until = "sent", now, None
    if day is not None:
        row.sent_at = min(now, datetime.combine(day, time(12), DANISH))
    row.save()
    digests = {"pdf": last.pdf_sha256, "docx": last.docx_sha256}
    if row.post is not None:
        digests["memo"] = row.post_sha256
    told = {"how": row.sent_how, "sent_at": row.sent_at.isoformat(), "settled": settled, **digests}
    record(actor, row, "send_letter", now, enclosed=list(last.enclosures), **told)


def _settle(
    actor: Actor, relations: frozenset[str], case: Any, letter: facts.Letter, day: date | None, now: datetime, *,
    really: bool,
) -> str:  # fmt: skip
    """Settles the duty this letter is for, and says which; "" when it has none, or none that is asked for now. Without
    `really` it is only tried, so that a mail is not sent that the case then refuses to know."""
    duty = cases.plan_of(case, now).row(letter.duty) if letter.duty else None
    if duty is None or not _asked_for(duty):
        return ""
    given = Submission(
        on_date=day,
        text=letter.written.text,
        recipient=letter.written.recipient,
        reference=f"Brev {letter.number}",
        in_letter=True,
    )
    point = transaction.savepoint()
    cases_service.fulfil_duty(
        actor=actor, relations=relations, case_id=case.pk, duty_id=letter.duty, given=given,
        times_seen=duty.times_done, evidence_count=evidence.count_of_case(case.pk), now=now,
    )  # fmt: skip
    if not really:
        transaction.savepoint_rollback(point)
    return letter.duty


def _asked_for(duty: Row) -> bool:
    return duty.state in {State.OWED, State.WAITING, State.BLOCKED} or duty.why is Why.OUTCOME
