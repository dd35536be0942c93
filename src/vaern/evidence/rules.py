"""The rules of evidence: which kinds of file are taken in, what a refusal says, what a file may be called."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from vaern.core.refusal import Refusal
from vaern.core.text import gettext_noop as _
from vaern.evidence.facts import Kind, Limits

NAME_MAX = 200
BLURRED_MAX = 2048
PREVIEW_SIDE = 1600
READING_SIDE = 3200
EXCERPT_MAX = 2000

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
    )
}
_KNOWN_ENDINGS = {ending for kind in KINDS.values() for ending in (kind.extension, *kind.others)}

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
    "not_kept": _("Filen “%(name)s” kunne ikke gemmes lige nu. Resten af det, du har skrevet, er gemt. Prøv igen."),
    "damaged": _("Filen er ikke længere den, der blev afleveret. Den bliver ikke vist. Sig det til din administrator."),
    "no_preview": _("Denne slags fil kan ikke vises her. Du kan hente den."),
}


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
