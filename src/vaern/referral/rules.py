"""What an outsider may be let to read, for how long, and when a link has ended. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from vaern.core.refusal import Refusal
from vaern.core.text import gettext_noop as _
from vaern.referral.facts import Asked, Referral, Standing

SCOPES = {
    "what": _("Hvad der er sket, hvor og hvornår"),
    "letters": _("De breve, der er sendt"),
    "decisions": _("De vurderinger og beslutninger, der er skrevet"),
}
"""Evidence is not among them: it leaves as a bundle, which can be checked, and in no other way."""
STANDINGS: dict[Standing, str] = {
    "open": _("Kan læses"),
    "expired": _("Udløbet"),
    "revoked": _("Lukket"),
    "locked": _("Låst efter forkerte koder"),
}
DAYS, DAYS_MOST, TRIES_MOST, SHORT_MAX, TEXT_MAX = 14, 60, 5, 200, 5000

REFUSALS: dict[str, str] = {
    "case_closed": _("Sagen er afsluttet. Åbn den igen, før du skriver mere."),
    "no_recipient": _("Skriv, hvem der skal læse."),
    "no_purpose": _("Skriv, hvad det skal bruges til."),
    "no_scope": _("Vælg, hvad der må læses."),
    "no_days": _("Vælg mellem 1 og %(most)s dage."),
    "too_long": _("Teksten er for lang. Der er plads til %(most)s tegn."),
    "ended": _("Adressen er allerede lukket."),
    "wrong_code": _("Koden passer ikke."),
}  # fmt: skip


def refuse(code: str, field: str = "", **params: str) -> Refusal:
    return Refusal(code, REFUSALS[code], params, field=field)


def standing(referral: Referral, now: datetime) -> Standing:
    if referral.revoked_at is not None:
        return "revoked"
    if referral.tries >= TRIES_MOST:
        return "locked"
    return "open" if now < referral.expires_at else "expired"


def check_make(asked: Asked, *, open: bool) -> tuple[Refusal, ...]:
    return tuple(_wrong(asked, open))


def _wrong(asked: Asked, open: bool) -> Iterable[Refusal]:
    if not open:
        yield refuse("case_closed")
    for name, most in (("recipient", SHORT_MAX), ("purpose", TEXT_MAX)):
        if not getattr(asked, name).strip():
            yield refuse(f"no_{name}", name)
        elif len(getattr(asked, name)) > most:
            yield refuse("too_long", name, most=str(most))
    if not asked.scope or not set(asked.scope) <= set(SCOPES):
        yield refuse("no_scope", "scope")
    if not 1 <= asked.days <= DAYS_MOST:
        yield refuse("no_days", "days", most=str(DAYS_MOST))


def check_revoke(referral: Referral) -> tuple[Refusal, ...]:
    return (refuse("ended"),) if referral.revoked_at is not None else ()
