"""Whose case it is, when the report gave only a name."""

from __future__ import annotations

from collections.abc import Collection

from vaern.cases.rules.checks import check_reason
from vaern.cases.rules.duties import HANDLERS
from vaern.core.refusal import Refusal
from vaern.core.text import gettext_noop as _


def check_name_affected(state: str, known: bool, roles: Collection[str]) -> Refusal | None:
    """`known`: somebody is named already. `roles`: the parts the person has in the case now. Whoever handles the case
    cannot also be the one it is about: they would read what is written about themselves."""
    if state != "open":
        return Refusal("closed", _("Sagen er afsluttet. Åbn den igen, før der sker mere i den."))
    if known:
        return Refusal(
            "named_already", _("Sagen har allerede en medarbejder. Er det den forkerte, så fortryd det først.")
        )
    if "excluded" in roles:
        return Refusal("excluded", _("Den person må ikke se sagen."), field="user")
    if not HANDLERS.isdisjoint(roles):
        message = _("Den person behandler sagen. Tag en anden ind, og tag personen ud af sagen først.")
        return Refusal("handles_it", message, field="user")
    return None


def check_unname_affected(known: bool, herself: bool, reason: str) -> Refusal | None:
    """`known`: somebody is named. `herself`: she reported it as her own, so nobody else chose the wrong one. Asked in a
    closed case too: it only narrows who may see it."""
    if not known:
        return Refusal("nobody_named", _("Sagen har ingen medarbejder endnu."))
    if herself:
        return Refusal("herself", _("Medarbejderen har selv meldt det. Det kan ikke laves om."))
    wrong = check_reason(reason, "reason")
    return wrong[0] if wrong else None
