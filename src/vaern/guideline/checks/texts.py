"""Texts: no markup that could become a page's own, merge fields that match, and translations of something."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaern.core.text import gettext_noop
from vaern.guideline.checks.book import Book, Spot
from vaern.guideline.checks.identity import LANGUAGE
from vaern.guideline.checks.walk import texts
from vaern.guideline.load import ENTRY
from vaern.guideline.overlay import WORDS
from vaern.guideline.pack import Letter, Translation
from vaern.guideline.problem import Problem
from vaern.guideline.texts import texts_of

HTML = gettext_noop("Teksten har HTML i sig (%(tag)s). Skriv ren tekst.")
UNDECLARED = gettext_noop("Feltet '%(field)s' bruges i brevet, men står ikke i fields.")
UNUSED = gettext_noop("Feltet '%(field)s' står i fields, men bruges ikke i brevet.")
FIELD_TWICE = gettext_noop("Feltet '%(field)s' står to gange i fields.")
BAD_FIELD = gettext_noop("Et flettefelt skal skrives som {{ navn }}. Her står %(written)s.")
SAME_LANGUAGE = gettext_noop("Pakkens eget sprog skal ikke oversættes.")
NO_TARGET = gettext_noop("Der er ikke noget i pakken, der hedder '%(of)s'.")
NO_KIND = gettext_noop("'%(kind)s' kan ikke oversættes. Vælg mellem: %(allowed)s.")
NO_TEXT_FIELD = gettext_noop("'%(field)s' er ikke en tekst, der kan oversættes.")
NOTHING_TRANSLATED = gettext_noop("Oversættelsen er tom.")
TRANSLATED_TWICE = gettext_noop("'%(of)s' er allerede oversat til dette sprog.")

KINDS = {
    kind if kind == "standing" else kind.removesuffix("s"): kind
    for kind in ENTRY
    if kind not in ("overlays", "translations")
}
KINDS["duty"] = KINDS.pop("dutie")
"""The word a reference uses for each array: "duty" -> "duties"."""

_TAG = re.compile(r"<[A-Za-z/!?][^>]{0,20}|&#?\w{2,8};")
_CURLY = re.compile(r"\{\{.*?\}\}|\{[{%#]|[}%#]\}", re.DOTALL)
_FIELD = re.compile(r"\{\{ *([a-z][a-z0-9_]*) *\}\}")


def check_texts(book: Book) -> Iterator[Problem]:
    for at, text in texts(book.head(), book.pack.pack):
        yield from _markup(at, text)
    for kind in ENTRY:
        for spot, entry in book.spots(kind, getattr(book.pack, kind)):
            for at, text in texts(spot, entry):
                yield from _markup(at, text)
    for spot, letter in book.spots("letters", book.pack.letters):
        yield from _letter(book, spot, letter)
    yield from _translations(book)


def _markup(spot: Spot, text: str) -> Iterator[Problem]:
    if found := _TAG.search(text):
        yield spot.problem(HTML, tag=found[0])


def _letter(book: Book, spot: Spot, letter: Letter) -> Iterator[Problem]:
    used: list[str] = []
    for curly in _CURLY.finditer(letter.body):
        field = _FIELD.fullmatch(curly[0])
        if field:
            used.append(field[1])
        else:
            yield spot.at("body").problem(BAD_FIELD, written=curly[0][:40])
    for name in dict.fromkeys(used):
        if name not in letter.fields:
            yield spot.at("fields").problem(UNDECLARED, field=name)
    for name in dict.fromkeys(letter.fields):
        if name not in used:
            yield spot.at("fields").problem(UNUSED, field=name)
        if letter.fields.count(name) > 1:
            yield spot.at("fields").problem(FIELD_TWICE, field=name)
    if letter.language not in book.pack.pack.languages:
        yield spot.at("language").problem(LANGUAGE, language=letter.language)


def _translations(book: Book) -> Iterator[Problem]:
    seen: set[tuple[str, str]] = set()
    for spot, translation in book.spots("translations", book.pack.translations):
        if translation.language not in book.pack.pack.languages:
            yield spot.at("language").problem(LANGUAGE, language=translation.language)
        elif translation.language == book.pack.pack.language:
            yield spot.at("language").problem(SAME_LANGUAGE)
        if (translation.of, translation.language) in seen:
            yield spot.problem(TRANSLATED_TWICE, of=translation.of)
        seen.add((translation.of, translation.language))
        yield from _target(book, spot, translation)


def _target(book: Book, spot: Spot, translation: Translation) -> Iterator[Problem]:
    kind, _, name = translation.of.partition(":")
    if kind not in KINDS:
        yield spot.at("of").problem(NO_KIND, kind=kind, allowed=", ".join(KINDS))
        return
    entries = [entry for pack in book.family for entry in getattr(pack, KINDS[kind])]
    target = next((entry for entry in entries if entry.id == name), None)
    if target is None:
        yield spot.at("of").problem(NO_TARGET, of=translation.of)
        return
    if not translation.fields:
        yield spot.at("fields").problem(NOTHING_TRANSLATED)
    there = texts_of(target)
    for field, text in translation.fields.items():
        if field not in there or not WORDS & {*field.split(".")}:
            yield spot.at("fields", field).problem(NO_TEXT_FIELD, field=field)
        elif not text.strip():
            yield spot.at("fields", field).problem(NOTHING_TRANSLATED)
