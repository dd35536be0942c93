"""Referrals. Neither the link nor the code is kept: their digests are."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


class Referral(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation_id = models.BigIntegerField()
    case_id = models.UUIDField()
    number = models.PositiveIntegerField()
    recipient = models.CharField(max_length=200)
    purpose = models.TextField()
    scope = models.JSONField(default=list)
    digest = models.CharField(max_length=64, unique=True)
    code = models.CharField(max_length=200)
    tries = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    opened = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case_id", "number"], name="referral_number_once")]
