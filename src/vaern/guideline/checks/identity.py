"""Who is who: ids are unique, the core vocabulary stays as it is, and the pack is one kind of pack only."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from vaern.core.text import gettext_noop
from vaern.guideline.checks.book import Book
from vaern.guideline.core_facts import CORE_CONSENTS, CORE_EVENTS, CORE_FACTS
from vaern.guideline.load import ENTRY
from vaern.guideline.pack import Modality
from vaern.guideline.problem import Problem

TWICE = gettext_noop("Id'et er allerede brugt i %(where)s. Hvert id må kun bruges én gang.")
CORE = gettext_noop("Id'et hører til Værns egne. Brug det, som det er, eller giv dit eget et andet navn.")
ACT_TWICE = gettext_noop("Pligten '%(other)s' har også act '%(act)s'. Kun én pligt i pakken må have den.")
STANDS_IN = gettext_noop("Kun et lag kan have en pligt, der træder i stedet for en anden.")
NO_SUCH_ACT = gettext_noop("Ingen pligt har act '%(act)s'.")
ONLY_LAYER = gettext_noop('Det kan kun stå i et lag (kind = "layer").')
ONLY_OVERLAY = gettext_noop('Ændringer af enkelte ord kan kun stå i en pakke med kind = "overlay".')
NO_OVERLAYS = gettext_noop("Pakken er en overlay, men ændrer ingenting.")
NO_PARENT = gettext_noop("En overlay skal sige, hvilken pakke den ændrer (parent).")
PARENT_MISSING = gettext_noop("Pakken '%(parent)s' findes ikke ved siden af denne, eller den har selv fejl.")
PARENT_SELF = gettext_noop("Pakken kan ikke være sin egen forælder.")
PARENT_CIRCLE = gettext_noop("Pakkerne er hinandens forældre i ring: %(line)s.")
PARENT_LAYER = gettext_noop("Et lag kan ikke være forælder.")
ONLY_SUGGESTED = gettext_noop(
    'Et lag med forslag (basis = "suggestion") må kun have pligter med modality = "may". '
    "Det kan ikke pålægge nogen noget."
)
NO_LAW = gettext_noop('Et lag med forslag (basis = "suggestion") kan ikke have frister fra loven eller en rækkefølge.')
BASIS = gettext_noop("Kun et lag kan sige, hvad det bygger på (basis).")
SILENCE = gettext_noop("Antallet af dage skal være mindst 1.")
LANGUAGE = gettext_noop("Sproget '%(language)s' står ikke i languages.")


def check_identity(book: Book) -> Iterator[Problem]:
    yield from _unique(book)
    yield from _core(book)
    yield from _acts(book)
    yield from _head(book)
    yield from _kind(book)
    yield from _basis(book)
    yield from _overlays(book)


def _unique(book: Book) -> Iterator[Problem]:
    for kind in ENTRY:
        first: dict[str, str] = {}
        for spot, entry in book.spots(kind, getattr(book.pack, kind)):
            name = getattr(entry, "id", None)
            if name in first:
                yield spot.problem(TWICE, where=first[name])
            elif name is not None:
                first[name] = spot.file or kind


def _core(book: Book) -> Iterator[Problem]:
    for kind, core in (("facts", CORE_FACTS), ("events", CORE_EVENTS), ("consents", CORE_CONSENTS)):
        taken = {entry.id for entry in core}
        for spot, entry in book.spots(kind, getattr(book.pack, kind)):
            if getattr(entry, "id", None) in taken:
                yield spot.problem(CORE)


def _acts(book: Book) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for spot, duty in book.duties():
        if duty.act and duty.act in first:
            yield spot.at("act").problem(ACT_TWICE, act=duty.act, other=first[duty.act])
        elif duty.act:
            first[duty.act] = duty.id
        if duty.stands_in_for and not book.is_layer:
            yield spot.at("stands_in_for").problem(STANDS_IN)
        elif duty.stands_in_for and not book.act_known(duty.stands_in_for):
            yield spot.at("stands_in_for").problem(NO_SUCH_ACT, act=duty.stands_in_for)
    for spot, clock in book.spots("clocks", book.pack.clocks):
        if not book.act_known(clock.act):
            yield spot.at("act").problem(NO_SUCH_ACT, act=clock.act)
    for spot, order in book.spots("orders", book.pack.orders):
        for act in (order.first, *order.then):
            if not book.act_known(act):
                yield spot.at("first" if act == order.first else "then").problem(NO_SUCH_ACT, act=act)


def _head(book: Book) -> Iterator[Problem]:
    head = book.pack.pack
    if head.silence_days is not None and head.silence_days < 1:
        yield book.head().at("silence_days").problem(SILENCE)
    if head.language not in head.languages:
        yield book.head().at("language").problem(LANGUAGE, language=head.language)


def _kind(book: Book) -> Iterator[Problem]:
    if not book.is_layer:
        laid = chain(
            book.spots("clocks", book.pack.clocks),
            book.spots("orders", book.pack.orders),
            book.spots("offences", book.pack.offences),
        )
        yield from (spot.problem(ONLY_LAYER) for spot, _ in laid)
    parent = book.pack.pack.parent
    if parent is None:
        if book.pack.pack.kind == "overlay":
            yield book.head().at("parent").problem(NO_PARENT)
    elif parent == book.pack.pack.id:
        yield book.head().at("parent").problem(PARENT_SELF)
    elif parent not in book.others:
        yield book.head().at("parent").problem(PARENT_MISSING, parent=parent)
    elif book.others[parent].pack.kind == "layer":
        yield book.head().at("parent").problem(PARENT_LAYER)
    elif book.family[-1].pack.parent in {pack.pack.id for pack in book.family}:
        yield book.head().at("parent").problem(PARENT_CIRCLE, line=", ".join(pack.pack.id for pack in book.family))


def _basis(book: Book) -> Iterator[Problem]:
    """A suggestion binds nobody: no duty of it must or should be done, and it lays no clock or order on others'."""
    if book.pack.pack.basis != "suggestion":
        return
    if not book.is_layer:
        yield book.head().at("basis").problem(BASIS)
        return
    binding = (spot for spot, duty in book.duties() if duty.modality is not Modality.MAY)
    yield from (spot.at("modality").problem(ONLY_SUGGESTED) for spot in binding)
    laid = chain(
        book.spots("clocks", book.pack.clocks),
        book.spots("orders", book.pack.orders),
        book.spots("offences", book.pack.offences),
    )
    yield from (spot.problem(NO_LAW) for spot, _ in laid)


def _overlays(book: Book) -> Iterator[Problem]:
    is_overlay = book.pack.pack.kind == "overlay"
    if is_overlay and not any(getattr(book.pack, kind) for kind in ENTRY):
        yield book.head().problem(NO_OVERLAYS)
    if not is_overlay:
        yield from (spot.problem(ONLY_OVERLAY) for spot, _ in book.spots("overlays", book.pack.overlays))
