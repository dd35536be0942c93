"""`vaern organisation create`: the first step of an installation - an employer, its root unit, its administrator."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from vaern.core.refusal import Refused
from vaern.evidence import service as evidence
from vaern.people import service
from vaern.people.facts import Role


class Command(BaseCommand):
    help = "Create an organisation and its first administrator; prints the one-time link to choose a password with."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", required=True, help="the employer's name, as people read it")
        parser.add_argument("--slug", required=True, help="a short name for commands, such as eksempelby")
        parser.add_argument("--admin-name", required=True)
        parser.add_argument("--admin-email", required=True)

    def handle(self, *args: Any, name: str, slug: str, admin_name: str, admin_email: str, **options: Any) -> None:
        try:
            with transaction.atomic():
                organisation, user = self._create(name, slug, admin_name, admin_email)
            key = evidence.create_key(organisation_id=organisation, now=timezone.now())
            secret = service.issue_link(actor=None, user_id=user, now=timezone.now())
        except Refused as refused:
            raise CommandError(refused.refusal.message % refused.refusal.params) from refused
        self.stdout.write(f"The key of its evidence: {key}. Copy it to two safe places today: docs/operate/keys.md.")
        self.stdout.write(
            f"{name} is ready. {admin_name} chooses a password here, once, on this installation's address:"
        )
        self.stdout.write(reverse("open_link", args=[user, secret]))

    def _create(self, name: str, slug: str, admin_name: str, admin_email: str) -> tuple[int, int]:
        """The ids of the organisation and of its administrator."""
        now = timezone.now()
        organisation = service.create_organisation(name=name, slug=slug, now=now)
        root = service.create_unit(actor=None, organisation_id=organisation, code="1", name=name, now=now)
        user = service.create_user(
            actor=None, organisation_id=organisation, email=admin_email, name=admin_name, unit_id=root, now=now
        )
        today = timezone.localdate(now)
        service.give_post(actor=None, user_id=user, unit_id=root, role=Role.ADMINISTRATOR, from_date=today, now=now)
        return organisation, user
