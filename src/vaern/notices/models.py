"""Notices, the mails that say there are any, and how far the journal has been read."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Cursor(models.Model):
    """The last entry of an organisation's chain that was read. Moved in the transaction that writes its notices."""

    organisation_id = models.BigIntegerField(primary_key=True)
    seq = models.BigIntegerField(default=0)


class Mail(models.Model):
    """One mail to one person. Its Message-ID is fixed when the row is made: a mail sent twice is seen as one."""

    user = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    message_id = models.CharField(max_length=200, unique=True)
    made_at = models.DateTimeField()
    try_at = models.DateTimeField()
    taken_until = models.DateTimeField(null=True)
    attempts = models.IntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=100, blank=True)

    class Meta:
        indexes = [models.Index(fields=["try_at"], condition=Q(sent_at__isnull=True), name="mails_unsent")]


class Notice(models.Model):
    """Something a person should know. Says which kind and which case, and nothing of what the case is about."""

    organisation_id = models.BigIntegerField(db_index=True)
    user = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)
    key = models.CharField(max_length=250)
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="+")
    duty = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()
    mail_at = models.DateTimeField()
    mail = models.ForeignKey(Mail, models.PROTECT, null=True, related_name="notices")
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key", "kind"], name="notice_once")]
        indexes = [
            models.Index(fields=["user", "-at"], name="notices_of_a_user"),
            models.Index(
                fields=["mail_at"], condition=Q(mail__isnull=True, seen_at__isnull=True), name="notices_unmailed"
            ),
        ]


class Calendar(models.Model):
    """The private address of a person's own deadlines. Only the digest of its secret is kept: whoever reads the
    database cannot read anybody's calendar."""

    user = models.OneToOneField("people.User", models.PROTECT, related_name="+", primary_key=True)
    digest = models.CharField(max_length=64, unique=True)
    opened_at = models.DateTimeField()
