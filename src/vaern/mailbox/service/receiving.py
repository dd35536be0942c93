"""Fetching mail: each one to a draft of its sender's own, or to a case she has a part in, or left where it is.

What is fetched is moved in the mailbox only after it is safe with us. Killed anywhere in between, the next round finds
the mail where it was and the row that says how far it came.
"""

from __future__ import annotations

import logging
from dataclasses import asdict
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from vaern.core.refusal import Refused
from vaern.mailbox import models, queries, reading, rules
from vaern.mailbox.client import Down, Mailbox, opened
from vaern.mailbox.facts import Account, Head, Health, Outcome
from vaern.mailbox.service.keeping import keep
from vaern.people import queries as people
from vaern.people.facts import Actor

BATCH = 50
_log = logging.getLogger(__name__)


def receive_mail(*, now: datetime | None = None) -> int:
    """One round, as a job: how many mails were dealt with. 0 when no mailbox is set up, or it is not asked yet."""
    account, now = queries.account(), now or timezone.now()
    if account is None or not rules.may_try(queries.health(), now):
        return 0
    done, why = 0, ""
    try:
        with opened(account) as mailbox:
            for uid in mailbox.waiting():
                if done >= BATCH:
                    break
                if _deal_and_move(mailbox, uid, account, now):
                    done += 1
                else:
                    why = "mail"
    except Down as down:
        _log.warning("the mailbox is down: %s", down.why)
        why = down.why
    _remember(rules.failed(queries.health(), why, now) if why else rules.succeeded(now))
    return done


def _deal_and_move(mailbox: Mailbox, uid: str, account: Account, now: datetime) -> bool:
    """Whether it went well. One mail that cannot be dealt with stays where it is, and never keeps the others out."""
    try:
        outcome = _deal_with(mailbox, uid, account, now)
    except Down:
        raise
    except Refused as refused:
        raise Down("not_kept") from refused
    except Exception:
        _log.exception("a mail could not be dealt with")
        return False
    mailbox.move(uid, account.done if outcome == "kept" else account.left)
    return True


def _deal_with(mailbox: Mailbox, uid: str, account: Account, now: datetime) -> Outcome:
    """Of a mail from nobody we know, only the header lines are fetched, and nothing of them is kept."""
    size, lines = mailbox.head(uid)
    if len(lines) > reading.HEAD_MAX:
        return _left(mailbox.place(uid), "too_large", now)
    head = reading.read_head(lines, own=account.address, authserv=account.authserv)
    actor = _actor(head.sender, now)
    if head.automatic:
        return _left(mailbox.place(uid), "loop", now)
    if actor is None:
        return _left(mailbox.place(uid), "unknown", now)
    if size > min(rules.MAIL_MAX, settings.FILE_MAX):
        return _left(mailbox.place(uid), "too_large", now)
    data = mailbox.whole(uid)
    return keep(actor, _same(head, data, account), data, now)


def _same(head: Head, data: bytes, account: Account) -> Head:
    """What the whole mail says. When that is another sender the mail is left where it is, and the others are dealt
    with: what makes a server and us read one mail differently, a stranger may have put there."""
    whole = reading.read_head(data, own=account.address, authserv=account.authserv)
    if whole.sender != head.sender:
        raise ValueError("the sender is read in two ways")
    return whole


def _actor(sender: str, now: datetime) -> Actor | None:
    user = people.who_logs_in(sender) if sender else None
    if user is None or not user.is_active or user.organisation_id is None:
        return None
    return people.actor_of(user, today=timezone.localdate(now))


def _left(place: str, outcome: Outcome, now: datetime) -> Outcome:
    """Counted once, without a word of it."""
    key = sha256(place.encode()).hexdigest()
    models.Letter.objects.get_or_create(key=key, defaults={"outcome": outcome, "at": now})
    return outcome


def _remember(health: Health) -> None:
    with transaction.atomic():
        models.Box.objects.update_or_create(pk=1, defaults=asdict(health))
