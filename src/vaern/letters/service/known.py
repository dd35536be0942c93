"""What the case knows that must not leave in a letter, gathered for the leak check."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from vaern.cases import queries as cases
from vaern.core.refusal import Refused
from vaern.evidence import queries as evidence
from vaern.evidence import service as evidence_service
from vaern.letters import leaks
from vaern.letters.facts import Known, Letter
from vaern.people.facts import Actor

# Whom the employee may be named to: those who have to know, and who are told the rest of the case, too. Kinds of role,
# and the two outsiders who cannot help without a name.
INSIDE = frozenset({"head_of_authority", "secretariat", "hr", "manager", "managers_manager", "lawyer", "police"})

# Where anybody has a mailbox: of such a domain no address is the workplace's.
EVERYBODYS = frozenset(
    {
        "gmail.com",
        "hotmail.com",
        "icloud.com",
        "live.dk",
        "mail.dk",
        "outlook.com",
        "outlook.dk",
        "yahoo.com",
        "yahoo.dk",
    }
)


def known_of(actor: Actor, case: Any, letter: Letter, now: datetime) -> Known:
    """`now`: reading covered words opens the evidence, and is put on record as that."""
    people = [part.user for part in cases.parts(case) if part.role != "affected" and part.user_id != actor.user_id]
    signs = {actor.name, letter.written.recipient}
    affected = case.affected.name if case.affected else case.affected_name
    composed = cases.plan_of(case, now).composed
    text = f"{letter.written.subject}\n{letter.written.text}"
    masked, unread = _masked(actor, case, now)
    return Known(
        names=tuple(sorted({one.name for one in people} - signs - {affected})),
        affected="" if _inside(composed, letter.to) or affected in signs else affected,
        case=cases.label(case),
        other_cases=cases.numbers_in_use(actor.home, leaks.case_numbers(text)),
        phones=frozenset(_digits(one.phone) for one in composed.contact.values() if one.phone),
        emails=_allowed_mail(case, composed, letter),
        addresses=frozenset({letter.written.address} - {""}),
        masked=masked,
        unread=unread,
    )


def known_anyhow(actor: Actor, case: Any, text: str, addresses: frozenset[str], now: datetime) -> Known:
    """The same for what goes to a system and not to a person: names are what it is for, private data are not."""
    composed = cases.plan_of(case, now).composed
    masked, unread = _masked(actor, case, now)
    return Known(
        case=cases.label(case),
        other_cases=cases.numbers_in_use(actor.home, leaks.case_numbers(text)),
        phones=frozenset(_digits(one.phone) for one in composed.contact.values() if one.phone),
        addresses=addresses - {""},
        masked=masked,
        unread=unread,
    )


def _inside(composed: Any, to: str) -> bool:
    return to in INSIDE or (to in composed.role and composed.role[to].kind in INSIDE)


def _digits(phone: str) -> str:
    return "".join(one for one in phone if one.isdigit())[-8:]


def _allowed_mail(case: Any, composed: Any, letter: Letter) -> frozenset[str]:
    """The employer's own domain, as its people's logins say, the guideline's contacts, and the recipient."""
    domain = case.reporter.email.rpartition("@")[2].casefold()
    own: set[str] = set() if domain in EVERYBODYS else {f"@{domain}"}
    contacts = {one.email.casefold() for one in composed.contact.values() if one.email}
    return frozenset(own | contacts | {letter.written.email.casefold()} - {""})


def _masked(actor: Actor, case: Any, now: datetime) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Words covered in texts and mails, and which of those could not be read: silence about them would look like "not
    in the letter". What is covered in a picture is no word to us; the page says so."""
    items = evidence.items_of_case(case.pk)
    by_id = {item.id: item for item in items}
    found, unread = set[str](), set[str]()
    for mask in items:
        original = by_id.get(mask.derived_from) if mask.derived_from else None
        if mask.made_by == "mask" and mask.set_aside_at is None and original and mask.how.get("words"):
            try:
                text = evidence_service.whole_text(actor=actor, item=original, now=now)
            except Refused:
                unread.add(original.name)
                continue
            found |= set(evidence_service.words_at(text, mask.how["words"]))
    return tuple(sorted(found)), tuple(sorted(unread))
