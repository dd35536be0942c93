"""Getting in and being shut out, through the real pages."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import hotp_value, yield_hotp_counters_from_time
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.people_kit import PASSWORD, Municipality, a_municipality, actor, logged_in
from vaern.journal.models import Entry, Payload
from vaern.people import service
from vaern.web.login import has_second_factor

pytestmark = pytest.mark.django_db
Committing = Callable[..., AbstractContextManager[object]]


@pytest.fixture(autouse=True)
def _second_factor(settings: LazySettings) -> None:
    settings.MFA_ADAPTER = "vaern.web.login.SecondFactor"


@pytest.fixture
def town() -> Municipality:
    cache.clear()
    return a_municipality()


def log_in(client: Client, email: str, password: str = PASSWORD) -> object:
    return client.post(reverse("account_login"), {"login": email, "password": password})


def last_act() -> Entry:
    entry = Entry.objects.order_by("-pk").first()
    assert entry is not None
    return entry


def totp_code(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return f"{hotp_value(secret, counter):06}"


def test_logging_in_opens_the_front_page_and_is_on_record(town: Municipality, client: Client) -> None:
    answer = log_in(client, "ANNA@kommunen.example")
    assert answer.headers["Location"] == "/"
    entry = last_act()
    assert (entry.act, entry.subject, entry.chain) == (
        "logged_in",
        f"user:{town.anna.pk}",
        f"org:{town.organisation_id}",
    )
    assert client.get(reverse("keep_profile")).status_code == 200


def test_the_pages_speak_the_chosen_language_after_login(town: Municipality, client: Client) -> None:
    service.keep_profile(actor=actor(town.anna), language="en", phone="", now=town.anna.created)
    answer = log_in(client, town.anna.email)
    assert answer.cookies["django_language"].value == "en"


def test_a_failed_login_is_on_record_without_what_was_typed(town: Municipality, client: Client) -> None:
    answer = log_in(client, town.anna.email, "forkert-adgangskode")
    assert answer.status_code == 200
    assert "E-mailen eller adgangskoden passer ikke" in answer.content.decode()
    entry = last_act()
    assert (entry.act, entry.subject, entry.actor_id) == ("login_failed", f"user:{town.anna.pk}", None)
    assert Payload.objects.get(entry=entry).data == {}


def test_an_unknown_address_gets_the_same_answer_and_the_installations_own_chain(
    town: Municipality, client: Client
) -> None:
    known = log_in(client, town.anna.email, "forkert-adgangskode").content.decode()
    unknown = log_in(client, "ingen@kommunen.example", "forkert-adgangskode").content.decode()
    message = "E-mailen eller adgangskoden passer ikke"
    assert message in known
    assert message in unknown
    assert (last_act().chain, last_act().subject) == ("system", "login")


def test_guessing_is_stopped_per_account_and_not_for_the_neighbour(town: Municipality, client: Client) -> None:
    for _ in range(11):
        answer = log_in(client, town.anna.email, "forkert-adgangskode")
    assert "For mange forsøg" in answer.content.decode()
    assert "For mange forsøg" in log_in(client, town.anna.email).content.decode()
    assert log_in(Client(), town.karim.email).status_code == 302


def test_nobody_can_sign_up_and_no_other_page_of_the_library_is_served(client: Client) -> None:
    for path in ("/signup/", "/accounts/signup/", "/log_in/signup/", "/password/reset/", "/me/email/"):
        assert client.get(path).status_code == 404


def test_a_deactivated_person_is_out_at_the_next_click(town: Municipality, client: Client) -> None:
    log_in(client, town.karim.email)
    assert client.get(reverse("keep_profile")).status_code == 200
    service.deactivate_user(actor=actor(town.adam), user_id=town.karim.pk, now=town.karim.created)
    answer = client.get(reverse("keep_profile"))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("account_login"))
    assert log_in(client, town.karim.email).status_code == 200


def test_a_session_from_before_stays_dead_when_the_person_is_let_back(town: Municipality, client: Client) -> None:
    log_in(client, town.karim.email)
    now = town.karim.created
    service.deactivate_user(actor=actor(town.adam), user_id=town.karim.pk, now=now)
    service.activate_user(actor=actor(town.adam), user_id=town.karim.pk, now=now)
    assert client.get(reverse("keep_profile")).status_code == 302


def test_who_sees_others_cases_must_set_a_second_factor_first(
    town: Municipality, client: Client, settings: LazySettings, django_capture_on_commit_callbacks: Committing
) -> None:
    settings.REQUIRE_TOTP = True
    log_in(client, town.mads.email)
    assert client.get("/").headers["Location"] == reverse("mfa_activate_totp")
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("mfa_activate_totp"), {"code": totp_code(secret)})
    assert answer.headers["Location"] == reverse("mfa_view_recovery_codes")
    assert secret not in str(Authenticator.objects.get(type="totp").data)
    assert has_second_factor(town.mads.pk)
    assert client.get("/").status_code == 200
    assert Entry.objects.filter(act="set_second_factor", subject=f"user:{town.mads.pk}").count() == 1


@pytest.mark.parametrize("name", ["anna", "karim", "carla", "olav"])
def test_others_are_not_asked_for_one(town: Municipality, client: Client, settings: LazySettings, name: str) -> None:
    settings.REQUIRE_TOTP = True
    assert logged_in(getattr(town, name)).get(reverse("keep_profile")).status_code == 200
    assert logged_in(getattr(town, name)).get("/").status_code == 200


@pytest.mark.parametrize("name", ["mads", "lone", "amalie", "troels", "signe", "henrik", "hanne", "adam"])
def test_these_posts_demand_one(town: Municipality, settings: LazySettings, name: str) -> None:
    settings.REQUIRE_TOTP = True
    answer = logged_in(getattr(town, name)).get("/")
    assert answer.headers["Location"] == reverse("mfa_activate_totp")


def set_up(client: Client, email: str) -> tuple[str, list[str]]:
    """The secret and the recovery codes of somebody who has just set up the second factor."""
    log_in(client, email)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": totp_code(secret)})
    codes = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    client.post(reverse("account_logout"))
    return secret, list(codes)


def test_the_next_login_asks_for_the_code(town: Municipality, client: Client) -> None:
    secret, _codes = set_up(client, town.mads.email)
    answer = log_in(client, town.mads.email)
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert client.get(reverse("keep_profile")).status_code == 302, "the password alone is not enough"
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Koden passer ikke" in wrong.content.decode()
    assert last_act().act == "login_failed"
    with time_machine.travel(3600 * 24 * 365 * 60):
        code = totp_code(secret)
        log_in(client, town.mads.email)
        assert client.post(reverse("mfa_authenticate"), {"code": code}).headers["Location"] == "/"
        assert client.get(reverse("keep_profile")).status_code == 200


def test_a_recovery_code_lets_in_once(town: Municipality, client: Client) -> None:
    _secret, codes = set_up(client, town.mads.email)
    log_in(client, town.mads.email)
    assert client.post(reverse("mfa_authenticate"), {"code": codes[0]}).headers["Location"] == "/"
    client.post(reverse("account_logout"))
    log_in(client, town.mads.email)
    assert client.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == 200


def test_the_administrator_resets_a_lost_second_factor(town: Municipality, client: Client) -> None:
    set_up(client, town.mads.email)
    answer = logged_in(town.adam).post(reverse("reset_second_factor", args=[town.mads.pk]))
    assert answer.status_code == 302
    assert not has_second_factor(town.mads.pk)
    assert last_act().act == "reset_second_factor"
    assert log_in(client, town.mads.email).headers["Location"] == "/"


def test_changing_the_password_ends_other_sessions(town: Municipality, client: Client) -> None:
    log_in(client, town.anna.email)
    elsewhere = Client()
    log_in(elsewhere, town.anna.email)
    new = "et-helt-andet-kodeord-9"
    answer = client.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert answer.headers["Location"] == reverse("keep_profile")
    assert last_act().act == "change_password"
    assert client.get(reverse("keep_profile")).status_code == 200
    assert elsewhere.get(reverse("keep_profile")).status_code == 302


def test_the_own_second_factor_can_be_removed_and_codes_renewed(town: Municipality, client: Client) -> None:
    log_in(client, town.anna.email)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": totp_code(secret)})
    first = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    assert client.get(reverse("mfa_generate_recovery_codes")).status_code == 200
    client.post(reverse("mfa_generate_recovery_codes"))
    assert client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"] != first
    assert client.get(reverse("mfa_deactivate_totp")).status_code == 200
    assert client.post(reverse("mfa_deactivate_totp")).headers["Location"] == reverse("keep_profile")
    assert not has_second_factor(town.anna.pk)


def test_changing_how_one_logs_in_asks_again_after_a_while(town: Municipality, client: Client) -> None:
    log_in(client, town.anna.email)
    with time_machine.travel(town.anna.created.timestamp() + 1800):
        answer = client.get(reverse("mfa_activate_totp"))
        assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
        assert client.get(answer.headers["Location"]).status_code == 200
        again = client.post(answer.headers["Location"], {"password": PASSWORD})
        assert again.headers["Location"] == reverse("mfa_activate_totp")
