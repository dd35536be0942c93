"""What is known about an item, in words: what a person told and what the file says, beside each other, never mixed."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vaern.evidence import queries
from vaern.evidence.facts import Disagreement, Found, Item, Provenance, Said
from vaern.people import queries as people
from vaern.people.doors import may
from vaern.web.fields import ANSWERS, is_day
from vaern.web.screens.evidence.forms import CONTEXT_WORDS, LABELS
from vaern.web.screens.evidence.shown import shown_items
from vaern.web.templatetags.vaern import moment


@dataclass(frozen=True, slots=True)
class Telling:
    """One version of what was told: who, when, and the rows (question, answer)."""

    who: str
    at: datetime | None
    rows: list[tuple[str, str]]


def known_of(request: Any, item: Item) -> dict[str, Any]:
    """For the page of an item. The place a photo was taken is shown only to who may have the photo itself."""
    versions = queries.provenance(item.id)
    told = [one for one in versions if one.by is not None]
    names = people.names({one.by for one in told if one.by})
    newest = versions[0]
    said = newest.said if told else Said()
    return {
        "said": said_rows(said) if told else [],
        "unknown": [str(LABELS[name]) for name, value in asdict(said).items() if value in ("", "unknown")],
        "told": told_by(told[0], names) if told else None,
        "earlier": [told_by(one, names) for one in told[1:]],
        "found": found_rows(newest.found, may_see_place=may("download_evidence", request.relations)),
        "wording": wording_rows(newest.found),
        "was_read": newest.version > 0,
        "differ": differences(request.case, newest),
        "same": same_rows(request, item, newest),
        "may_describe": may("describe_evidence", request.relations) and request.case.state == "open",
    }


def told_by(one: Provenance, names: dict[int, str]) -> Telling:
    return Telling(names.get(one.by or 0, ""), one.at, said_rows(one.said))


def said_rows(said: Said) -> list[tuple[str, str]]:
    """What was answered; the time of day beside its day."""
    answered = {
        "url": said.url,
        "context": str(CONTEXT_WORDS.get(said.context, "")),
        "posted_on": when(said.posted_on, said.posted_at),
        "taken_by": said.taken_by,
        "taken_with": said.taken_with,
        "taken_on": when(said.taken_on, said.taken_at),
        "thread": said.thread,
        "group": said.group,
        "group_closed": str(dict(ANSWERS)[said.group_closed]) if said.group_closed in ("yes", "no") else "",
        "shares": said.shares,
        "reactions": said.reactions,
    }
    return [(str(LABELS[name]), answer) for name, answer in answered.items() if answer]


def when(day: str, clock: str) -> str:
    if not is_day(day):
        return f"{day} {clock}".strip()
    said = date_format(date.fromisoformat(day), "DATE_FORMAT")
    return _("%(day)s kl. %(clock)s") % {"day": said, "clock": clock} if clock else said


def found_rows(found: Found, *, may_see_place: bool) -> list[tuple[str, str]]:
    rows = [
        (_("Taget"), clock(found.taken_at)),
        (_("Gemt"), clock(found.saved_at)),
        (_("Adresse"), found.url),
        (_("Telefon eller kamera"), found.device),
        (_("Program"), found.program),
        (_("Sted (koordinater)"), place(found, may_see_place)),
        (_("Fra"), found.sender),
        (_("Til"), found.recipient),
        (_("Sendt"), clock(found.sent_at)),
        (_("Mailens nummer (Message-ID)"), found.message_id),
        (_("Servere, mailen er gået igennem"), "\n".join(found.received)),
        (_("Underskrevet af domæne (ikke efterprøvet)"), ", ".join(found.dkim)),
        (_("Forfatter"), found.author),
        (_("Oprettet"), clock(found.created_at)),
        (_("Ændret"), clock(found.changed_at)),
    ]
    return [(name, value) for name, value in rows if value]


def wording_rows(found: Found) -> list[tuple[str, str]]:
    """What the sender or the page wrote as its heading. That may be the very words that hurt, so it is asked for."""
    return [(name, value) for name, value in ((_("Emne"), found.subject), (_("Titel"), found.title)) if value]


def place(found: Found, may_see: bool) -> str:
    if not found.place or may_see:
        return found.place
    return _("Står i filen. Kun de, der må hente filen, kan se det.")


def clock(iso: str) -> str:
    """A time a file tells; one without a zone says so."""
    try:
        at = datetime.fromisoformat(iso)
        if at.tzinfo:
            return moment(at)
        here = moment(timezone.make_aware(at))
    except (ValueError, OverflowError):
        return ""
    return _("%(moment)s (filen siger ikke, i hvilken tidszone)") % {"moment": here}


def differences(case: Any, known: Provenance) -> list[str]:
    """What somebody told of the item beside its file; where nobody told when it was posted, what the report says."""
    found = [differ(one) for one in queries.disagreements(known.said, known.found)]
    if known.said.posted_on:
        return found
    reported = [differ(one) for one in queries.disagreements(reported_of(case), known.found)]
    return [*found, *(_("%(sentence)s Det står i meldingen.") % {"sentence": sentence} for sentence in reported)]


def reported_of(case: Any) -> Said:
    """When the report says it was posted. It keeps a day without an hour as the day's beginning."""
    posted = case.events.get("posted")
    if not posted:
        return Said()
    at = timezone.localtime(datetime.fromisoformat(posted))
    return Said(posted_on=at.date().isoformat(), posted_at=f"{at:%H:%M}" if (at.hour, at.minute) != (0, 0) else "")


def differ(one: Disagreement) -> str:
    """Calmly, and without saying who is right."""
    day, _space, hour = one.said.partition(" ")
    said = one.said if one.about == "url" else when(day, hour)
    found = one.found if one.about == "url" else clock(one.found)
    sentence = {
        "url": _("Filen siger, at den er gemt fra %(found)s. Der er skrevet %(said)s."),
        "taken": _("Filen siger, at den er fra %(found)s. Der er skrevet %(said)s."),
        "sent": _("Mailen siger, at den er sendt %(found)s. Der er skrevet %(said)s."),
        "taken_before_posted": _(
            "Filen siger, at den er fra %(found)s. Der er skrevet, at det først blev lagt op %(said)s."
        ),
    }[one.about]
    return sentence % {"said": said, "found": found}


def same_rows(request: Any, item: Item, known: Provenance) -> list[str]:
    """Other places on the case with the same address, however it is written there, among what this person may see."""
    shown = {one.number for one in shown_items(request.case.pk, request.relations)} - {item.number}
    others = {number: ways for number, ways in queries.addresses(request.case.pk).items() if number in shown}
    ways = [way for way in (known.said.url, known.found.url) if way]
    return same_words(request.case.link, others, ways)


def same_words(link: str, others: dict[int, tuple[str, ...]], ways: list[str]) -> list[str]:
    numbers = sorted({number for way in ways for number in queries.same_address(others, way)})
    found = [_("Samme adresse som bevis %(number)s.") % {"number": number} for number in numbers]
    if any(queries.same_address({0: (link,)}, way) for way in ways):
        found.append(_("Samme adresse som linket i sagen."))
    return found
