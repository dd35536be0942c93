"""That a mail came, and what became of it. Nothing of what it said: that is evidence, or is not kept."""

from __future__ import annotations

from django.db import models


class Letter(models.Model):
    """One mail. `key` is a digest, so that the same mail is taken in once however often it is fetched; `draft_id` and
    `case_id` are plain columns, like those of evidence."""

    key = models.CharField(max_length=64, unique=True)
    outcome = models.CharField(max_length=10)
    at = models.DateTimeField(db_index=True)
    user_id = models.BigIntegerField(null=True, db_index=True)
    draft_id = models.UUIDField(null=True)
    case_id = models.UUIDField(null=True)


class Box(models.Model):
    """How asking the mailbox has gone; one row."""

    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    why = models.CharField(max_length=20, blank=True)
    next_try = models.DateTimeField(null=True)
    last_success = models.DateTimeField(null=True)
