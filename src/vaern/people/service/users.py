"""People: made, changed, let in and shut out."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.tokens import default_token_generator
from django.db import IntegrityError, transaction

from vaern.core.refusal import Refusal, Refused, Unseen
from vaern.core.text import gettext_noop as _
from vaern.core.workdays import DANISH_TIME
from vaern.people.facts import Actor, Role
from vaern.people.models import LANGUAGES, Post, User
from vaern.people.rules import checks
from vaern.people.service.common import changed_user, insist, managed_organisation, managed_user, record, unit_in


def create_user(
    *,
    actor: Actor | None,
    organisation_id: int,
    email: str,
    name: str,
    now: datetime,
    unit_id: int | None = None,
    title: str = "",
    phone: str = "",
    language: str = "da",
    external_id: str = "",
    password: str | None = None,
) -> int:
    """A new user: the id. Without a password the only way in is a link from `issue_link`."""
    try:
        with transaction.atomic():
            managed_organisation(actor, organisation_id)
            if unit_id is not None:
                unit_in(organisation_id, unit_id)
            made = User(
                organisation_id=organisation_id,
                email=email.strip().lower(),
                name=name.strip(),
                name_key=name.strip().casefold(),
                unit_id=unit_id,
                title=title.strip(),
                phone=phone.strip(),
                language=language,
                external_id=external_id.strip(),
            )
            made.set_password(password)
            made.save(force_insert=True)
            record(actor, organisation_id, "create_user", f"user:{made.pk}", {"name": made.name, "unit": unit_id}, now)
    except IntegrityError as error:
        raise Refused(email_taken()) from error
    return made.pk


def email_taken() -> Refusal:
    """In words that do not tell whether it is another employer who has the address."""
    return Refusal("email_taken", _("E-mailen kan ikke bruges. Måske er den i brug i forvejen."), field="email")


def change_user(
    *, actor: Actor | None, user_id: int, name: str, email: str, title: str, unit_id: int | None, now: datetime
) -> None:
    try:
        with transaction.atomic():
            user = managed_user(actor, user_id)
            if unit_id is not None:
                unit_in(user.organisation_id, unit_id)
            columns = {
                "name": name.strip(),
                "name_key": name.strip().casefold(),
                "email": email.strip().lower(),
                "title": title.strip(),
                "unit_id": unit_id,
            }
            changed = sorted(key for key, value in columns.items() if getattr(user, key) != value)
            User.objects.filter(pk=user_id).update(**columns)
            record(actor, user.organisation_id, "change_user", f"user:{user_id}", {"changed": changed}, now)
    except IntegrityError as error:
        raise Refused(email_taken()) from error


def keep_profile(*, actor: Actor, language: str, phone: str, now: datetime) -> None:
    """What a person says about herself."""
    if language not in dict(LANGUAGES):
        raise Refused(Refusal("language_unknown", _("Vælg dansk eller engelsk."), field="language"))
    with transaction.atomic():
        user = changed_user(actor, actor.user_id)
        User.objects.filter(pk=user.pk).update(language=language, phone=phone.strip())
        record(actor, user.organisation_id, "keep_profile", f"user:{user.pk}", {"language": language}, now)


def deactivate_user(*, actor: Actor | None, user_id: int, now: datetime) -> None:
    """Shuts somebody out at the next click. The password goes too: that ends every session and every open link."""
    with transaction.atomic():
        user = managed_user(actor, user_id)
        insist(checks.check_last_administrator(administrators(user.organisation_id, now), user_id))
        user.is_active = False
        user.set_unusable_password()
        user.save(update_fields=["is_active", "password"])
        record(actor, user.organisation_id, "deactivate_user", f"user:{user_id}", {}, now)


def activate_user(*, actor: Actor | None, user_id: int, now: datetime) -> None:
    """Lets somebody back; the way in is a new link."""
    with transaction.atomic():
        user = managed_user(actor, user_id)
        User.objects.filter(pk=user_id).update(is_active=True)
        record(actor, user.organisation_id, "activate_user", f"user:{user_id}", {}, now)


def administrators(organisation_id: int | None, now: datetime) -> frozenset[int]:
    """Active people with an administrator's post that is not ended."""
    if organisation_id is None:
        return frozenset()
    posts = Post.objects.filter(unit__organisation_id=organisation_id, role=Role.ADMINISTRATOR, user__is_active=True)
    return frozenset(posts.exclude(to_date__lt=now.astimezone(DANISH_TIME).date()).values_list("user_id", flat=True))


def issue_link(*, actor: Actor | None, user_id: int, now: datetime) -> str:
    """The secret of a one-time link with which somebody chooses a password. It is not kept: it is shown once, works
    once, and dies after PASSWORD_RESET_TIMEOUT, when the password changes or at the next login."""
    with transaction.atomic():
        user = managed_user(actor, user_id)
        if not user.is_active:
            raise Refused(Refusal("user_inactive", _("Brugeren er lukket. Åbn brugeren først.")))
        record(actor, user.organisation_id, "issue_link", f"user:{user_id}", {}, now)
    return default_token_generator.make_token(user)


def link_opens(user_id: int, secret: str) -> bool:
    """Whether the link still works."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    return user is not None and default_token_generator.check_token(user, secret)


def use_link(*, user_id: int, secret: str, password: str, now: datetime) -> None:
    """Sets the password with a one-time link. `password` has passed the validators; Unseen for a dead link."""
    with transaction.atomic():
        user = User.objects.select_for_update().filter(pk=user_id, is_active=True).first()
        if user is None or not default_token_generator.check_token(user, secret):
            raise Unseen("link")
        user.set_password(password)
        user.save(update_fields=["password"])
        herself = Actor(user.pk, user.name, user.organisation_id, user.language, ())
        record(herself, user.organisation_id, "use_link", f"user:{user_id}", {}, now)
