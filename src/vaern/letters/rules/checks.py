"""When a letter may be begun, approved and sent."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from stdnum.dk import cpr, cvr

from vaern.cases.facts import Agreed
from vaern.cases.rules import unlike
from vaern.core.refusal import Refusal
from vaern.core.text import gettext_noop as _
from vaern.letters.facts import Confirmation, Finding, Letter, State, Version, Way, Written
from vaern.letters.leaks import WHY

BLANK = "____"
TEXT_MAX, SHORT_MAX = 20_000, 200
ENCLOSED_MAX = 15 * 1024 * 1024
"""Bytes of everything enclosed; many mail servers take no more than 20 MB, a third of it lost to the coding."""
NEXT: dict[State, tuple[State, ...]] = {
    "draft": ("approved",),
    "approved": ("draft", "sent"),
    "sent": ("confirmed",),
    "confirmed": (),
}
WAYS: tuple[Way, ...] = ("print", "email", "digital_post")
BY_WORKER = ("email", "digital_post")
"""Ways on which a worker takes the letter out, so that it is sent later than it was asked for."""
CONFIRMATIONS: tuple[Confirmation, ...] = ("delivered", "returned", "answered")
AUTHOR = "author"
COLLEAGUES = "colleagues"

REFUSALS: dict[str, str] = {
    "no_evidence": _("Læg beviset på sagen først. Opslag bliver tit rettet eller slettet efter den første kontakt."),
    "no_agreement": _("Aftal først med medarbejderen, hvad kollegerne får at vide."),
    "no_grounds": _("Skriv din vurdering af grundlaget. At nævne en medarbejders navn er ikke i sig selv ulovligt."),
    "no_template": _("Sagens retningslinje har ikke det brev."),
    "no_recipient": _("Skriv, hvem brevet er til."),
    "no_subject": _("Skriv, hvad brevet handler om."),
    "no_text": _("Skriv brevet."),
    "too_long": _("Teksten er for lang. Der er plads til %(most)s tegn."),
    "blanks": _("Der er tomme pladser (____) i brevet. Udfyld dem, eller slet dem."),
    "answer_by_past": _("Fristen er allerede gået. Vælg en dag, der kommer."),
    "not_draft": _("Brevet er godkendt og kan ikke ændres. Tag godkendelsen tilbage, hvis det skal skrives om."),
    "not_approved": _("Brevet skal godkendes, før det kan sendes."),
    "not_sent": _("Brevet er ikke sendt endnu."),
    "wrong_state": _("Det kan ikke lade sig gøre, som brevet står nu."),
    "not_made": _("Brevet er ikke lavet som fil endnu. Vent et øjeblik, og prøv igen."),
    "second_person": _("En anden end den, der har skrevet brevet, skal godkende det."),
    "leaks_second_person": _(
        "Der er fundet noget, som måske ikke må sendes. Ret brevet, eller få en anden til at godkende det."
    ),
    "leaks_reason": _("Skriv, hvorfor brevet må sendes med det, der er fundet."),
    "leaks_since": _(
        "Der er fundet noget nyt, siden brevet blev godkendt. Tag godkendelsen tilbage, og se det igennem."
    ),
    "written_meanwhile": _("En anden har skrevet i brevet imens. Se, hvad der står nu, før du går videre."),
    "case_closed": _("Sagen er afsluttet. Åbn den igen, før du skriver mere."),
    "no_way": _("Vælg, hvordan brevet bliver sendt."),
    "no_mail": _("Der kan ikke sendes mail herfra. Skriv brevet ud, eller send det på en anden måde."),
    "no_email": _("Skriv modtagerens mailadresse i brevet først."),
    "no_post": _("Digital Post er ikke sat op her. Send brevet på en anden måde."),
    "no_number": _("Skriv modtagerens CPR-nummer (10 cifre) eller CVR-nummer (8 cifre)."),
    "no_enclosure": _("Et af bilagene kan ikke gå med, som det er. Vælg igen: måske er der lavet en maskeret udgave."),
    "too_heavy": _("Bilagene fylder for meget til et brev. Lav en bevispakke i stedet, eller vælg færre."),
    "no_confirmation": _("Vælg, hvad der skete med brevet."),
    "future_day": _("Datoen ligger ude i fremtiden. Skriv, hvilken dag brevet blev sendt."),
    "early_day": _("Den dag var brevet ikke godkendt endnu."),
    "sending": _("Brevet er ved at blive sendt."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """What the case is like, as far as a letter asks."""

    open: bool
    evidence: int
    """How many files lie sealed on the case."""
    by_agreement: bool = False
    """Whether the guideline lets colleagues be told only what was agreed with the employee."""
    agreed: Agreed | None = None
    enclosable: Mapping[str, int] = field(default_factory=dict)
    """Ids of the evidence that may go along, and how many bytes each is."""


def why(finding: Finding) -> str:
    """Why the leak check stopped at it: a Danish sentence for the screen to translate."""
    return WHY[finding.kind]


def refuse(code: str, field: str = "", **params: str) -> Refusal:
    return Refusal(code, REFUSALS[code], params, field=field)


def check_begin(to: str, standing: Standing) -> tuple[Refusal, ...]:
    """Before a word is written. Evidence before contact: a letter shown to nobody can still be sent by mistake."""
    return tuple(_at_all(to, standing))


def _at_all(to: str, standing: Standing) -> Iterable[Refusal]:
    if not standing.open:
        yield refuse("case_closed")
    if to == AUTHOR and not standing.evidence:
        yield refuse("no_evidence")
    if to == COLLEAGUES and standing.by_agreement and standing.agreed is None:
        yield refuse("no_agreement")


def _as_agreed(letter: Letter, standing: Standing) -> Iterable[Refusal]:
    if letter.to == COLLEAGUES and standing.agreed is not None:
        for one in unlike(standing.agreed, letter.written.text, letter.written.recipient, in_letter=True):
            yield replace(one, field="")


def check_written(letter: Letter, new: Written, seen: int, standing: Standing) -> tuple[Refusal, ...]:
    """A draft may be kept with holes in it; only what cannot be kept is refused."""
    if letter.state != "draft":
        return (refuse("not_draft"),)
    if not standing.open:
        return (refuse("case_closed"),)
    if letter.version != seen:
        return (refuse("written_meanwhile"),)
    return (*_too_long(new), *_enclosures(new, standing))


def _enclosures(new: Written, standing: Standing) -> Iterable[Refusal]:
    """Only what may go out as it is: an original that was masked since gives way to its copy."""
    if not set(new.enclosures) <= set(standing.enclosable):
        yield refuse("no_enclosure", "enclosures")
    elif sum(standing.enclosable[one] for one in new.enclosures) > ENCLOSED_MAX:
        yield refuse("too_heavy", "enclosures")


def _too_long(new: Written) -> Iterable[Refusal]:
    for name in ("text", "grounds", "address"):
        if len(getattr(new, name)) > TEXT_MAX:
            yield refuse("too_long", name, most=str(TEXT_MAX))
    for name in ("recipient", "subject"):
        if len(getattr(new, name)) > SHORT_MAX:
            yield refuse("too_long", name, most=str(SHORT_MAX))


def check_approve(
    letter: Letter,
    made: Version | None,
    standing: Standing,
    findings: Sequence[Finding],
    *,
    actor: int,
    seen: int,
    reason: str,
    today: date,
) -> tuple[Refusal, ...]:
    """Whether `actor` may approve the version on the page (`seen`): exactly its bytes, and nothing later."""
    if letter.state != "draft":
        return (refuse("not_draft"),)
    if letter.version != seen:
        return (refuse("written_meanwhile"),)
    wrong = [*_at_all(letter.to, standing), *_unfinished(letter, today), *_as_agreed(letter, standing)]
    wrong += [replace(one, field="") for one in _enclosures(letter.written, standing)]
    if made is None or made.number != letter.version or not made.made:
        wrong.append(refuse("not_made"))
    return (*wrong, *_who(letter, findings, actor, reason))


def _unfinished(letter: Letter, today: date) -> Iterable[Refusal]:
    new = letter.written
    for name, code in (("recipient", "no_recipient"), ("subject", "no_subject"), ("text", "no_text")):
        if not getattr(new, name).strip():
            yield refuse(code)
    if letter.to == AUTHOR and not new.grounds.strip():
        yield refuse("no_grounds")
    if BLANK in new.text or BLANK in new.subject or "{{" in new.text:
        yield refuse("blanks")
    if new.answer_by is not None and new.answer_by < today:
        yield refuse("answer_by_past")


def _who(letter: Letter, findings: Sequence[Finding], actor: int, reason: str) -> Iterable[Refusal]:
    wrote_it = actor == letter.written_by
    if letter.second_person and wrote_it:
        yield refuse("second_person")
    elif findings and wrote_it:
        yield refuse("leaks_second_person")
    if findings and not wrote_it and not reason.strip():
        yield refuse("leaks_reason", "reason")


def check_reopen(letter: Letter) -> tuple[Refusal, ...]:
    if letter.state != "approved":
        return (refuse("wrong_state"),)
    return (refuse("sending"),) if on_its_way(letter) else ()


def on_its_way(letter: Letter) -> bool:
    """A worker may be handing it over just now: it can be neither taken back nor sent otherwise."""
    return letter.state == "approved" and letter.sent_how in BY_WORKER and not letter.mail_problem


def check_send(
    letter: Letter,
    standing: Standing,
    findings: Collection[Finding],
    *,
    how: str,
    ways: Collection[str],
    number: str,
    today: date,
) -> tuple[Refusal, ...]:
    """Asked again at the last moment: evidence, grounds, and what would slip out by what the case knows now. `ways`:
    those that are set up; `number`: the recipient's CPR or CVR number, as `number_of` reads it."""
    if letter.state != "approved" or letter.approved_version != letter.version:
        return (refuse("not_approved"),)
    wrong = [*_at_all(letter.to, standing), *_unfinished(letter, today), *_as_agreed(letter, standing)]
    wrong += [replace(one, field="") for one in _enclosures(letter.written, standing)]
    if {one.mark for one in findings} - set(letter.accepted):
        wrong.append(refuse("leaks_since"))
    if on_its_way(letter):
        wrong.append(refuse("sending"))
    return (*wrong, *_way(letter, how, ways, number))


def _way(letter: Letter, how: str, ways: Collection[str], number: str) -> Iterable[Refusal]:
    if how not in WAYS:
        yield refuse("no_way", "how")
    elif how not in ways:
        yield refuse("no_mail" if how == "email" else "no_post", "how")
    elif how == "email" and not letter.written.email:
        yield refuse("no_email", "how")
    elif how == "digital_post" and not number:
        yield refuse("no_number", "number")


def number_of(typed: str) -> str:
    """The digits of a CPR number (ten) or CVR number (eight); "" when it is neither. CPR numbers without a check digit
    have been given out since 2007 (cpr.dk), so that only the date in one can be judged."""
    digits = re.sub(r"[\s.-]", "", typed)
    if cpr.is_valid(digits):
        return digits
    return digits if cvr.is_valid(digits) and len(digits) == 8 else ""


def check_day(letter: Letter, sent_on: date | None, today: date, approved: date) -> tuple[Refusal, ...]:
    """A letter was sent no later than today, and not before it was approved."""
    if sent_on is None or letter.state != "approved":
        return ()
    if sent_on > today:
        return (refuse("future_day", "sent_on"),)
    return (refuse("early_day", "sent_on"),) if sent_on < approved else ()


def check_confirm(letter: Letter, confirmed_as: str) -> tuple[Refusal, ...]:
    """A letter that was delivered may be answered later; what was said before stays in the journal."""
    if letter.state not in {"sent", "confirmed"}:
        return (refuse("not_sent"),)
    return () if confirmed_as in CONFIRMATIONS else (refuse("no_confirmation", "confirmed_as"),)
