"""What is known of each job's runs. The queue itself belongs to the library."""

from __future__ import annotations

from django.db import models


class Run(models.Model):
    """The last runs of one job of the table. `started_at` is set while a run without arguments is under way."""

    name = models.CharField(max_length=60, primary_key=True)
    since = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ok_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    failures = models.IntegerField(default=0)
    problem = models.CharField(max_length=200, blank=True)
