"""The rules of evidence: which kinds of file are taken in, what a refusal says, what a file may be called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath
from uuid import UUID

from vaern.core.refusal import Refusal
from vaern.core.text import gettext_noop as _
from vaern.evidence.derive.plan import alike
from vaern.evidence.facts import Box, Item, Kind, Limits

NAME_MAX = 200
BLURRED_MAX = 2048
SHOWN = frozenset({"png", "jpeg", "heic", "webp", "gif", "pdf", "mp4", "mov"})
"""Kinds of which there is something to see; of the others there is something to read."""
PREVIEW_SIDE = 1600
READING_SIDE = 3200
EXCERPT_MAX = 2000
PASSPHRASE_LEAST = 14

KINDS: dict[str, Kind] = {
    kind.id: kind
    for kind in (
        Kind("png", "image/png", ".png", picture=True),
        Kind("jpeg", "image/jpeg", ".jpg", picture=True, others=(".jpeg", ".jpe", ".jfif")),
        Kind("heic", "image/heic", ".heic", picture=True, others=(".heif", ".hif")),
        Kind("webp", "image/webp", ".webp", picture=True),
        Kind("gif", "image/gif", ".gif", picture=True),
        Kind("pdf", "application/pdf", ".pdf"),
        Kind("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"),
        Kind("eml", "message/rfc822", ".eml"),
        Kind("msg", "application/vnd.ms-outlook", ".msg"),
        Kind("mp4", "video/mp4", ".mp4", others=(".m4v",)),
        Kind("mov", "video/quicktime", ".mov", others=(".qt",)),
        Kind("txt", "text/plain", ".txt", others=(".text", ".log", ".csv", ".md")),
        Kind("html", "text/html", ".html", others=(".htm", ".xhtml")),
        Kind("mhtml", "multipart/related", ".mhtml", others=(".mht",)),
        Kind("wacz", "application/wacz", ".wacz"),
    )
}
MADE_ONLY = frozenset({"wacz"})
"""Kinds that come from our own programs only: handed in, they are refused as the packages of files they are."""
_KNOWN_ENDINGS = {
    ending for kind in KINDS.values() if kind.id not in MADE_ONLY for ending in (kind.extension, *kind.others)
}

REFUSALS: dict[str, str] = {
    "empty": _("Filen “%(name)s” er tom. Prøv at vælge den igen."),
    "too_large": _("Filen “%(name)s” fylder %(size)s MB. Der er plads til filer på højst %(most)s MB."),
    "too_many": _("Der er allerede %(most)s filer. Send det, du har. Du kan lægge flere på sagen bagefter."),
    "unknown_kind": _(
        "Filen “%(name)s” er en slags, vi ikke kan tage imod. Brug et billede, en PDF, et Word-dokument, en mail, "
        "en video, en tekstfil eller en gemt webside. Et skærmbillede virker altid."
    ),
    "disguised": _("Filen “%(name)s” er noget andet, end navnet siger. Tag et skærmbillede i stedet."),
    "program": _("Filen “%(name)s” er et program. Programmer tager vi ikke imod. Tag et skærmbillede i stedet."),
    "svg": _("Filen “%(name)s” er en SVG-tegning, som kan gemme på et program. Tag et skærmbillede i stedet."),
    "archive": _("Filen “%(name)s” er en pakke med filer. Pak den ud, og læg filerne her én for én."),
    "macros": _("Dokumentet “%(name)s” indeholder makroer. Gem det som almindeligt Word-dokument eller PDF."),
    "broken": _(
        "Filen “%(name)s” kan ikke læses. Den er måske ikke hentet helt. Prøv igen, eller tag et skærmbillede."
    ),
    "bomb": _("Filen “%(name)s” vokser alt for meget, når den bliver åbnet. Tag et skærmbillede i stedet."),
    "too_many_pixels": _(
        "Billedet “%(name)s” er på %(pixels)s millioner punkter. Det højeste er %(most)s. Tag et skærmbillede af det."
    ),
    "already_here": _("Filen “%(name)s” er her allerede. Du behøver ikke lægge den ind igen."),
    "already_sent": _("Du har allerede sendt det her. Læg filen på sagen i stedet."),
    "not_kept": _(
        "Filen “%(name)s” kunne ikke gemmes lige nu. Det, du har skrevet, står her stadig. Vælg filen igen om lidt."
    ),
    "damaged": _("Filen er ikke længere den, der blev afleveret. Den bliver ikke vist. Sig det til din administrator."),
    "no_mask": _("Denne slags fil kan ikke maskeres her. Tag et skærmbillede af det, der skal vises, og maskér det."),
    "mask_of_mask": _("Det her er en maskeret udgave. Lav en ny ud fra originalen i stedet."),
    "nothing_covered": _("Vælg mindst ét sted, der skal dækkes."),
    "not_in_text": _("“%(phrase)s” står ikke i teksten. Skriv det, præcis som det står der."),
    "too_much_covered": _("Der kan højst dækkes %(most)s steder på én gang."),
    "box_outside": _("Felt %(number)s ligger uden for billedet. Alle fire tal er procent af billedet."),
    "text_too_long": _("Teksten er for lang til at blive maskeret her."),
    "too_large_to_mask": _("Billedet er for stort til at blive maskeret her. Tag et skærmbillede af det i stedet."),
    "mask_here": _("Der er allerede en maskeret udgave, som dækker præcis det samme."),
    "masked_meanwhile": _("Medarbejderen har lige selv dækket noget. Se det igennem, og prøv igen."),
    "not_a_mask": _("Kun en maskeret udgave kan sættes til side."),
    "mask_aside": _("Den maskerede udgave er allerede sat til side."),
    "no_reason": _("Skriv hvorfor."),
    "her_mask": _("Medarbejderen har selv lavet den maskerede udgave. Kun medarbejderen kan sætte den til side."),
    "not_your_mask": _(
        "Du kan sætte de maskerede udgaver til side, som du selv har lavet. Skriv til din leder om andre."
    ),
    "erased": _("Sagens beviser er slettet. De kan ikke vises mere, og der kan ikke lægges nye på."),
    "no_key": _("Nøglen til beviset mangler, så det kan ikke åbnes. Sig det til din administrator."),
    "unreachable": _("Beviset kan ikke hentes lige nu. Prøv igen om lidt."),
    "held": _("Nogen har bestemt, at sagens beviser skal gemmes indtil videre. De kan ikke slettes nu."),
    "held_already": _("Sagens beviser bliver allerede gemt indtil videre."),
    "not_held": _("Der er ingen, der har bestemt, at sagens beviser skal gemmes længere."),
    "case_open": _("Sagen er ikke afsluttet. Dens beviser kan ikke slettes."),
    "kept_until": _("Sagens beviser skal gemmes til og med %(day)s. De kan ikke slettes før."),
    "infected": _(
        "Filen er farlig for en computer, siger virusscanningen. Derfor bliver den ikke vist eller hentet her."
    ),
    "not_infected": _("Filen er ikke meldt farlig. Hent den på den almindelige måde."),
    "not_shown": _("Filen kan ikke vises her lige nu. %(reason)s"),
    "short_passphrase": _("Vælg et kodeord på mindst %(least)s tegn."),
    "no_preview": _("Denne slags fil kan ikke vises her. Du kan hente den."),
}

ALREADY_ON_CASE = _(
    "Filen “%(name)s” ligger allerede på sagen som bevis %(number)s. Du behøver ikke lægge den ind igen."
)


def refuse(code: str, name: str = "", **params: str) -> Refusal:
    """The refusal for a code of `REFUSALS`, naming the file and standing beside the file field."""
    return Refusal(code, REFUSALS[code], {"name": name, **params}, field="evidence")


def check_size(name: str, size: int, limits: Limits) -> Refusal | None:
    if size == 0:
        return refuse("empty", name)
    if size > limits.file_max:
        mebi = 1024 * 1024
        return refuse("too_large", name, size=str(-(-size // mebi)), most=str(limits.file_max // mebi))
    return None


def check_count(name: str, already: int, limits: Limits) -> Refusal | None:
    return refuse("too_many", name, most=str(limits.files_max)) if already >= limits.files_max else None


def clean_name(given: str) -> str:
    """A name safe to show and to save under: no folders, no control or direction-changing characters, at most 200."""
    text = unicodedata.normalize("NFC", given)
    last = re.split(r"[/\\]", text)[-1]
    kept = "".join(character for character in last if unicodedata.category(character)[0] != "C")
    kept = re.sub(r"\s+", " ", kept).strip(" .")
    if len(kept) > NAME_MAX:
        ending = PurePosixPath(kept).suffix[:20]
        kept = kept[: NAME_MAX - len(ending)] + ending
    return kept or "fil"


def claims(name: str) -> bool:
    """Whether the name says it is a kind that is taken in."""
    return PurePosixPath(name.lower()).suffix in _KNOWN_ENDINGS


def filename(name: str, kind: Kind) -> str:
    """What a download is called: the given name, with the ending its content deserves."""
    fits = PurePosixPath(name.lower()).suffix in {kind.extension, *kind.others}
    return name if fits else f"{name[: NAME_MAX - len(kind.extension)]}{kind.extension}"


MASKABLE = frozenset({"txt", "eml"})
BOXES_MAX = 200
PHRASES_MAX = 200


def can_mask(item: Item) -> bool:
    """Whether a masked copy can be made of it: of a picture or a text, as it was handed in."""
    return item.made_by != "mask" and (item.kind.picture or item.kind.id in MASKABLE)


def counts(item: Item) -> bool:
    """Whether it is a masked copy that stands for its original."""
    return item.made_by == "mask" and item.set_aside_at is None


def masks(items: Iterable[Item]) -> dict[UUID, Item]:
    """Original -> the masked copy that stands for it: the newest one that was not set aside."""
    valid = sorted((item for item in items if counts(item)), key=lambda item: item.number or 0)
    return {item.derived_from: item for item in valid if item.derived_from is not None}


def for_handing_out(items: Iterable[Item], *, originals: Collection[UUID] = ()) -> list[Item]:
    """What exports and letters take of a case's items, in the order of the originals' numbers.

    Each original that has a masked copy gives way to it, unless its id is in `originals`: those that somebody with the
    right to them (`people.doors.may_see_originals`) has said shall go out uncovered. What `held_back` names
    is left out. `items` must be all items of the case, because a mask of one may hold back another.
    """
    everything = list(items)
    standing_in, back = masks(everything), {item.id for item in held_back(everything, originals=originals)}
    return [
        item if item.id in originals else standing_in.get(item.id, item)
        for item in everything
        if item.made_by != "mask" and item.id not in back
    ]


def held_back(items: Iterable[Item], *, originals: Collection[UUID] = ()) -> list[Item]:
    """Items with no mask of their own that hold the same as a masked one, and so would show what was covered: the mail
    a masked picture came in, the other copies of a captured page, and a picture that looks the same, such as one that
    was saved again. They need a mask of their own to go out."""
    items = list(items)
    everything = {item.id: item for item in items if item.made_by != "mask"}
    covered = {id_ for id_ in masks(items) if id_ in everything and id_ not in originals}
    showing = {one for id_ in covered for one in _showing_the_same(everything[id_], everything)}
    return [item for id_, item in everything.items() if id_ in showing - covered - set(originals)]


def _showing_the_same(item: Item, everything: dict[UUID, Item]) -> set[UUID]:
    above = set(_above(item, everything))
    captures = above | {item.id}
    others = {one.id for one in everything.values() if one.made_by == "capture" and one.derived_from in captures}
    return above | others | {one.id for one in everything.values() if one.id != item.id and alike(one.look, item.look)}


def showing(item: Item, items: Iterable[Item]) -> list[Item]:
    """Items without a mask of their own that may show what is covered in this one."""
    everything = {one.id: one for one in items if one.made_by != "mask"}
    covered = set(masks(items))
    if item.id not in covered:
        return []
    same = _showing_the_same(everything[item.id], everything)
    return [one for one in everything.values() if one.id in same - covered]


def _above(item: Item, everything: dict[UUID, Item]) -> Iterator[UUID]:
    """What it was taken out of, and what that was taken out of."""
    while item.derived_from in everything:
        item = everything[item.derived_from]
        yield item.id


def check_boxes(boxes: Sequence[Box]) -> Refusal | None:
    if len(boxes) > BOXES_MAX:
        return refuse("too_much_covered", most=str(BOXES_MAX))
    for number, box in enumerate(boxes, start=1):
        inside = box.left >= 0 and box.top >= 0 and box.width > 0 and box.height > 0
        if not inside or box.left >= 10_000 or box.top >= 10_000:
            return refuse("box_outside", number=str(number))
    return None


def may_set_aside(mask: Item, *, actor_id: int, relations: Collection[str], reason: str) -> Refusal | None:
    """What the affected employee covered stays covered until she says otherwise; the rest is for those who handle."""
    if mask.made_by != "mask":
        return refuse("not_a_mask")
    if mask.set_aside_at is not None:
        return refuse("mask_aside")
    if mask.how.get("by_affected") and not ("affected" in relations and mask.added_by == actor_id):
        return refuse("her_mask")
    if "affected" in relations and mask.added_by != actor_id:
        return refuse("not_your_mask")
    if not reason.strip():
        return replace(refuse("no_reason"), field="reason")
    return None


FINDINGS: dict[str, str] = {
    "missing": "is not there",
    "changed": "is not what was put there",
    "surplus": "lies there, and no piece of evidence stands behind it",
    "journal": "the journal says another digest than the piece of evidence",
    "provenance": "what is known about it is not what was put on record",
    "unsaid": "no entry of the journal says that it was taken in",
    "no_key": "the key of a case is not in the folder of keys",
    "key": "the key of its case does not open it",
    "content": "what was opened is not what was taken in",
}


def disagreement(sha256: str, object_: str, said: Iterable[Mapping[str, object]], *, excused: bool) -> str:
    """What the entries of an item say against its row: a code of `FINDINGS`, or "". `excused` is an item whose entries
    had their content erased: nothing is said any more, and that is no fault."""
    entries = list(said)
    if not entries:
        return "" if excused else "unsaid"
    agree = all((one.get("sha256"), one.get("object")) == (sha256, object_) for one in entries)
    return "" if agree else "journal"


def kept_until(closed_on: date | None, years: int) -> date | None:
    """The last day evidence is kept: so many years after the case was closed (29 February becomes 28). None while it is
    open: then there is no such day yet."""
    if closed_on is None:
        return None
    try:
        return closed_on.replace(year=closed_on.year + years)
    except ValueError:
        return closed_on.replace(year=closed_on.year + years, day=28)


def may_erase(closed_on: date | None, *, held: bool, years: int, today: date) -> Refusal | None:
    if held:
        return refuse("held")
    last = kept_until(closed_on, years)
    if last is None:
        return refuse("case_open")
    return refuse("kept_until", day=f"{last.day}.{last.month}.{last.year}") if today <= last else None


def check_reason(reason: str) -> Refusal | None:
    return None if reason.strip() else replace(refuse("no_reason"), field="reason")
