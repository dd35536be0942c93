"""One letter as a mail with the approved PDF. Encrypted to the mail server or not at all: see `config.mail`."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import make_msgid
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from vaern.core.refusal import Refused
from vaern.evidence import service as evidence
from vaern.letters import models, queries

LEASE = timedelta(minutes=5)
"""How long a worker may take for one mail before another takes it for dead."""


def message_id() -> str:
    """By chance and the sender's domain: nothing of the person or the case."""
    return make_msgid(domain=settings.MAIL_FROM.rpartition("@")[2].strip("> ") or "localhost")


def unsent(now: datetime) -> QuerySet[models.Letter]:
    """Mails that were asked for, have not left and are in no worker's hands."""
    free = Q(taken_until__isnull=True) | Q(taken_until__lt=now)
    return models.Letter.objects.filter(free, state="approved", sent_how="email").exclude(message_id="")


def mail_out(letter_id: UUID) -> bool:
    """Whether the mail server took it. A server that is down keeps the letter approved; the page says so, and the
    scheduled job tries again."""
    now = timezone.now()
    # Compare and set: of two workers one sends; and while it does, nobody can take the letter back.
    taken = settings.LETTER_MAIL and unsent(now).filter(pk=letter_id).update(taken_until=now + LEASE, mail_problem="")
    if not taken:
        return False
    row = models.Letter.objects.get(pk=letter_id)
    try:
        _message(row, queries.current(row.case_id, row.pk)).send()
    # smtplib's exceptions are OSErrors; an address that cannot be written in a mail is a ValueError.
    except (OSError, ValueError, Refused) as fault:
        models.Letter.objects.filter(pk=letter_id).update(taken_until=None, mail_problem=type(fault).__qualname__)
        return False
    return True


def _message(row: models.Letter, version: models.Version) -> EmailMessage:
    assert version.pdf is not None
    pdf = b"".join(evidence.kept(version.pdf))
    with translation.override(row.language):
        words = _("Brevet ligger i den vedhæftede fil.")
    headers = {"Message-ID": row.message_id}
    mail = EmailMessage(
        version.subject, f"{words}\n", settings.MAIL_FROM, [version.email], headers=headers, connection=get_connection()
    )
    mail.attach("brev.pdf", pdf, "application/pdf")
    return mail
