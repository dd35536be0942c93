"""The written record: a chain of entries per organisation that can be added to and nothing else."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """One act. Triggers in the database refuse to change or delete a row (migration 0002).

    The chain's name says whose entry it is ("org:7", or "system"): a second column for that would not be in the hash.

    No foreign keys: history must survive its subject, its actor and its organisation.
    """

    chain = models.CharField(max_length=40)
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    act = models.CharField(max_length=60)
    actor_id = models.BigIntegerField(null=True)
    subject = models.CharField(max_length=100)
    payload_digest = models.CharField(max_length=64)
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain", "seq"], name="one_entry_per_seq"),
            # Two entries after the same one would be a fork: refused even if the lock on the head were forgotten.
            models.UniqueConstraint(fields=["chain", "prev"], name="one_entry_after_each"),
        ]
        indexes = [models.Index(fields=["subject", "at"], name="entries_of_a_subject")]


class Payload(models.Model):
    """The part of an entry that may be erased (the row is deleted). It is never changed."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="payload")
    salt = models.CharField(max_length=32)
    actor_name = models.CharField(max_length=200)
    data = models.JSONField()


class Head(models.Model):
    """The end of a chain, locked while an entry is added: without that lock the chain forks on PostgreSQL."""

    chain = models.CharField(max_length=40, primary_key=True)
    seq = models.BigIntegerField()
    hash = models.CharField(max_length=64)
