"""What is made of which kind of file, when it is tried again, and the words for what could not be made."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from vaern.core.text import gettext_noop as _

PICTURES = ("png", "jpeg", "heic", "webp", "gif")
WANTED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        **dict.fromkeys(PICTURES, ("thumb", "text")),
        "pdf": ("thumb", "text"),
        **dict.fromkeys(("mp4", "mov"), ("still",)),
        **dict.fromkeys(("docx", "eml", "msg", "txt", "html", "mhtml"), ("text",)),
    }
)
"""Kind of file -> what is made of it. `thumb` and `still` are JPEGs of at most 1600 pixels a side, `text` is UTF-8."""

TRIES = 3
# A worker that was killed leaves a row that says "being made"; one run takes at most a few minutes.
GIVEN_UP_AFTER = timedelta(minutes=20)
# What may be cured from outside is tried again later: a program installed, a home of the vault reachable again.
AGAIN_AFTER: Mapping[str, timedelta] = MappingProxyType(
    {
        "no_jail": timedelta(hours=1),
        "missing": timedelta(hours=1),
        "not_kept": timedelta(minutes=10),
        "unreadable": timedelta(minutes=10),
    }
)
_FINAL = frozenset({"broken", "damaged", "infected", "large", "gave_up"})
LOOKS_LIKE = 12
"""Of the 128 bits of a look, at most this many differ between two pictures that are pointed out as alike."""

NOT_MADE: Mapping[str, str] = MappingProxyType(
    {
        "": "",
        "nothing": _("Der er ingen tekst at finde i filen."),
        "no_jail": _("Maskinen kan ikke åbne filer sikkert endnu. Derfor er der ikke lavet noget."),
        "missing": _("Programmet til det er ikke installeret her."),
        "slow": _("Det tog for lang tid, og blev stoppet."),
        "large": _("Resultatet blev for stort, og blev stoppet."),
        "broken": _("Filen kunne ikke læses helt af programmet. Originalen er gemt, som den er."),
        "damaged": _("Filen er ikke længere den, der blev afleveret."),
        "infected": _("Filen er farlig for en computer. Derfor bliver den ikke åbnet."),
        "not_kept": _("Resultatet kunne ikke gemmes lige nu. Det bliver prøvet igen."),
        "unreadable": _("Filen kunne ikke hentes frem lige nu. Det bliver prøvet igen."),
        "gave_up": _("Det er prøvet flere gange, uden at det lykkedes."),
    }
)


def wanted(kind: str) -> tuple[str, ...]:
    """Nothing is made of what Værn itself has made, such as a captured page."""
    return WANTED.get(kind, ())


def may_try(state: str, reason: str, changed_at: datetime, now: datetime) -> bool:
    """Whether something that is not made yet is to be tried now."""
    if state == "making":
        return now - changed_at >= GIVEN_UP_AFTER
    if state == "waiting":
        return reason not in AGAIN_AFTER or now - changed_at >= AGAIN_AFTER[reason]
    return False


def after(code: str, tries: int) -> tuple[str, str]:
    """State and reason after a try that ended with `code` ("nothing", or that of a fault)."""
    if code == "nothing":
        return "none", code
    again = code in AGAIN_AFTER or (code not in _FINAL and tries < TRIES)
    return ("waiting", code) if again else ("failed", code)


def alike(one: str, other: str) -> bool:
    """Whether two looks (32 hexadecimal digits) are so near that a person should know."""
    return bool(one and other) and (int(one, 16) ^ int(other, 16)).bit_count() <= LOOKS_LIKE
