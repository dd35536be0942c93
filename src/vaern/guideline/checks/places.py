"""The directory: numbers that can be dialled, invoiced and opened, and dates that follow each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from stdnum import ean

from vaern.core.text import gettext_noop
from vaern.guideline.checks.book import Book, Spot
from vaern.guideline.checks.times import FUTURE
from vaern.guideline.pack import Contact
from vaern.guideline.problem import Problem

BAD_EAN = gettext_noop("EAN-nummeret passer ikke: det skal have 13 cifre, og det sidste er et kontrolciffer.")
BAD_PHONE = gettext_noop("Telefonnummeret kan ikke ringes op. Skriv kun cifre, mellemrum og eventuelt + forrest.")
BAD_URL = gettext_noop("Adressen skal begynde med http:// eller https:// og have et domæne.")
BAD_EMAIL = gettext_noop("E-mailadressen er ikke gyldig.")
EXPIRES_FIRST = gettext_noop("Kontakten udløber, før den sidst blev tjekket.")
CRISIS_PHONE = gettext_noop("En krisekontakt skal have et telefonnummer, for den vises som ét tryk.")
NO_DEFINITION = gettext_noop("Definitionen '%(definition)s' findes ikke i definitions.")

_PHONE = re.compile(r"\+?\d[\d ]{1,18}\d")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


def check_places(book: Book, today: date | None) -> Iterator[Problem]:
    for spot, contact in book.spots("contacts", book.pack.contacts):
        yield from _reach(spot, contact)
        yield from _fresh(spot, contact, today)
    for spot, definition in book.spots("definitions", book.pack.definitions):
        if definition.part_of and definition.part_of not in book.definitions:
            yield spot.at("part_of").problem(NO_DEFINITION, definition=definition.part_of)


def _reach(spot: Spot, contact: Contact) -> Iterator[Problem]:
    if contact.ean and not (len(contact.ean) == 13 and ean.is_valid(contact.ean)):
        yield spot.at("ean").problem(BAD_EAN)
    if contact.phone and not _PHONE.fullmatch(contact.phone):
        yield spot.at("phone").problem(BAD_PHONE)
    if contact.url and not _is_web(contact.url):
        yield spot.at("url").problem(BAD_URL)
    if contact.email and not _EMAIL.fullmatch(contact.email):
        yield spot.at("email").problem(BAD_EMAIL)
    if contact.crisis and not contact.phone:
        yield spot.at("phone").problem(CRISIS_PHONE)


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", url)


def _fresh(spot: Spot, contact: Contact, today: date | None) -> Iterator[Problem]:
    checked, expires = contact.last_checked, contact.expires
    if isinstance(checked, date) and isinstance(expires, date) and expires < checked:
        yield spot.at("expires").problem(EXPIRES_FIRST)
    if isinstance(checked, date) and today is not None and checked > today:
        yield spot.at("last_checked").problem(FUTURE, date=checked.isoformat())
