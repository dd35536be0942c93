"""Small checks of what somebody typed in a case. Each answers with a refusal beside its field, or nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from vaern.core.refusal import Refusal
from vaern.core.text import gettext_noop as _
from vaern.guideline.pack import Fact, FactKind

LONGEST = 20_000
BRINGABLE = ("secretariat", "head_of_authority", "hr", "tr", "managers_manager", "manager")
"""Roles in which somebody may be brought in by name. The affected and the reporter come from the report, the safety
representative from the post."""
_HANDLING = ("manager", "managers_manager", "secretariat")


def check_text(text: str, field: str = "text") -> Refusal | None:
    if not text.strip():
        return Refusal("empty", _("Skriv noget, før du gemmer."), field=field)
    if len(text) > LONGEST:
        return Refusal("too_long", _("Teksten er for lang. Højst %(most)s tegn."), {"most": str(LONGEST)}, field=field)
    return None


def check_open(state: str) -> Refusal | None:
    """A closed case is as it was closed. What stays possible only narrows who may see it, or is the employee's own
    answer: taking somebody out, and a consent."""
    if state == "open":
        return None
    return Refusal("case_closed", _("Sagen er afsluttet. Åbn den igen, før der kan skrives mere."))


def check_reason(reason: str, field: str) -> tuple[Refusal, ...]:
    if reason.strip():
        return ()
    return (Refusal("missing_reason", _("Skriv en begrundelse."), field=field),)


def check_consent(consent: str, answer: str, known: frozenset[str]) -> Refusal | None:
    if consent in known and answer in {"yes", "no", "unknown"}:
        return None
    return Refusal("unknown_consent", _("Vælg ja, nej eller ved ikke."), field="answer")


def check_facts(
    facts: Mapping[str, object],
    events: Mapping[str, datetime | None],
    known: Mapping[str, Fact],
    known_events: frozenset[str],
) -> Refusal | None:
    for name, value in facts.items():
        if name not in known or not _fits(known[name], value):
            return Refusal("bad_fact", _("Vælg et af svarene."), field=name)
    wrong = [name for name in events if name not in known_events]
    if wrong:
        return Refusal("bad_event", _("Den hændelse kendes ikke."), field=wrong[0])
    slips = [name for name, at in events.items() if at is not None and not is_likely(at)]
    return Refusal("unlikely_date", UNLIKELY, field=f"{slips[0]}_on") if slips else None


UNLIKELY = _("Se på årstallet: det ser ikke rigtigt ud.")


def is_likely(at: datetime) -> bool:
    """Whether a date somebody typed can be meant. A deadline counted from the year 9999 is beyond every calendar, and
    nobody could open the case any more."""
    return 2000 <= at.year < 2100


def _fits(fact: Fact, value: object) -> bool:
    """Unknown always fits. A fact without values of its own (the categories) takes ids the definitions name."""
    if value in ("unknown", ""):
        return True
    if fact.kind is FactKind.YES_NO:
        return value in ("yes", "no")
    if fact.kind is FactKind.NUMBER:
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    allowed = {option.id for option in fact.values}
    if fact.kind is FactKind.CHOICES:
        return isinstance(value, (list, tuple)) and (not allowed or set(value) <= {*allowed, "unknown"})
    return isinstance(value, str) and (not allowed or value in allowed)


def check_bring_in(role: str, reason: str, excluded: bool, tr_reads: str = "") -> Refusal | None:
    """`tr_reads` is the affected employee's answer: a shop steward comes by her yes, and by nobody else's."""
    if role not in BRINGABLE:
        return Refusal("bad_role", _("Vælg en rolle."), field="role")
    if role == "tr" and tr_reads != "yes":
        message = _("Tillidsrepræsentanten kan kun være med, når medarbejderen har sagt ja. Spørg medarbejderen først.")
        return Refusal("no_consent", message, field="role")
    if excluded:
        return Refusal("excluded", _("Den person må ikke se sagen."), field="user")
    wrong = check_reason(reason, "reason")
    return wrong[0] if wrong else None


def check_shut_out(own: Collection[str], others: Collection[str], reason: str) -> Refusal | None:
    """`own`: the person's parts in the case; `others`: everybody else's. Also a representative who is part of it can
    be kept from the case, not only a manager; never the one it is about, and somebody must still have it."""
    if "affected" in own:
        return Refusal("affected", _("Sagen handler om den person."), field="user")
    if "excluded" in own:
        return Refusal("excluded", _("Den person må ikke se sagen."), field="user")
    if not any(role in _HANDLING for role in others):
        return Refusal("last_one", _("Nogen skal have sagen. Tag en anden ind først."))
    wrong = check_reason(reason, "reason")
    return wrong[0] if wrong else None


def check_take_out(role: str, roles: Sequence[str]) -> Refusal | None:
    if role in {"affected", "reporter", "excluded"}:
        return Refusal("stays", _("Den person kan ikke tages ud af sagen."))
    if role in _HANDLING and sum(one in _HANDLING for one in roles) < 2:
        return Refusal("last_one", _("Nogen skal have sagen. Tag en anden ind først."))
    return None
