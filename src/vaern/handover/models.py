"""Handovers: what was written for another system, and what became of it. The bytes that left lie in the vault."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


def _person(*, null: bool = True) -> models.ForeignKey:  # type: ignore[type-arg]
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=null, related_name="+")


class Handover(models.Model):
    """`organisation_id` and `case_id` are plain columns, as with letters: what was handed over outlives the case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation_id = models.BigIntegerField()
    case_id = models.UUIDField()
    number = models.PositiveIntegerField()
    channel = models.CharField(max_length=40)
    duty = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=10, default="draft")
    version = models.PositiveIntegerField(default=1)
    answers = models.JSONField(default=dict)
    written_by = _person(null=False)
    written_at = models.DateTimeField()

    way = models.CharField(max_length=10, blank=True)
    # Whatever goes wrong on the way is kept as a kind and never as words: those may hold the sheet.
    problem = models.CharField(max_length=60, blank=True)
    tries = models.PositiveIntegerField(default=0)
    taken_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    sent_by = _person()
    kept = models.UUIDField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    # Fingerprints of what the leak check found and somebody let through, and why.
    accepted = models.JSONField(default=list)
    accepted_reason = models.TextField(blank=True)

    reference = models.CharField(max_length=200, blank=True)
    received_on = models.DateField(null=True)
    received_by = _person()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case_id", "number"], name="handover_number_once"),
            models.CheckConstraint(
                condition=~Q(state="received") | ~Q(reference=""), name="handover_received_has_a_reference"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["sending", "sent"]) | Q(kept__isnull=False), name="handover_sent_has_bytes"
            ),
        ]
        indexes = [models.Index(fields=["state", "taken_until"], name="handover_unsent")]


class FollowUp(models.Model):
    """What somebody is asked on a day that stands on a sheet, and the newest answer."""

    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="follow_ups")
    field = models.CharField(max_length=40)
    due = models.DateField()
    answer = models.TextField(blank=True)
    answered_by = _person()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["handover", "field"], name="one_follow_up_a_field")]
        indexes = [models.Index(fields=["due"], condition=Q(answered_at=None), name="follow_up_unanswered")]
