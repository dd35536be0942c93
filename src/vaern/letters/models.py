"""Letters and the bytes made of them. The bytes lie sealed in the vault under the case's key."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


def _person(*, null: bool = True) -> models.ForeignKey:  # type: ignore[type-arg]
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=null, related_name="+")


class Letter(models.Model):
    """One letter on a case. `organisation_id` and `case_id` are plain columns, as with evidence: what was sent outlives
    the case. What was written stands in the newest `Version`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation_id = models.BigIntegerField()
    case_id = models.UUIDField()
    number = models.PositiveIntegerField()
    template = models.CharField(max_length=80)
    duty = models.CharField(max_length=100, blank=True)
    to = models.CharField(max_length=80)
    second_person = models.BooleanField(default=False)
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default="draft")
    version = models.PositiveIntegerField(default=1)

    approved_by = _person()
    approved_at = models.DateTimeField(null=True)
    approved_version = models.PositiveIntegerField(null=True)
    # Fingerprints of what the leak check found and somebody let through, and why.
    accepted = models.JSONField(default=list)
    accepted_reason = models.TextField(blank=True)

    sent_by = _person()
    sent_at = models.DateTimeField(null=True)
    sent_how = models.CharField(max_length=20, blank=True)
    sent_note = models.TextField(blank=True)
    # Mail that is on its way: whose it is, its Message-ID, and what the mail server said last.
    message_id = models.CharField(max_length=200, blank=True)
    # A message of Digital Post, sealed: what `evidence.service.keep` gave back.
    post = models.UUIDField(null=True)
    post_sha256 = models.CharField(max_length=64, blank=True)
    mail_problem = models.CharField(max_length=60, blank=True)
    # A worker has it until then; a dead one is known by that.
    taken_until = models.DateTimeField(null=True)

    confirmed_as = models.CharField(max_length=10, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = _person()
    confirmed_note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case_id", "number"], name="letter_number_once"),
            models.CheckConstraint(
                condition=Q(state="draft", approved_version__isnull=True)
                | Q(state__in=["approved", "sent", "confirmed"], approved_version__isnull=False),
                name="letter_approved_is_a_version",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["sent", "confirmed"]) | Q(sent_at__isnull=False), name="letter_sent_has_a_time"
            ),
        ]


class Version(models.Model):
    """One text of a letter, never changed, and the files made of it. `pdf` and `docx` are what `evidence.service.keep`
    gave back: no renderer makes the same bytes twice, so these are the ones that are approved and sent."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    recipient = models.CharField(max_length=200, blank=True)
    address = models.TextField(blank=True)
    email = models.EmailField(max_length=254, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    grounds = models.TextField(blank=True)
    answer_by = models.DateField(null=True)
    # Ids of evidence, in the order in which it is enclosed.
    enclosures = models.JSONField(default=list)
    written_by = _person(null=False)
    written_at = models.DateTimeField()

    pdf = models.UUIDField(null=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    docx = models.UUIDField(null=True)
    docx_sha256 = models.CharField(max_length=64, blank=True)
    tries = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["letter", "number"], name="letter_version_once")]
