"""Organisations, units, people and posts. Columns and constraints; decisions are in `rules`, writing in `service`."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from vaern.people.facts import Role

LANGUAGES = (("da", "Dansk"), ("en", "English"))
ROLES = tuple((role.value, role.name) for role in Role)


def _ordered_dates(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(to_date__isnull=True) | Q(to_date__gte=F("from_date")), name=name)


class Organisation(models.Model):
    """One employer. Nothing crosses from one to another."""

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=60, unique=True)
    silence_days = models.PositiveSmallIntegerField(default=3)
    # None: as long as the installation says (VAERN_EVIDENCE_YEARS).
    evidence_years = models.PositiveSmallIntegerField(null=True)
    demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(silence_days__gte=1), name="organisation_silence_at_least_a_day")
        ]

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A part of the organisation. The one without a parent is the root: its posts hold for the whole tree."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="units")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code"], name="unit_code_once"),
            models.UniqueConstraint(fields=["organisation"], condition=Q(parent__isnull=True), name="unit_one_root"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="unit_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """What Django's own commands need. Everything else goes through `people.service`."""

    def create_user(self, email: str, password: str | None = None, **columns: Any) -> User:
        name = columns.get("name", "")
        user = self.model(email=email.strip().lower(), **{"name_key": name.casefold(), **columns})
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **columns: Any) -> User:
        return self.create_user(email, password, **{"is_superuser": True, **columns})

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who logs in. Two people with one address cannot exist, in whichever case it is typed."""

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200, default="", editable=False)
    """The name casefolded by Python: SQLite's own search does not know that Ø and ø are one letter."""
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="users")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="users")
    language = models.CharField(max_length=2, choices=LANGUAGES, default="da")
    phone = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=120, blank=True)
    external_id = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    created = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once"),
            models.UniqueConstraint(
                fields=["organisation", "external_id"], condition=~Q(external_id=""), name="user_external_id_once"
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=True) | Q(organisation__isnull=False), name="user_unit_needs_organisation"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "name_key"], name="user_by_name")]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class Post(models.Model):
    """A person in a role in a unit, from a day to a day."""

    user = models.ForeignKey(User, models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20, choices=ROLES)
    from_date = models.DateField()
    to_date = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            _ordered_dates("post_dates_ordered"),
            models.CheckConstraint(condition=Q(role__in=[role.value for role in Role]), name="post_role_known"),
            models.UniqueConstraint(
                fields=["user", "unit", "role"], condition=Q(to_date__isnull=True), name="post_open_once"
            ),
        ]
        indexes = [models.Index(fields=["unit", "role"], name="post_by_unit")]


class Deputy(models.Model):
    """Who stands in for a post while its holder is absent."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="deputies")
    user = models.ForeignKey(User, models.PROTECT, related_name="deputy_for")
    from_date = models.DateField()
    to_date = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [_ordered_dates("deputy_dates_ordered")]


class Absence(models.Model):
    """Days on which somebody is away. Why is nobody's business here, so there is no column for it."""

    user = models.ForeignKey(User, models.PROTECT, related_name="absences")
    from_date = models.DateField()
    to_date = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [_ordered_dates("absence_dates_ordered")]
