"""Mails that say there is something in Værn, and nothing else. Many notices become one mail.

A mail's row and its Message-ID are there before it is sent. Killed between the mail server's answer and our own
commit, it goes a second time with the same Message-ID, which is the only way one can come twice.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import make_msgid

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from vaern.notices import rules
from vaern.notices.models import Mail, Notice
from vaern.people import queries as people

LEASE = timedelta(minutes=5)
"""How long a worker may take for one mail before another takes it for dead."""
AT_ONCE = 200


def send_notices() -> None:
    """Makes mails of the notices whose moment has come, and sends what has not been sent. A job."""
    if not settings.MAIL_HOST:
        return
    gather(timezone.now())
    for mail_id in list(_unsent(timezone.now()).values_list("pk", flat=True)[:AT_ONCE]):
        if _take(mail_id, timezone.now()):
            _send(Mail.objects.get(pk=mail_id))


def gather(now: datetime) -> int:
    """One mail for each person who has something unread whose moment has come; how many. A notice read in the list
    needs no mail. Whoever cannot log in any more gets none."""
    due = Notice.objects.filter(mail__isnull=True, seen_at__isnull=True, mail_at__lte=now)
    users = list(due.values_list("user_id", flat=True).distinct().order_by())
    for user in people.addresses(users):
        with transaction.atomic():
            mine = due.select_for_update().filter(user_id=user)
            ids = list(mine.values_list("pk", flat=True))
            if ids:
                mail = Mail.objects.create(user_id=user, message_id=_message_id(), made_at=now, try_at=now)
                Notice.objects.filter(pk__in=ids).update(mail=mail)
    return len(users)


def _message_id() -> str:
    """By chance and the sender's domain: nothing of the person or the case."""
    return make_msgid(domain=settings.MAIL_FROM.rpartition("@")[2].strip("> ") or "localhost")


def _unsent(now: datetime) -> QuerySet[Mail]:
    free = Q(taken_until__isnull=True) | Q(taken_until__lt=now)
    return Mail.objects.filter(free, sent_at__isnull=True, try_at__lte=now).order_by("try_at", "pk")


def _take(mail_id: int, now: datetime) -> bool:
    """Compare and set: of two workers one sends."""
    return bool(_unsent(now).filter(pk=mail_id).update(taken_until=now + LEASE, attempts=F("attempts") + 1))


def _send(mail: Mail) -> None:
    address = people.addresses([mail.user_id]).get(mail.user_id)
    if address is None:
        _keep(mail, sent_at=None, problem="closed", try_at=rules.next_try(len(rules.RETRY), timezone.now()))
        return
    try:
        _message(mail, *address).send()
    # smtplib's exceptions are OSErrors: the server is down, or said no. An address that cannot be written in a mail is
    # a ValueError, and keeps no other mail waiting.
    except (OSError, ValueError) as fault:
        _keep(mail, problem=type(fault).__qualname__, try_at=rules.next_try(mail.attempts, timezone.now()))
    else:
        _keep(mail, sent_at=timezone.now(), problem="")


def _keep(mail: Mail, **changes: object) -> None:
    Mail.objects.filter(pk=mail.pk).update(taken_until=None, **changes)


def _message(mail: Mail, address: str, language: str) -> EmailMessage:
    with translation.override(language):
        subject = _("Der er noget til dig i Værn")
        words = _("Der er noget til dig i Værn. Log ind for at se, hvad det er:")
        quiet = _("Vi skriver aldrig i en mail, hvad det drejer sig om.")
    body = f"{words}\n\n{settings.PUBLIC_URL}/\n\n{quiet}\n"
    headers = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"}
    return EmailMessage(subject, body, settings.MAIL_FROM, [address], headers=headers, connection=get_connection())
