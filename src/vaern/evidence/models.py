"""What is kept about a piece of evidence. The bytes themselves lie in the vault, sealed with the key of their case."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class Keyring(models.Model):
    """The public half of an organisation's key; the secret half lies in the folder of keys and nowhere else."""

    organisation_id = models.BigIntegerField(primary_key=True)
    recipient = models.CharField(max_length=80)
    since = models.DateTimeField()


class Key(models.Model):
    """The key of one case, which it inherits from the draft it came from. Its secret half lies sealed in the folder of
    keys; once that is erased, `erased_at` says so, and nobody reads the case's evidence again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation_id = models.BigIntegerField(db_index=True)
    case_id = models.UUIDField(null=True)
    draft_id = models.UUIDField(null=True)
    recipient = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(case_id__isnull=False) | Q(draft_id__isnull=False), name="key_for_draft_or_case"
            ),
            # With the organisation: a draft or case of another one can be named by mistake before the door is asked.
            models.UniqueConstraint(fields=["organisation_id", "case_id"], name="one_key_per_case"),
            models.UniqueConstraint(fields=["organisation_id", "draft_id"], name="one_key_per_draft"),
        ]


class Item(models.Model):
    """One file that was handed in, on a draft report or on a case.

    `organisation_id`, `case_id` and `draft_id` are plain columns and no foreign keys: the item must outlive a draft
    that is discarded and be swept by its own rules, and `evidence` and `cases` must not need each other's migrations.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation_id = models.BigIntegerField(db_index=True)
    case_id = models.UUIDField(null=True, db_index=True)
    draft_id = models.UUIDField(null=True, db_index=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    sha256 = models.CharField(max_length=64)
    # The SHA-256 of what is stored, which is its name in the vault. Without a key: in clear, from version 0.1.
    object = models.CharField(max_length=64, default="")
    key = models.ForeignKey(Key, on_delete=models.PROTECT, null=True, related_name="+")
    size = models.BigIntegerField()
    kind = models.CharField(max_length=10)
    mime = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    number = models.PositiveIntegerField(null=True)
    # The order on the draft: files of one request share their moment.
    position = models.PositiveIntegerField(default=0)
    note = models.TextField(blank=True)
    blurred = models.BinaryField(null=True)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    withdrawn = models.BooleanField(default=False)
    # A copy made from another item (masked, taken out of a mail …): from which, by which act, with what.
    derived_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="derived")
    made_by = models.CharField(max_length=20, blank=True)
    how = models.JSONField(default=dict)
    # A masked copy that no longer counts. It stays on the case, and why is said beside it.
    set_aside_at = models.DateTimeField(null=True)
    set_aside_reason = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "sha256"], name="items_by_digest"),
            models.Index(fields=["organisation_id", "object"], name="items_by_object"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(case_id__isnull=False) | Q(draft_id__isnull=False),
                name="item_on_draft_or_case",
            ),
            models.CheckConstraint(
                condition=Q(case_id__isnull=True, number__isnull=True)
                | Q(case_id__isnull=False, number__isnull=False, withdrawn=False),
                name="item_numbered_on_a_case",
            ),
            models.UniqueConstraint(fields=["case_id", "number"], name="one_item_per_number"),
            models.UniqueConstraint(
                fields=["case_id", "sha256"],
                condition=Q(case_id__isnull=False, set_aside_at__isnull=True),
                name="same_file_once_on_a_case",
            ),
            models.UniqueConstraint(
                fields=["draft_id", "sha256"],
                condition=Q(case_id__isnull=True, withdrawn=False),
                name="same_file_once_on_a_draft",
            ),
            models.CheckConstraint(
                condition=Q(set_aside_at__isnull=True) | Q(made_by="mask"), name="only_a_mask_is_set_aside"
            ),
        ]


class Provenance(models.Model):
    """What is known about an item: what a person said, and what was found in the file. Only added to: telling more, or
    otherwise, is a row with the next version."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="provenance")
    version = models.PositiveIntegerField()
    said = models.JSONField(default=dict)
    found = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "version"], name="one_telling_per_version")]


class Check(models.Model):
    """One reading of everything stored. `after` is the last item that was read: where a check that was broken off goes
    on. `findings` hold codes, places and ids; nothing of any content."""

    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    deep = models.BooleanField(default=False)
    total = models.PositiveIntegerField()
    after = models.UUIDField(null=True)
    items = models.PositiveIntegerField(default=0)
    bytes = models.BigIntegerField(default=0)
    findings = models.JSONField(default=list)


class Hold(models.Model):
    """Somebody needs the case's evidence kept, however old it gets. The database refuses to erase its key meanwhile."""

    organisation_id = models.BigIntegerField()
    case_id = models.UUIDField()
    reason = models.TextField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case_id"], condition=Q(lifted_at__isnull=True), name="one_open_hold_on_a_case"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="hold_lifted_by_somebody",
            ),
        ]


class Rendition(models.Model):
    """What is made of an item so that people find it and see it without opening it. A help, never evidence.

    The bytes lie in the vault under the item's own key, so that what erases the item erases them; `look` goes with
    the row. `reason` is a code of `derive.plan.NOT_MADE`.
    """

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="renditions")
    kind = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default="waiting")
    reason = models.CharField(max_length=20, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField()
    made_by = models.CharField(max_length=120, blank=True)
    look = models.CharField(max_length=32, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    object = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "changed_at"], name="renditions_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["item", "kind"], name="one_rendition_of_a_kind"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "making", "made", "none", "failed"]), name="rendition_state_known"
            ),
            models.CheckConstraint(condition=~Q(state="made") | ~Q(object=""), name="rendition_made_has_bytes"),
        ]


class Scan(models.Model):
    """What ClamAV's daemon said of an item. No row: not scanned, because none is configured or it is still to come."""

    item = models.OneToOneField(Item, on_delete=models.CASCADE, primary_key=True, related_name="scan")
    state = models.CharField(max_length=10)
    found = models.CharField(max_length=200, blank=True)
    engine = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=20, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["clean", "found", "failed"]), name="scan_state_known")
        ]


class Kept(models.Model):
    """Something made of a case's evidence, sealed beside it, and no evidence itself: a bundle, its overview."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation_id = models.BigIntegerField()
    case_id = models.UUIDField(db_index=True)
    what = models.CharField(max_length=20)
    object = models.CharField(max_length=64)
    key = models.ForeignKey(Key, on_delete=models.PROTECT, related_name="kept")
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    kept_at = models.DateTimeField()
