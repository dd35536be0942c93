"""What was handed out: one row for each bundle. The ZIP and the overview lie in the vault."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class Bundle(models.Model):
    """`organisation_id` and `case_id` are plain columns, as with evidence: what was handed out outlives the case.

    `zip` and `overview` name what `evidence.service.keep` gave back; the overview is kept because no renderer makes
    the same PDF twice, and a bundle made again must have the same bytes.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation_id = models.BigIntegerField()
    case_id = models.UUIDField()
    case_label = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, default="asked")
    purpose = models.TextField()
    recipient = models.TextField()
    items = models.JSONField()
    originals = models.JSONField(default=list)
    why_originals = models.TextField(blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
    until = models.BigIntegerField(null=True)
    made_at = models.DateTimeField(null=True)
    overview = models.UUIDField(null=True)
    zip = models.UUIDField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.BigIntegerField(default=0)
    problem = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case_id", "number"], name="one_bundle_per_number"),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "making", "failed"]) | (Q(state="ready") & ~Q(sha256="")),
                name="a_ready_bundle_has_its_digest",
            ),
        ]
        indexes = [models.Index(fields=["state", "asked_at"], name="bundles_to_make")]
