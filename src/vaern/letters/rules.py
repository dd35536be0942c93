"""When a letter may be begun, approved and sent, and what it begins with. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from vaern.cases.facts import Agreed
from vaern.cases.rules import unlike
from vaern.core.refusal import Refusal
from vaern.core.text import gettext_noop as _
from vaern.guideline.composed import Composed
from vaern.guideline.conditions import Values, holds
from vaern.guideline.pack import Duty
from vaern.guideline.pack import Letter as Template
from vaern.letters.facts import Confirmation, Finding, Letter, State, Version, Way, Written
from vaern.letters.leaks import WHY

BLANK = "____"
TEXT_MAX, SHORT_MAX = 20_000, 200
NEXT: dict[State, tuple[State, ...]] = {
    "draft": ("approved",),
    "approved": ("draft", "sent"),
    "sent": ("confirmed",),
    "confirmed": (),
}
WAYS: tuple[Way, ...] = ("print", "email")
CONFIRMATIONS: tuple[Confirmation, ...] = ("delivered", "returned", "answered")
AUTHOR = "author"
COLLEAGUES = "colleagues"
_FIELD = re.compile(r"\{\{\s*([a-z][a-z0-9_]*)\s*\}\}")

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


def why(finding: Finding) -> str:
    """Why the leak check stopped at it: a Danish sentence for the screen to translate."""
    return WHY[finding.kind]


def refuse(code: str, field: str = "", **params: str) -> Refusal:
    return Refusal(code, REFUSALS[code], params, field=field)


def offered(composed: Composed, values: Values) -> list[Template]:
    """The letters that fit the case: all but those whose condition is known not to hold."""
    return [
        letter
        for letter in composed.pack.letters
        if letter.when is None or holds(letter.when, values, composed.fact) is not False
    ]


def template_of(composed: Composed, template: str) -> Template | None:
    return next((one for one in composed.pack.letters if one.id == template), None)


def duty_of(composed: Composed, template: Template) -> str:
    """The duty that sending this letter settles; "" when the guideline has none for it. The one that names the letter
    before one that only wants the same done."""
    fit = [duty for duty in composed.pack.duties if does(template, duty)]
    return next((duty.id for duty in sorted(fit, key=lambda duty: duty.letter != template.id)), "")


def does(template: Template, duty: Duty) -> bool:
    """Whether sending this letter is doing this duty."""
    return duty.letter == template.id or bool(template.act and template.act == duty.act)


def letters_for(composed: Composed, duty: Duty, values: Values) -> list[Template]:
    """The letters this duty can be done with, in the guideline's order, that named by the duty first."""
    fit = [one for one in offered(composed, values) if does(one, duty) and duty_of(composed, one) == duty.id]
    return sorted(fit, key=lambda one: one.id != duty.letter)


def filled(text: str, fields: Mapping[str, str]) -> str:
    """A template's text with what the case knows written in, and a blank to fill in for the rest."""
    return _FIELD.sub(lambda found: fields.get(found[1]) or BLANK, text)


def begins_with(template: Template, fields: Mapping[str, str], agreed: Agreed | None = None) -> Written:
    """What colleagues are told begins with what was agreed, and is to those agreed on."""
    if template.to != COLLEAGUES or agreed is None:
        return Written(subject=template.title, text=filled(template.body, fields).strip())
    words = filled(template.body, {**fields, "agreed_text": agreed.words})
    return Written(subject=template.title, text=words.strip(), recipient=agreed.people[:SHORT_MAX])


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
    return tuple(_too_long(new))


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
    """A worker may be handing it to the mail server just now: it can be neither taken back nor sent otherwise."""
    return letter.state == "approved" and letter.sent_how == "email" and not letter.mail_problem


def check_send(
    letter: Letter, standing: Standing, findings: Collection[Finding], *, how: str, mail: bool, today: date
) -> tuple[Refusal, ...]:
    """Asked again at the last moment: evidence, grounds, and what would slip out by what the case knows now."""
    if letter.state != "approved" or letter.approved_version != letter.version:
        return (refuse("not_approved"),)
    wrong = [*_at_all(letter.to, standing), *_unfinished(letter, today), *_as_agreed(letter, standing)]
    if {one.mark for one in findings} - set(letter.accepted):
        wrong.append(refuse("leaks_since"))
    if on_its_way(letter):
        wrong.append(refuse("sending"))
    return (*wrong, *_way(letter, how, mail))


def _way(letter: Letter, how: str, mail: bool) -> Iterable[Refusal]:
    if how not in WAYS:
        yield refuse("no_way", "how")
    elif how == "email" and not mail:
        yield refuse("no_mail", "how")
    elif how == "email" and not letter.written.email:
        yield refuse("no_email", "how")


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


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a letter: a heading, a paragraph of lines, or a list of points."""

    kind: str
    lines: tuple[str, ...]


def blocks(text: str) -> tuple[Block, ...]:
    """The text as its pieces: an empty line parts them, "## " begins a heading, "- " a point of a list."""
    found = [_block(part.strip("\n").split("\n")) for part in re.split(r"\n\s*\n", text.strip()) if part.strip()]
    return tuple(one for group in found for one in group)


def _block(lines: list[str]) -> list[Block]:
    made: list[Block] = []
    for line in lines:
        kind, words = _kind(line.strip())
        if made and made[-1].kind == kind and kind != "heading":
            made[-1] = replace(made[-1], lines=(*made[-1].lines, words))
        else:
            made.append(Block(kind, (words,)))
    return made


def _kind(line: str) -> tuple[str, str]:
    if line.startswith("## "):
        return "heading", line[3:].strip()
    return ("list", line[2:].strip()) if line.startswith("- ") else ("paragraph", line)
