"""How people get in: what we tell the login library, who must have a second factor, and what goes on record."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Collection
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from vaern.cases.rules import sees_content
from vaern.journal import service as journal
from vaern.people import queries
from vaern.people.facts import SEES_OTHERS, Actor
from vaern.web.login_history import warnings

LOGGED_IN = "logged_in_at"
FRESH = 300
"""Seconds after a login in which it counts as proof of who it is."""

# What the library would mail about, as the acts of the journal: no mail leaves, and nothing is lost.
_NOTED = {
    "account/email/password_changed": "change_password",
    "mfa/email/totp_activated": "set_second_factor",
    "mfa/email/totp_deactivated": "remove_second_factor",
    "mfa/email/recovery_codes_generated": "make_recovery_codes",
}
_SAID = {
    "account/messages/password_changed.txt": _("Din adgangskode er skiftet."),
    "mfa/messages/totp_activated.txt": _("Totrinskode er slået til."),
    "mfa/messages/totp_deactivated.txt": _("Totrinskode er slået fra."),
    "mfa/messages/recovery_codes_generated.txt": _("Du har fået nye gendannelseskoder. Skriv dem ned nu."),
}

_WRONG_CODE = _("Koden passer ikke. Vent på den næste, og prøv igen.")


class Adapter(DefaultAccountAdapter):
    """The library's hooks. Nobody signs up: users come from the administrator or a directory."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("E-mailen eller adgangskoden passer ikke. Prøv igen."),
        "enter_current_password": _("Skriv den adgangskode, du har nu."),
        "incorrect_code": _WRONG_CODE,
        "incorrect_password": _("Adgangskoden passer ikke."),
        "too_many_login_attempts": _("For mange forsøg. Vent fem minutter, og prøv igen."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("keep_profile")

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        request.session[LOGGED_IN] = int(timezone.now().timestamp())
        note(user, "logged_in")

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Who logged in a few minutes ago is not asked for the password once more to set up the second factor."""
        since = timezone.now().timestamp() - self.request.session.get(LOGGED_IN, 0)
        return bool(since > FRESH) and super().is_reauthentication_required(app=app, **more)

    def post_login(self, request: HttpRequest, user: Any, **details: Any) -> HttpResponse:
        """From now on the pages speak the language the person has chosen."""
        response = super().post_login(request, user, **details)
        speak(response, user.language)
        with translation.override(user.language):
            for text in warnings(user.pk, timezone.now()):
                messages.warning(request, text)
        return response

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """On record without what was typed: it may be a password in the wrong field."""
        note(queries.who_logs_in(credentials.get("email", "")), "login_failed")

    def send_notification_mail(self, template_prefix: str, user: Any, *args: Any, **more: Any) -> None:
        if template_prefix in _NOTED:
            note(user, _NOTED[template_prefix])

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *args: Any,
        message: str | None = None,
        **more: Any,
    ) -> None:
        """Our own words, and none where the page itself says it."""
        text = message or _SAID.get(message_template or "")
        if text:
            messages.add_message(request, level, text)


class SecondFactor(DefaultMFAAdapter):
    """Keys of second factors lie encrypted under the installation's secret key: a copy of the database alone does not
    log anybody in. With another secret key they cannot be read, login fails, and the administrator resets them."""

    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": _WRONG_CODE}

    def encrypt(self, text: str) -> str:
        return _fernet().encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        return _fernet().decrypt(encrypted_text.encode("ascii")).decode()


def _fernet() -> Fernet:
    return Fernet(urlsafe_b64encode(salted_hmac("vaern.second_factor", "", algorithm="sha256").digest()))


def note(user: Any | None, act: str) -> None:
    """One entry about a login, in the chain of the user's organisation; the installation's when nobody is known."""
    with transaction.atomic():
        journal.record(
            organisation_id=user.organisation_id if user else None,
            act=act,
            actor_id=user.pk if user and act != "login_failed" else None,
            actor_name=user.name if user and act != "login_failed" else "",
            subject=f"user:{user.pk}" if user else "login",
            payload={},
            now=timezone.now(),
        )


def speak(response: HttpResponse, language: str) -> None:
    """Keeps the language in the cookie Django reads."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=365 * 24 * 3600,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def has_second_factor(user_id: int) -> bool:
    return Authenticator.objects.filter(user_id=user_id, type=Authenticator.Type.TOTP).exists()


def needs_second_factor(actor: Actor, relations: Collection[str] = ()) -> bool:
    """Whether this person must set up TOTP before anything else: by a post, or by what she is to the case asked for."""
    sees = sees_content(relations) or any(post.role in SEES_OTHERS for post in actor.posts)
    if not settings.REQUIRE_TOTP or not sees:
        return False
    return not has_second_factor(actor.user_id)


def reset_second_factor(*, actor: Actor, user_id: int, organisation_id: int) -> None:
    """For somebody who has lost the phone: the next login is by password alone, and asks for a new set-up."""
    with transaction.atomic():
        Authenticator.objects.filter(user_id=user_id).delete()
        journal.record(
            organisation_id=organisation_id,
            act="reset_second_factor",
            actor_id=actor.user_id,
            actor_name=actor.name,
            subject=f"user:{user_id}",
            payload={},
            now=timezone.now(),
        )
