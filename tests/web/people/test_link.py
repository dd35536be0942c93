"""The one-time link: how somebody without a password gets in."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.people_kit import Municipality, a_municipality, actor, logged_in
from vaern.journal.models import Payload
from vaern.people import service
from vaern.people.models import User

pytestmark = pytest.mark.django_db
NEW = "fire-rolige-ord-her-4"


@pytest.fixture
def town() -> Municipality:
    cache.clear()
    return a_municipality()


@pytest.fixture
def newcomer(town: Municipality) -> User:
    user_id = service.create_user(
        actor=actor(town.adam), organisation_id=town.organisation_id, email="ny@kommunen.example", name="Nynne Ny",
        unit_id=town.jobcenter, now=timezone.now(),
    )  # fmt: skip
    return User.objects.get(pk=user_id)


def issue(town: Municipality, user: User) -> str:
    page = logged_in(town.adam).post(reverse("issue_link", args=[user.pk]))
    found = re.search(r"http://testserver(/log_in/link/[^<\s]+)", page.content.decode())
    assert found is not None
    return found[1]


def choose(client: Client, link: str, password: str = NEW, again: str = NEW) -> object:
    assert client.get(link).headers["Location"] == reverse("use_link")
    return client.post(reverse("use_link"), {"password": password, "again": again})


def test_a_new_user_chooses_a_password_and_logs_in(town: Municipality, newcomer: User, client: Client) -> None:
    answer = choose(client, issue(town, newcomer))
    assert answer.headers["Location"] == reverse("account_login")
    inside = client.post(reverse("account_login"), {"login": newcomer.email, "password": NEW})
    assert inside.headers["Location"] == "/"


def test_the_link_works_once(town: Municipality, newcomer: User, client: Client) -> None:
    link = issue(town, newcomer)
    choose(client, link)
    assert choose(Client(), link).status_code == 410


def test_the_link_dies_after_some_days(town: Municipality, newcomer: User, client: Client) -> None:
    link = issue(town, newcomer)
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        assert choose(client, link).status_code == 410


def test_the_link_dies_with_the_user(town: Municipality, newcomer: User, client: Client) -> None:
    link = issue(town, newcomer)
    service.deactivate_user(actor=actor(town.adam), user_id=newcomer.pk, now=timezone.now())
    assert choose(client, link).status_code == 410


def test_somebody_elses_secret_opens_nothing(town: Municipality, newcomer: User, client: Client) -> None:
    secret = issue(town, newcomer).rstrip("/").rsplit("/", 1)[1]
    assert choose(client, reverse("open_link", args=[town.anna.pk, secret])).status_code == 410


@pytest.mark.parametrize(("password", "again"), [("kort", "kort"), (NEW, NEW + "x"), ("password1234", "password1234")])
def test_a_bad_password_is_said_beside_the_field(
    town: Municipality, newcomer: User, client: Client, password: str, again: str
) -> None:
    answer = choose(client, issue(town, newcomer), password, again)
    assert answer.status_code == 422
    assert not User.objects.get(pk=newcomer.pk).has_usable_password()


def test_the_secret_is_not_left_in_the_address_or_the_journal(
    town: Municipality, newcomer: User, client: Client
) -> None:
    link = issue(town, newcomer)
    secret = link.rstrip("/").rsplit("/", 1)[1]
    page = client.get(link, follow=True)
    assert secret not in page.content.decode()
    assert not any(secret in str(payload.data) for payload in Payload.objects.all())
