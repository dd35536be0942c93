"""What others are told about the employee: first an agreement with her, then exactly that, to exactly those people."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from vaern.cases.facts import Agreed, Attempt, Submission
from vaern.core.refusal import Refusal
from vaern.core.text import gettext_noop as _
from vaern.guideline.pack import Duty, FulfilKind

OTHER_WORDS = _("I aftalte disse ord: “%(agreed)s”. Skal der fortælles noget andet, så lav først en ny aftale.")
OTHER_PEOPLE = _("I aftalte, at det er: “%(agreed)s”. Skal andre have det at vide, så lav først en ny aftale.")
WHO_MAY_KNOW = _("Skriv, hvem der må få det at vide. Skriv “ingen”, hvis I har aftalt det.")


def agreements_before(duty: Duty, duties: Mapping[str, Duty]) -> frozenset[str]:
    """Ids of the agreements an information hangs on: those it comes after, and only when they were made. One that may
    just as well have been declined is a plan, and binds no words."""
    if duty.kind is not FulfilKind.INFORMATION:
        return frozenset()
    return frozenset(
        after.duty
        for after in duty.after
        if after.outcomes == ("done",) and after.duty in duties and duties[after.duty].kind is FulfilKind.AGREEMENT
    )


def binds(duty: Duty, duties: Mapping[str, Duty]) -> bool:
    """Whether an information hangs on this agreement, so that it must say who may know."""
    return any(duty.id in agreements_before(one, duties) for one in duties.values())


def last_agreed(wanted: Collection[str], settled: Iterable[tuple[str, str, Mapping[str, str]]]) -> Agreed | None:
    """The agreement that counts: the newest. `settled` is (duty, outcome, fields), the oldest first."""
    made = [fields for duty, outcome, fields in settled if duty in wanted and outcome == "done"]
    return Agreed(words=made[-1].get("agreed", ""), people=made[-1].get("recipient", "")) if made else None


def check_agreed(attempt: Attempt, given: Submission) -> list[Refusal]:
    """Refusals where what was told, or to whom, is not what was agreed; where the agreement itself leaves people out.
    A letter has its greeting around the words, so it must hold them; whatever else must be them."""
    if attempt.binds and not given.recipient.strip():
        return [Refusal("missing_recipient", WHO_MAY_KNOW, {"duty": attempt.duty.title}, field="recipient")]
    if attempt.agreed is None:
        return []
    return unlike(attempt.agreed, given.text, given.recipient, in_letter=given.in_letter)


def unlike(agreed: Agreed, text: str, recipient: str, *, in_letter: bool) -> list[Refusal]:
    told, words = plain(text), plain(agreed.words)
    wrong = []
    if words and not (words in told if in_letter else words == told):
        wrong.append(Refusal("other_words", OTHER_WORDS, {"agreed": agreed.words}, field="text"))
    if agreed.people and plain(agreed.people).casefold() != plain(recipient).casefold():
        wrong.append(Refusal("other_people", OTHER_PEOPLE, {"agreed": agreed.people}, field="recipient"))
    return wrong


def plain(text: str) -> str:
    """The words without how they are broken into lines: a browser, a mail and a letter each break them their way."""
    return " ".join(text.split())
