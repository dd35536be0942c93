"""From an empty database to an administrator who can log in: two commands and a link."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from vaern.people.models import Organisation

pytestmark = pytest.mark.django_db
WORDS = {"name": "Eksempelby Kommune", "admin_name": "Ida Ibsen", "admin_email": "ida@eksempelby.example"}


def test_the_printed_link_lets_the_administrator_choose_a_password_and_log_in() -> None:
    out = StringIO()
    call_command("organisation_create", slug="eksempelby", stdout=out, **WORDS)
    link = out.getvalue().splitlines()[-1]
    client = Client()
    assert client.get(link).status_code == 302
    password = "fire-ord-og-et-tal-9"
    client.post("/log_in/link/", {"password": password, "again": password})
    assert client.get(link, follow=True).status_code == 410, "a link works once"
    client.post("/log_in/", {"login": WORDS["admin_email"], "password": password})
    assert client.get("/house/people/").status_code == 200


def test_the_same_short_name_twice_is_refused_in_words() -> None:
    call_command("organisation_create", slug="eksempelby", stdout=StringIO(), **WORDS)
    with pytest.raises(CommandError, match="korte navn"):
        call_command("organisation_create", slug="eksempelby", stdout=StringIO(), **WORDS)
    assert Organisation.objects.count() == 1


def test_an_address_already_in_use_leaves_no_half_organisation() -> None:
    call_command("organisation_create", slug="eksempelby", stdout=StringIO(), **WORDS)
    with pytest.raises(CommandError, match="E-mailen kan ikke bruges"):
        call_command("organisation_create", slug="andenby", stdout=StringIO(), **WORDS)
    assert not Organisation.objects.filter(slug="andenby").exists()
