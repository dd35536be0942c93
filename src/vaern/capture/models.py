"""What was asked for, and how it ended. What came of it is evidence and lies there."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


class Capture(models.Model):
    """One request to capture a public page. The row is the truth: a job that was lost is found by its state.

    `organisation_id`, `case_id` and `items` are plain columns, as evidence's own are.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation_id = models.BigIntegerField()
    case_id = models.UUIDField(db_index=True)
    address = models.TextField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="asked")
    reason = models.CharField(max_length=20, blank=True)
    remarks = models.JSONField(default=list)
    tries = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    items = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["state", "started_at"], name="captures_by_state")]
