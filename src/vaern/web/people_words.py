"""Danish words for what the code calls by one English word."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from vaern.people.facts import Role

ROLES: Mapping[str, object] = {
    Role.EMPLOYEE: _("Medarbejder"),
    Role.MANAGER: _("Leder"),
    Role.AMR: _("Arbejdsmiljørepræsentant (AMR)"),
    Role.TR: _("Tillidsrepræsentant (TR)"),
    Role.SECRETARIAT: _("Sekretariat"),
    Role.HEAD_OF_AUTHORITY: _("Myndighedschef"),
    Role.HR: _("HR"),
    Role.COMMITTEE: _("Medlem af MED-udvalget"),
    Role.ADMINISTRATOR: _("Administrator"),
}
FILES: Mapping[str, object] = {"units": _("Enheder"), "people": _("Personer")}
