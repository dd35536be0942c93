"""Whoever must have a second factor gets nowhere without it, whatever the address."""

from __future__ import annotations

import pytest
from django.conf import LazySettings
from django.urls import reverse

from tests.web.door_people import Stage
from tests.web.test_doors import PATTERNS, Visitors, path_of, stage
from vaern.people.doors import DOORS

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
__all__ = ["stage"]  # the same stage as for the doors


@pytest.mark.parametrize("person", ["mads", "adam", "amalie", "signe"])
def test_no_address_but_ones_own_login_opens_without_the_second_factor(
    stage: Stage, settings: LazySettings, person: str
) -> None:
    visitors = Visitors(stage)
    settings.REQUIRE_TOTP = True
    for name, pattern in PATTERNS.items():
        if DOORS[pattern.callback.door].kind == "public" or pattern.callback.door == "keep_profile":
            continue
        for method in ("GET", "POST"):
            answer = visitors.ask(person, method, path_of(name, stage, "full"))
            assert answer.headers.get("Location") == reverse("mfa_activate_totp"), f"{method} {name}"
