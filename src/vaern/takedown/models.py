"""Watches and their looks. Looks are only added to."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


def _person(*, null: bool = True) -> models.ForeignKey:  # type: ignore[type-arg]
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=null, related_name="+")


class Watch(models.Model):
    """`organisation_id` and `case_id` are plain columns, as with letters."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation_id = models.BigIntegerField()
    case_id = models.UUIDField()
    number = models.PositiveIntegerField()
    platform = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=2000)
    step = models.CharField(max_length=12)
    asked_at = models.DateTimeField()
    by_server = models.BooleanField(default=False)
    started_by = _person(null=False)
    started_at = models.DateTimeField()
    # Null once it has ended. A worker that takes it moves it on first, so that of two one looks.
    next_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    ended = models.CharField(max_length=8, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_note = models.TextField(blank=True)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case_id", "number"], name="watch_number_once")]
        indexes = [models.Index(fields=["by_server", "next_at"], name="watch_by_turn")]


class Look(models.Model):
    watch = models.ForeignKey(Watch, on_delete=models.PROTECT, related_name="looks")
    at = models.DateTimeField()
    standing = models.CharField(max_length=8)
    by = _person()
    reason = models.CharField(max_length=40, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["watch", "at"], name="look_in_order")]
