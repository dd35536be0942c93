"""How people get in: what we tell the login library, and who must have a second factor."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest

from vaern.people.facts import Actor, Role

SECOND_FACTOR = frozenset(Role) - {Role.EMPLOYEE, Role.COMMITTEE}
"""Posts that let somebody see others' cases, or manage people."""


class Adapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


def needs_second_factor(request: HttpRequest, actor: Actor) -> bool:
    """Whether this person must set up TOTP before anything else."""
    if not settings.REQUIRE_TOTP or not any(post.role in SECOND_FACTOR for post in actor.posts):
        return False
    return not is_mfa_enabled(request.user)
