"""One letter on its way out by a worker. As a mail with the approved PDF: encrypted to the mail server or not at all,
see `config.mail`. As Digital Post: see `posting`."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import make_msgid
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from vaern.core.refusal import Refused, Unseen
from vaern.evidence import service as evidence
from vaern.letters import models, queries
from vaern.letters.rules import BY_WORKER
from vaern.letters.service.common import case_of
from vaern.letters.service.enclosing import carried, enclosed
from vaern.letters.service.posting import post_out
from vaern.people import queries as people
from vaern.ways.undelivered import Undelivered

ENCLOSURES = "enclosures"
"""The kind of fault when something enclosed may not go out as it is any more."""
LEASE = timedelta(minutes=5)
"""How long a worker may take for one mail before another takes it for dead."""


def message_id() -> str:
    """By chance and the sender's domain: nothing of the person or the case."""
    return make_msgid(domain=settings.MAIL_FROM.rpartition("@")[2].strip("> ") or "localhost")


def unsent(now: datetime) -> QuerySet[models.Letter]:
    """Letters that were asked to go, have not left and are in no worker's hands."""
    free = Q(taken_until__isnull=True) | Q(taken_until__lt=now)
    return models.Letter.objects.filter(free, state="approved", sent_how__in=BY_WORKER).exclude(message_id="")


def mail_out(letter_id: UUID) -> str | None:
    """What the other side calls it, or "", when it took it; else None. When it is away the letter stays approved, the
    page says so, and the scheduled job tries again."""
    now = timezone.now()
    # Compare and set: of two workers one sends; and while it does, nobody can take the letter back.
    if not unsent(now).filter(pk=letter_id).update(taken_until=now + LEASE, mail_problem=""):
        return None
    row = models.Letter.objects.get(pk=letter_id)
    try:
        return _send(row)
    # smtplib's exceptions are OSErrors; an address that cannot be written in a mail is a ValueError.
    except (OSError, ValueError, Refused, Unseen, Undelivered) as fault:
        kind = getattr(fault, "kind", type(fault).__qualname__)
        models.Letter.objects.filter(pk=letter_id).update(taken_until=None, mail_problem=kind[:60])
        return None


def _send(row: models.Letter) -> str:
    assert row.sent_by is not None
    actor, last = people.actor_of(row.sent_by, today=timezone.localdate()), queries.current(row.case_id, row.pk)
    items = enclosed(row.case_id, queries.written(last))
    if len(items) < len(last.enclosures):
        # Masked since it was asked for: what was approved must not leave, and less was never approved.
        raise Undelivered(ENCLOSURES)
    if row.sent_how == "digital_post":
        return post_out(row, case_of(actor, row.case_id))
    if not settings.LETTER_MAIL:
        raise Undelivered("mail is not allowed any more")
    mail = _message(row, last)
    for one in carried(actor, row.pk, items, timezone.now()):
        mail.attach(one.name, one.data, one.mime)
    mail.send()
    return ""


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
