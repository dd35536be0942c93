"""One letter as a mail with the approved PDF. Encrypted to the mail server or not at all: see `config.mail`."""

from __future__ import annotations

from email.utils import make_msgid
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from vaern.core.refusal import Refused
from vaern.evidence import service as evidence
from vaern.letters import models, queries

TRY_AGAIN = "again"


def message_id() -> str:
    """By chance and the sender's domain: nothing of the person or the case."""
    return make_msgid(domain=settings.MAIL_FROM.rpartition("@")[2].strip("> ") or "localhost")


def unsent() -> list[UUID]:
    waiting = Q(state="approved", sent_how="email") & ~Q(message_id="")
    return list(models.Letter.objects.filter(waiting).values_list("pk", flat=True)[:200])


def mail_out(letter_id: UUID) -> bool:
    """Whether the mail server took it. A server that is down keeps the letter approved; the page says so, and the
    scheduled job tries again."""
    row = models.Letter.objects.filter(pk=letter_id, pk__in=unsent()).first()
    if row is None or not (settings.MAIL_HOST and settings.LETTER_MAIL):
        return False
    version = queries.current(row.case_id, row.pk)
    try:
        _message(row, version).send()
    except (OSError, Refused) as fault:  # smtplib's exceptions are OSErrors
        models.Letter.objects.filter(pk=letter_id).update(mail_problem=type(fault).__qualname__)
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
