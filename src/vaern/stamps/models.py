"""What authorities answered, and how they have done lately. What is stamped lies elsewhere."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Roots(models.Model):
    """The certificates an answer was checked against, kept with it: in ten years the file may be gone."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    pem = models.TextField()


class Stamp(models.Model):
    """One answer by one authority, about one item or one end of a journal chain.

    `item_id` and `chain` are plain columns: a stamp says that bytes with a digest existed, and outlives them.
    """

    organisation_id = models.BigIntegerField(null=True, db_index=True)
    item_id = models.UUIDField(null=True)
    chain = models.CharField(max_length=40, blank=True)
    seq = models.BigIntegerField(null=True)
    digest = models.CharField(max_length=64)
    authority = models.CharField(max_length=40)
    response = models.BinaryField()
    response_sha256 = models.CharField(max_length=64)
    roots = models.ForeignKey(Roots, on_delete=models.PROTECT, related_name="stamps")
    gen_time = models.DateTimeField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(item_id__isnull=False, chain="", seq__isnull=True)
                | Q(item_id__isnull=True, seq__isnull=False) & ~Q(chain=""),
                name="stamp_of_an_item_or_a_chain",
            ),
            models.UniqueConstraint(fields=["item_id", "authority"], name="one_stamp_of_an_item"),
            models.UniqueConstraint(fields=["chain", "seq", "authority"], name="one_stamp_of_an_end"),
        ]
        indexes = [models.Index(fields=["authority", "chain", "made_at"], name="stamps_of_a_chain")]


class Health(models.Model):
    """How an authority has done lately; a row comes with the first try."""

    authority = models.CharField(max_length=40, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    why = models.CharField(max_length=20, blank=True)
    next_try = models.DateTimeField(null=True)
    last_success = models.DateTimeField(null=True)
