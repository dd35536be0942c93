"""What must not leave the house in a letter: found, shown with its place, and never taken out by itself.

A list of patterns and of what the case knows, read over a text without its disguises (characters nobody sees, wide
digits, hard spaces). It errs towards showing: whoever reads decides, and a wrong alarm costs a look. It cannot know
what nobody wrote down, so a clean answer is not a promise.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import pairwise

from stdnum.dk import cpr

from vaern.core.text import gettext_noop as _
from vaern.letters.facts import Finding, Known
from vaern.letters.names import forms_of

WHY: dict[str, str] = {
    "cpr": _("Det ligner et CPR-nummer."),
    "phone": _("Det ligner et telefonnummer, som ikke er et af arbejdspladsens."),
    "email": _("Det er en mailadresse, som ikke er arbejdspladsens."),
    "address": _("Det ligner en privat adresse."),
    "affected": _("Det er medarbejderens navn, eller noget der ligner."),
    "name": _("Det er navnet på en anden i sagen, eller noget der ligner."),
    "family": _("Det handler om nogens familie."),
    "health": _("Det handler om nogens helbred."),
    "other_case": _("Det er nummeret på en anden sag."),
    "masked": _("Det er dækket i et af beviserne."),
    "place": _("Filen siger, hvor den er lavet."),
    "unread": _("Noget er dækket her, og det kan ikke læses lige nu. Vi kan ikke se, om brevet røber det."),
}

_DASH = "\\-\u2010\u2011\u2012\u2013\u2014\u2212"
_CPR = re.compile(rf"(?<!\d)(\d{{2}}[ .]?\d{{2}}[ .]?\d{{2}})[ ]?[{_DASH}]?[ ]?(\d{{4}}|\d{{3}}[xX]|[xX]{{4}})(?!\d)")
_PHONE = re.compile(
    rf"(?<![\d{_DASH}.])(?:(?:\+|00)[ ]?45[ .{_DASH}]?)?(\(?\d(?:[ .{_DASH}/()]{{0,2}}\d){{7}})(?![\d])"
)
# Bounded: without an end each letter of a long word would be the beginning of one more try, and the time its square.
_EMAIL = re.compile(
    r"[\w.+%-]{1,64}\s?(?:@|\(at\)|\[at\]|\(a\)|\[a\]|\ssnabel-?a\s)\s?[\w-]{1,255}(?:\s?(?:\.|\(dot\)|\[dot\]|\spunktum\s)\s?[a-z]{2,63}){1,10}",
    re.IGNORECASE,
)
_STREET = (
    r"(?:vej|vejen|gade|gaden|stræde|strædet|allé|alle|alléen|alleen|vænge|vænget|plads|pladsen|torv|torvet|park|parken|"
    r"have|haven|bakke|bakken|høj|højen|skoven|marken|toften|engen|krogen|svinget|stien|sti|boulevard|boulevarden|kaj|kajen|"
    r"parkvej|kvarteret|brinken|lunden|dalen|ager|ageren|gården|løkken|bro|broen|skrænten)"
)
_NUMBER = r"[ ]*(?:nr\.?|nummer)?[ ]*\d{1,3}(?:[ ]?[A-Za-z](?!\w))?(?!\d|\.\d)"
_ADDRESS = re.compile(
    rf"\b(?:(?:[A-ZÆØÅ][\w.]{{0,40}}[ ]){{1,3}}{_STREET}|(?:[A-ZÆØÅ][\w.]{{0,40}}[ ]){{0,3}}[A-ZÆØÅ]\w{{0,60}}{_STREET}"
    rf"|\w{{3,60}}(?:vej|vejen|gade|gaden|stræde|vænget|parken|toften)){_NUMBER}"
)
_POSTCODE = re.compile(r"\b(?:DK-?)?[1-9]\d{3} [A-ZÆØÅ][a-zæøå]{2,}(?: [A-ZÆØÅ]\w*)?\b")
_CASE = re.compile(rf"(?<!\d)(20\d\d)\s?[{_DASH}/]\s?(\d{{1,5}})(?!\d)")
_FAMILY = re.compile(
    r"\b(?:ægtefælle\w*|samlever\w*|kæreste[rns]*|svigermo\w*|svigerfa\w*|svigerforældre\w*|stedbarn|stedbørn\w*|"
    r"(?:hans|hendes|sin|sit|sine|medarbejderens|deres)\s(?:\w+\s)?"
    r"(?:mand|kone|hustru|partner|børn|barn|søn|datter|døtre|sønner|mor|far|forældre|bror|søster|søskende|familie|"
    r"ægteskab|skilsmisse|barnebarn|børnebørn)\w{0,2}|"
    r"(?:gift med|skilt fra|bor sammen med|bor alene|alene med (?:sine? )?(?:børn\w*|barn)|enlig (?:mor|far)|"
    r"går i (?:børnehave|vuggestue)|skilsmisse\w*)|"
    r"(?:her|his) (?:husband|wife|partner|son|daughter|child|children|mother|father|family))\b",
    re.IGNORECASE,
)
_HEALTH = re.compile(
    r"\b(?:syge?meld\w*|sygefravær\w*|sygedag\w*|sygdom\w*|syg|sygeorlov\w*|depression\w*|depressiv\w*|deprimeret|"
    r"angst\w*|panikanfald\w*|stress\w*|ptsd|traume\w*|traumatiser\w*|psykolog\w*|psykiater\w*|psykiatri\w*|terapi\w*|"
    r"krisehjælp\w*|medicin\w*|antidepressiv\w*|sovepille\w*|gravid\w*|barsel\w*|abort\w*|fertilitet\w*|kræft\w*|"
    r"diagnose\w*|diagnos\w*|hospital\w*|sygehus\w*|indlagt|indlagte|egen læge|praktiserende læge|lægeerklæring\w*|"
    r"lægehus\w*|søvnløs\w*|sover dårligt|diabetes|sukkersyge|astma|epilepsi\w*|blodtryk\w*|migræne\w*|handicap\w*|"
    r"misbrug\w*|alkoholproblem\w*|on sick leave|sick leave|pregnant|anxiety)\b",
    re.IGNORECASE,
)


def find(
    text: str, known: Known, *, subject: str = "", metadata: Iterable[str] = (), places: Iterable[str] = ()
) -> list[Finding]:
    """Everything found in the subject, the text and what lies hidden in what is enclosed, in the order of reading.
    `places`: where an enclosed file says that it was made."""
    found = [
        one for line, words in [(0, subject), *enumerate(text.splitlines(), 1)] for one in _line(words, line, known)
    ]
    found += _across(text, known)
    found += [_finding("unread", name, 0) for name in known.unread]
    found += [_at(one, "metadata") for words in metadata for one in _line(" ".join(words.split()), 0, known)]
    found += [_at(_finding("place", place, 0), "metadata") for place in places]
    return list(dict.fromkeys(found))


def case_numbers(text: str) -> set[str]:
    """What looks like the number of a case, as people say it: "2026-0007"."""
    return {_label(found) for found in _CASE.finditer(plain(text))}


def plain(text: str) -> str:
    """The text as it is read: composed, without characters nobody sees, every space a plain one."""
    composed = unicodedata.normalize("NFKC", text)
    seen = "".join(one for one in composed if unicodedata.category(one) != "Cf")
    return re.sub(r"[^\S\n]+", " ", seen)


def marks(findings: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(sorted({one.mark for one in findings}))


def _line(words: str, line: int, known: Known) -> Iterator[Finding]:
    text = plain(words)
    taken: list[tuple[int, int]] = []
    for kind, start, end in _spans(text, known):
        # What is a CPR number is not a telephone number as well; the more telling kind comes first.
        if kind in {"phone", "address", "other_case"} and any(a < end and start < b for a, b in taken):
            continue
        if any(a <= start and end <= b for a, b in taken):
            continue
        taken.append((start, end))
        yield _finding(kind, text[start:end], line)


def _finding(kind: str, words: str, line: int) -> Finding:
    folded = re.sub(r"\W", "", words.casefold())
    return Finding(kind, words.strip(), line, mark=f"{kind}:{sha256(folded.encode()).hexdigest()[:16]}")


def _at(one: Finding, where: str) -> Finding:
    return Finding(one.kind, one.found, one.line, where, one.mark)


def _across(text: str, known: Known) -> Iterator[Finding]:
    """Names and covered words that a line break parts."""
    lines = [plain(line) for line in text.splitlines()]
    for number, (above, below) in enumerate(pairwise(lines), 1):
        joined, seam = f"{above} {below}", len(above)
        for kind, start, end in (*_names(joined, known), *_masked(joined, known), *_cpr(joined)):
            if start < seam < end - 1:
                yield _finding(kind, joined[start:end], number)


Span = tuple[str, int, int]


def _spans(text: str, known: Known) -> Iterator[Span]:
    yield from _cpr(text)
    yield from _emails(text, known)
    yield from _cases(text, known)
    yield from _phones(text, known)
    yield from _names(text, known)
    yield from _addresses(text, known)
    yield from (("family", *one.span()) for one in _FAMILY.finditer(text))
    yield from (("health", *one.span()) for one in _HEALTH.finditer(text))
    yield from _masked(text, known)


def _cpr(text: str) -> Iterator[Span]:
    """Six digits that are a date and four more. The check digit is not asked: it has not held since 2007."""
    for one in _CPR.finditer(text):
        number = re.sub(r"\D", "", one[1]) + (one[2] if one[2].isdigit() else "0001")
        if _is_date(number):
            yield ("cpr", *one.span())


def _is_date(number: str) -> bool:
    """A day that exists in a century the seventh digit may stand for; also of somebody born after today."""
    try:
        cpr.get_birth_date(number)
    except ValueError as wrong:
        return "future" in str(wrong).casefold()
    return True


def _phones(text: str, known: Known) -> Iterator[Span]:
    for one in _PHONE.finditer(text):
        digits = re.sub(r"\D", "", one[1])
        # Danish numbers begin with 2-9; a sum ("1.000.000") and a date ("12.03.2026") are none.
        if digits[0] in "01" or digits in known.phones or _is_no_number(one[1]):
            continue
        yield ("phone", *one.span())


def _is_no_number(words: str) -> bool:
    """Eight digits that are a day ("12.03.2026"), a sum ("1.250.000"), or two years or a case ("2025-2026")."""
    shapes = (
        r"[0-3]?\d[.\-/ ]{1,2}[01]?\d[.\-/ ]{1,2}20\d\d",
        r"\d{1,2}(?:\.\d{3}){2}",
        rf"(?:19|20)\d\d ?[{_DASH}/] ?\d{{4}}",
    )
    return any(re.fullmatch(shape, words) for shape in shapes)


def _emails(text: str, known: Known) -> Iterator[Span]:
    for one in _EMAIL.finditer(text):
        address = re.sub(r"\s?(?:\(at\)|\[at\]|\(a\)|\[a\]|\bsnabel-?a\b)\s?", "@", one[0], flags=re.IGNORECASE)
        address = re.sub(r"\s?(?:\(dot\)|\[dot\]|\bpunktum\b)\s?", ".", address, flags=re.IGNORECASE)
        address = address.replace(" ", "").casefold()
        if address not in known.emails and f"@{address.rpartition('@')[2]}" not in known.emails:
            yield ("email", *one.span())


def _addresses(text: str, known: Known) -> Iterator[Span]:
    allowed = {_folded(one) for one in known.addresses}
    for one in (*_ADDRESS.finditer(text), *_POSTCODE.finditer(text)):
        year = re.match(r"(?:19|20)\d\d ", one[0])
        folded = _folded(one[0])
        if not year and not any(folded in place or place in folded for place in allowed):
            yield ("address", *one.span())


def _folded(words: str) -> str:
    return re.sub(r"\W", "", words.casefold())


def _cases(text: str, known: Known) -> Iterator[Span]:
    for one in _CASE.finditer(text):
        label = _label(one)
        if label != known.case and label in known.other_cases:
            yield ("other_case", *one.span())


def _label(found: re.Match[str]) -> str:
    return f"{found[1]}-{int(found[2]):04d}"


def _names(text: str, known: Known) -> Iterator[Span]:
    people = [("affected", known.affected)] if known.affected else []
    people += [("name", name) for name in known.names]
    for kind, name in people:
        for pattern in forms_of(name):
            yield from ((kind, *one.span()) for one in pattern.finditer(text))


def _masked(text: str, known: Known) -> Iterator[Span]:
    for words in known.masked:
        if len(words.strip()) > 2:
            pattern = re.compile(rf"(?<!\w){re.escape(plain(words).strip())}", re.IGNORECASE)
            yield from (("masked", *one.span()) for one in pattern.finditer(text))
