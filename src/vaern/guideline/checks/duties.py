"""What one duty says of others: each reference meets something, and each outcome asked for is one it can have."""

from __future__ import annotations

from collections.abc import Iterator

from vaern.core.text import gettext_noop
from vaern.guideline.checks.book import Book, Spot
from vaern.guideline.checks.times import NO_CONTACT, NO_DUTY, NO_EVENT
from vaern.guideline.core_facts import NAMED_OUTCOMES
from vaern.guideline.pack import Duty, FulfilKind, Gate, Modality
from vaern.guideline.problem import Problem

NO_OUTCOME = gettext_noop("'%(duty)s' kan ikke ende med '%(outcome)s'. Vælg mellem: %(allowed)s.")
NO_OUTCOMES_AT_ALL = gettext_noop("Listen er tom. Skriv, hvilke udfald det gælder for.")
NO_CONSENT = gettext_noop("Spørgsmålet '%(consent)s' findes ikke i consents.")
WHICH_APPROVAL = gettext_noop("'%(duty)s' har egne udfald (%(own)s). Skriv, hvilket af dem der er en godkendelse.")
NO_REGISTER = gettext_noop("Registeret '%(register)s' findes ikke i registers.")
NO_LETTER = gettext_noop("Brevet '%(letter)s' findes ikke i mappen letters.")
OUTCOME_BUILT_IN = gettext_noop("Udfaldet '%(outcome)s' har alle pligter i forvejen. Slet det.")
OUTCOME_TWICE = gettext_noop("Udfaldet '%(outcome)s' står to gange.")
ONE_ALTERNATIVE = gettext_noop("En enkelt mulighed er ikke et valg. Skriv mindst to, eller slet den.")
ALTERNATIVE_TWICE = gettext_noop("Muligheden '%(alternative)s' står to gange.")
NO_ALTERNATIVES = gettext_noop(
    "Beviset er et valg (choice), men pligten har hverken muligheder (alternatives) eller udfald (outcomes)."
)
WHICH_REGISTER = gettext_noop(
    'En registrering skal sige, hvor der registreres (register), eller kræve et nummer derfra (proof = ["reference"]).'
)
DECLINE_TEXT = gettext_noop(
    "Der står, hvad der sker ved et nej, men pligten kan ikke siges nej til (may_decline = false)."
)
DECLINED_BY = gettext_noop("Den ramte skal kunne sige nej, men pligten kan ikke siges nej til (may_decline = false).")
MUST_NOT_OUTCOMES = gettext_noop("Et forbud har ikke egne udfald.")


def check_duties(book: Book) -> Iterator[Problem]:
    for spot, duty in book.duties():
        yield from _references(book, spot, duty)
        yield from _gates(book, spot, duty)
        yield from _places(book, spot, duty)
        yield from _own(spot, duty)
    registers = {register.id for pack in book.family for register in pack.registers}
    for spot, duty in book.duties():
        if duty.register_ and duty.register_ not in registers:
            yield spot.at("register").problem(NO_REGISTER, register=duty.register_)


def _refers(book: Book, spot: Spot, name: str, outcomes: tuple[str, ...], key: str) -> Iterator[Problem]:
    """`name` is a duty, and each of `outcomes` is one it can end with."""
    if not book.duty_known(name):
        yield spot.at(key).problem(NO_DUTY, duty=name)
        return
    found = book.meant(name)
    if found is None:
        return
    allowed = [*NAMED_OUTCOMES, *(own.id for own in found.outcomes)]
    for outcome in outcomes:
        if outcome not in allowed:
            yield spot.at("outcomes").problem(NO_OUTCOME, duty=name, outcome=outcome, allowed=", ".join(allowed))


def _references(book: Book, spot: Spot, duty: Duty) -> Iterator[Problem]:
    for index, after in enumerate(duty.after):
        yield from _refers(book, spot.at("after", index), after.duty, after.outcomes, "duty")
    for index, arises in enumerate(duty.arises_from):
        yield from _refers(book, spot.at("arises_from", index), arises.duty, arises.outcomes, "duty")
        if not arises.outcomes:
            yield spot.at("arises_from", index, "outcomes").problem(NO_OUTCOMES_AT_ALL)
    for index, hand_over in enumerate(duty.hand_over):
        yield from _refers(book, spot.at("hand_over", index), hand_over.after, hand_over.outcomes, "after")


def _gates(book: Book, spot: Spot, duty: Duty) -> Iterator[Problem]:
    for index, gate in enumerate(duty.gates):
        yield from _gate(book, spot.at("gates", index), gate)


def _gate(book: Book, spot: Spot, gate: Gate) -> Iterator[Problem]:
    if gate.kind == "wish" and gate.of not in book.consents:
        yield spot.at("of").problem(NO_CONSENT, consent=gate.of)
    elif gate.kind == "event" and gate.of not in book.events:
        yield spot.at("of").problem(NO_EVENT, event=gate.of)
    elif gate.kind == "approval":
        yield from _refers(book, spot, gate.of, gate.outcomes, "of")
        approver = book.meant(gate.of)
        own = [outcome.id for outcome in approver.outcomes] if approver else []
        if own and set(own).isdisjoint(gate.outcomes):
            yield spot.at("outcomes").problem(WHICH_APPROVAL, duty=gate.of, own=", ".join(own))


def _places(book: Book, spot: Spot, duty: Duty) -> Iterator[Problem]:
    for event in duty.events:
        if event not in book.events:
            yield spot.at("events").problem(NO_EVENT, event=event)
    for contact in duty.contacts:
        if contact not in book.contacts:
            yield spot.at("contacts").problem(NO_CONTACT, contact=contact)
    letters = {letter.id for pack in book.family for letter in pack.letters}
    if duty.letter and duty.letter not in letters:
        yield spot.at("letter").problem(NO_LETTER, letter=duty.letter)
    if duty.kind is FulfilKind.REGISTRATION and not duty.register_ and "reference" not in duty.proof:
        yield spot.at("register").problem(WHICH_REGISTER)


def _own(spot: Spot, duty: Duty) -> Iterator[Problem]:
    names = [outcome.id for outcome in duty.outcomes]
    for name in dict.fromkeys(names):
        if name in NAMED_OUTCOMES:
            yield spot.at("outcomes").problem(OUTCOME_BUILT_IN, outcome=name)
        if names.count(name) > 1:
            yield spot.at("outcomes").problem(OUTCOME_TWICE, outcome=name)
    if names and duty.modality is Modality.MUST_NOT:
        yield spot.at("outcomes").problem(MUST_NOT_OUTCOMES)
    yield from _alternatives(spot, duty)
    if duty.declined_text and not duty.may_decline:
        yield spot.at("declined_text").problem(DECLINE_TEXT)
    if duty.declined_by == "affected" and not duty.may_decline:
        yield spot.at("declined_by").problem(DECLINED_BY)


def _alternatives(spot: Spot, duty: Duty) -> Iterator[Problem]:
    names = [alternative.id for alternative in duty.alternatives]
    if len(names) == 1:
        yield spot.at("alternatives").problem(ONE_ALTERNATIVE)
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            yield spot.at("alternatives").problem(ALTERNATIVE_TWICE, alternative=name)
    if "choice" in duty.proof and not names and not duty.outcomes:
        yield spot.at("proof").problem(NO_ALTERNATIVES)
