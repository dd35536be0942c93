"""Columns and constraints of a case. What a duty's state is stands nowhere here: the planner says so from the
pinned guideline, the facts and the fulfilments. `DutyRow` is only a copy of that answer for lists, written anew in
every act's own transaction."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q


class GuidelineVersion(models.Model):
    """A guideline as an organisation adopted it: the composed pack, its digest, and from when to when it was used."""

    organisation = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+")
    pack_id = models.CharField(max_length=80)
    version = models.CharField(max_length=80)
    title = models.CharField(max_length=300)
    layers = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    content = models.TextField()
    silence_days = models.IntegerField(null=True)
    """What the guideline itself says; null when it says nothing and the organisation's own number counts."""
    adopted_at = models.DateTimeField()
    adopted_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(retired_at__isnull=True), name="one_guideline_in_use"
            )
        ]


class Draft(models.Model):
    """A report being written. `case_id` is set when it was sent, so that sending twice opens one case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+")
    author = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    data = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    case = models.OneToOneField("cases.Case", models.PROTECT, null=True, related_name="draft")


class CaseNumber(models.Model):
    """The last running number given in a year; locked while the next one is taken."""

    organisation = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+")
    year = models.IntegerField()
    last = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "year"], name="one_counter_a_year")]


class Case(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+")
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    guideline = models.ForeignKey(GuidelineVersion, models.PROTECT, related_name="+")
    year = models.IntegerField()
    number = models.IntegerField()
    state = models.CharField(max_length=10, choices=[("open", "open"), ("closed", "closed")], default="open")
    version = models.IntegerField(default=1)

    affected = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    affected_name = models.CharField(max_length=200, blank=True)
    reporter = models.ForeignKey("people.User", models.PROTECT, related_name="+")

    what = models.TextField()
    link = models.CharField(max_length=2000, blank=True)
    author = models.TextField(blank=True)
    impact = models.TextField(blank=True)
    needs_practical = models.TextField(blank=True)
    needs_psychological = models.TextField(blank=True)

    facts = models.JSONField(default=dict)
    events = models.JSONField(default=dict)
    consents = models.JSONField(default=dict)

    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closing_words = models.TextField(blank=True)
    last_heard_at = models.DateTimeField()
    next_talk_on = models.DateField(null=True)
    """The Danish day the employee and her manager have agreed to talk next."""
    next_due_at = models.DateTimeField(null=True)
    open_duties = models.IntegerField(default=0)
    in_danger = models.BooleanField(default=False)
    """A copy of the answer to "is anyone in danger now", for the lists."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year", "number"], name="case_number_once"),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True) | Q(state="closed", closed_at__isnull=False),
                name="closed_has_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "state", "-in_danger", "next_due_at"], name="case_by_due"),
            models.Index(fields=["organisation", "-opened_at"], name="case_by_opening"),
            models.Index(fields=["state", "last_heard_at"], name="case_by_silence"),
        ]


class Part(models.Model):
    """A person's part in a case, in one role; need to know is held here, per case and not per department.
    `excluded` is a part too: that person must not see the case, whatever posts say."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="parts")
    user = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    role = models.CharField(max_length=30)
    post_unit = models.ForeignKey("people.Unit", models.PROTECT, null=True, related_name="+")
    """Where the post lies that brought the part: it counts while the person has that post. Null: given by name."""
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "user", "role"], condition=Q(until__isnull=True), name="one_open_part_in_a_role"
            )
        ]
        indexes = [models.Index(fields=["user", "role", "until"], name="part_by_user")]


class Fulfilment(models.Model):
    """One way a duty was settled, kept for ever: done, declined, not relevant, or an outcome the guideline names."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="fulfilments")
    duty = models.CharField(max_length=100)
    outcome = models.CharField(max_length=100)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    by_role = models.CharField(max_length=100)
    choice = models.JSONField(default=list)
    fields = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["case", "duty"], name="fulfilment_by_duty")]


class DutyRow(models.Model):
    """A copy of the planner's answer, for the lists across cases."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="duty_rows")
    duty = models.CharField(max_length=100)
    state = models.CharField(max_length=20)
    why = models.CharField(max_length=30, blank=True)
    owners = models.JSONField(default=list)
    due = models.DateTimeField(null=True)
    not_before = models.DateTimeField(null=True)
    must_close = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "duty"], name="one_row_a_duty")]


class DutyOwner(models.Model):
    """Which kinds of role owe an open duty: the join behind "my duties"."""

    row = models.ForeignKey(DutyRow, models.CASCADE, related_name="owner_rows")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    role = models.CharField(max_length=30)

    class Meta:
        indexes = [models.Index(fields=["role", "case"], name="owner_by_role")]


class Message(models.Model):
    """Said between the affected employee and those who handle the case. Never mixed up with a `Note`."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="messages")
    by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    from_affected = models.BooleanField()
    text = models.TextField()
    at = models.DateTimeField()


class Note(models.Model):
    """Internal: read by those who handle the case, never shown to the affected employee as a message."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="notes")
    by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()


class Account(models.Model):
    """The employee's own words about the course of events: at once and afterwards, each kept as it was written."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="accounts")
    by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()


class Needs(models.Model):
    """How it affects the employee and what she needs, after the report; each kept as it was said, so that it can be
    seen how it went. `conversation` when she said it there and somebody else wrote it down."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="needs")
    by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    conversation = models.ForeignKey("cases.Conversation", models.PROTECT, null=True, related_name="needs")
    impact = models.TextField(blank=True)
    needs_practical = models.TextField(blank=True)
    needs_psychological = models.TextField(blank=True)
    at = models.DateTimeField()


class Conversation(models.Model):
    """A conversation with the employee, as whoever held it wrote it down. She can read it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="conversations")
    by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    held_at = models.DateTimeField()
    way = models.CharField(max_length=20)
    text = models.TextField()
    agreed = models.TextField(blank=True)
    next_on = models.DateField(null=True)
    at = models.DateTimeField()
