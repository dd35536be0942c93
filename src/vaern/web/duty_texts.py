"""What the planner answers, in words: states, reasons, deadlines and recurrences."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import formats
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vaern.cases.facts import Urgency
from vaern.guideline.composed import Composed
from vaern.guideline.facts import Due, Row, State, Why
from vaern.guideline.pack import Deadline, Modality, Offset, Repeat
from vaern.web.guideline_texts import Said, mark, say_label
from vaern.web.templatetags.guideline import marked
from vaern.web.templatetags.vaern import moment

STATES: dict[State, str | Promise] = {
    State.OWED: gettext_lazy("Skal gøres"),
    State.WAITING: gettext_lazy("Venter"),
    State.BLOCKED: gettext_lazy("Kan ikke gøres endnu"),
    State.DONE: gettext_lazy("Gjort"),
    State.DECLINED: gettext_lazy("Valgt fra"),
    State.NOT_RELEVANT: gettext_lazy("Ikke relevant"),
}
OWED: dict[str, str | Promise] = {
    Modality.MUST: gettext_lazy("Skal gøres"),
    Modality.SHOULD: gettext_lazy("Bør gøres"),
    Modality.MAY: gettext_lazy("Kan gøres"),
    Modality.MUST_NOT: gettext_lazy("Må ikke ske"),
}
TONES = {State.OWED: "info", State.DONE: "success"}
URGENCIES: dict[Urgency, str | Promise] = {
    "now": gettext_lazy("Nu"),
    "today": gettext_lazy("I dag"),
    "hours_72": gettext_lazy("Inden 72 timer"),
    "week": gettext_lazy("Inden for en uge"),
    "later": gettext_lazy("Senere eller uden frist"),
    "waiting": gettext_lazy("Venter"),
    "done": gettext_lazy("Afsluttet"),
}
MODALITIES: dict[str, str | Promise] = {
    Modality.MUST: gettext_lazy("Skal"),
    Modality.SHOULD: gettext_lazy("Bør"),
    Modality.MAY: gettext_lazy("Kan"),
    Modality.MUST_NOT: gettext_lazy("Må ikke"),
}
CERTAINTIES = {
    "V": gettext_lazy("Ordlyden er set i en lovtekst eller på myndighedens egen side."),
    "V2": gettext_lazy("Set hos andre, ikke i selve lovteksten."),
}
OUTCOMES = {
    "done": gettext_lazy("Gjort"),
    "declined": gettext_lazy("Valgt fra"),
    "not_relevant": gettext_lazy("Ikke relevant"),
}
ANSWERS = {"yes": gettext_lazy("Ja"), "no": gettext_lazy("Nej"), "unknown": gettext_lazy("Ikke svaret endnu")}

_WHY: dict[Why, str | Promise] = {
    Why.AFTER_DUTY: gettext_lazy("Vent, til “%(what)s” er på plads."),
    Why.ORDER: gettext_lazy("Vent, til “%(what)s” er på plads."),
    Why.NOT_BEFORE: gettext_lazy("Kan tidligst gøres %(what)s."),
    Why.ANCHOR_UNKNOWN: gettext_lazy("Venter på en dato, som sagen ikke kender endnu: %(what)s."),
    Why.ARISES: gettext_lazy("Bliver kun til en opgave, hvis “%(what)s” ender sådan: %(outcomes)s."),
    Why.WISH_UNKNOWN: gettext_lazy("Medarbejderen har ikke svaret endnu på: “%(what)s”"),
    Why.WISH_NO: gettext_lazy("Medarbejderen har svaret nej til: “%(what)s”"),
    Why.APPROVAL: gettext_lazy("Først skal “%(what)s” være godkendt."),
    Why.EVENT: gettext_lazy("Venter, til det her er sket: %(what)s."),
    Why.FACT_UNKNOWN: gettext_lazy("Sagen mangler svar på: “%(what)s”"),
    Why.CONDITION: gettext_lazy("Det passer ikke på denne sag."),
    Why.TOO_LATE: gettext_lazy("Tiden for det er gået."),
    Why.OUTSIDER: gettext_lazy("Venter på svar fra: %(what)s."),
    Why.ENDED: gettext_lazy("Det skal ikke gentages mere."),
    Why.NO_OWNER: gettext_lazy("Ingen kan tage opgaven lige nu. Den hører til: %(what)s."),
}
_UNANSWERED = gettext_lazy("Bliver kun til en opgave, hvis ingen svarer på “%(what)s”.")
_REFUSED = gettext_lazy("“%(what)s” blev ikke godkendt.")
_KINDS = {
    Why.AFTER_DUTY: "duty", Why.ORDER: "duty", Why.ARISES: "duty", Why.APPROVAL: "duty", Why.WISH_UNKNOWN: "consent",
    Why.WISH_NO: "consent", Why.EVENT: "event", Why.FACT_UNKNOWN: "fact", Why.OUTSIDER: "role", Why.NO_OWNER: "role",
}  # fmt: skip
_HOLE = re.compile(r"%\((\w+)\)s")
FIRST = (Why.AFTER_DUTY, Why.ORDER, Why.APPROVAL, Why.ARISES)
"""Reasons whose refs are duties one can go to."""


def say_why(composed: Composed, row: Row, language: str) -> SafeString:
    """Why a duty is in its state, in one or two sentences; empty when nothing needs to be said. HTML, since the
    guideline's own words in the middle of ours may be in another language and are marked so."""
    own = marked(mark(composed, f"duty:{row.id}", row.text, language))
    if row.why is Why.EXCEPTION:
        return own
    if row.why in (Why.NONE, Why.OUTCOME):
        return SafeString("")
    holes = {"what": _what(composed, row, language), "outcomes": _endings(composed, row, language)}
    sentence = format_html(_HOLE.sub(r"{\1}", str(_sentence(composed, row))), **holes)
    return format_html("{} {}", sentence, own) if row.text and row.state is not State.OWED else sentence


def _sentence(composed: Composed, row: Row) -> str | Promise:
    if row.why is Why.APPROVAL and row.state is State.NOT_RELEVANT:
        return _REFUSED
    if row.why is Why.ARISES and not _endings(composed, row, ""):
        return _UNANSWERED
    return _WHY[row.why]


def _endings(composed: Composed, row: Row, language: str) -> SafeString:
    """The endings of the duties in `refs` that would call this one forth."""
    sources = [source for source in composed.duty[row.id].arises_from if source.duty in row.refs]
    found = [say_outcome(composed, source.duty, outcome, language) for source in sources for outcome in source.outcomes]
    words = dict.fromkeys(marked(Said(one.text.lower(), one.lang)) for one in found)
    return _listed(", ", words) if row.why is Why.ARISES else SafeString("")


def _listed(between: str, words: Iterable[SafeString]) -> SafeString:
    return format_html_join(between, "{}", ((one,) for one in words))


def _what(composed: Composed, row: Row, language: str) -> str:
    if row.why is Why.NOT_BEFORE:
        return moment(row.not_before)
    kind = _KINDS.get(row.why)
    labels = [marked(say_label(composed, f"{kind}:{ref}" if kind else ref, language)) for ref in row.refs]
    return _listed("”, “" if kind in {"duty", "consent", "fact"} else ", ", labels)


@dataclass(frozen=True, slots=True)
class DueView:
    """One deadline, where it comes from, and whether it has passed. `reference` is only there for law."""

    at: datetime | None
    words: Said
    source: str
    counted_from: Said
    reference: Said
    certainty: str
    checked_on: date | None
    late: bool
    missed: Said


def show_due(composed: Composed, row: Row, due: Due, now: datetime, language: str) -> DueView:
    of = f"duty:{row.id}" if due.layer == row.layer else _clock(composed, row, due)
    return DueView(
        at=due.at,
        words=mark(composed, of, due.words, language),
        source=_source(composed, due),
        counted_from=say_label(composed, due.anchor, language) if due.anchor and due.at else Said(""),
        reference=mark(composed, of, due.reference, language),
        certainty=str(CERTAINTIES.get(due.certainty, "")),
        checked_on=date.fromisoformat(due.checked_on) if due.checked_on else None,
        late=due.at is not None and due.at < now and row.state is State.OWED and not is_suggestion(composed, due.layer),
        missed=mark(composed, of, due.missed, language),
    )


def _clock(composed: Composed, row: Row, due: Due) -> str:
    clocks = composed.clocks_of.get(composed.duty[row.id].act or "", ())
    found = (f"clock:{clock.id}" for clock in clocks if composed.layer_of(f"clock:{clock.id}") == due.layer)
    return next(found, f"duty:{row.id}")


def _source(composed: Composed, due: Due) -> str:
    if due.own and not is_suggestion(composed, due.layer):
        return _("Arbejdspladsens egen frist")
    return str(SOURCES[composed.basis_of(due.layer)])


SOURCES: dict[str, str | Promise] = {
    "guideline": gettext_lazy("Retningslinjen"),
    "law": gettext_lazy("Lov eller god praksis"),
    "suggestion": gettext_lazy("Et forslag"),
}
"""What something stands on, by the basis of the layer it comes from."""


def is_suggestion(composed: Composed, layer: str) -> bool:
    """Whether nobody has to follow it: a day it names can pass without anybody being late."""
    return composed.basis_of(layer) == "suggestion"


def say_layer(composed: Composed, layer: str) -> str:
    """The same for what is not the guideline's own; empty for what is."""
    basis = composed.basis_of(layer)
    return "" if basis == "guideline" else str(SOURCES[basis])


def is_law(composed: Composed, layer: str) -> bool:
    """Whether a pack is what law and good practice add: not the guideline itself, a local edition, or a suggestion."""
    return composed.basis_of(layer) == "law"


def say_repeat(composed: Composed, repeat: Repeat | None, language: str) -> str:
    """“Gentages hver 3. måned, indtil: …”; empty for what is done once."""
    if repeat is None:
        return ""
    words = [_("Det sker løbende.")] if repeat.continuous else []
    words += [_("Det gentages: %(every)s.") % {"every": say_offset(repeat.every)}] if repeat.every else []
    words += [_("Indtil: %(end)s.") % {"end": say_label(composed, repeat.until, language)}] if repeat.until else []
    return " ".join(words)


def say_offset(offset: Offset | None) -> str:
    """“hver 3. måned” and the like."""
    if offset is None:
        return ""
    every = {
        "hours": ngettext("hver time", "hver %(n)s. time", offset.hours or 0),
        "days": ngettext("hver dag", "hver %(n)s. dag", offset.days or 0),
        "workdays": ngettext("hver arbejdsdag", "hver %(n)s. arbejdsdag", offset.workdays or 0),
        "weeks": ngettext("hver uge", "hver %(n)s. uge", offset.weeks or 0),
        "months": ngettext("hver måned", "hver %(n)s. måned", offset.months or 0),
    }
    unit = next((name for name in every if getattr(offset, name) is not None), "")
    return every[unit] % {"n": getattr(offset, unit)} if unit else ""


def say_state(row: Row) -> str:
    """The state in words; what is owed, as strongly as the guideline says it."""
    return str(OWED[row.modality] if row.state is State.OWED else STATES[row.state])


def say_outcome(composed: Composed, duty: str, outcome: str, language: str) -> Said:
    """How a duty ended: Værn's own words, or the guideline's for an outcome it names itself."""
    if outcome in OUTCOMES:
        return Said(str(OUTCOMES[outcome]))
    return mark(composed, f"duty:{duty}", composed.outcome_label(duty, outcome), language)


def say_day(day: date | None) -> str:
    return formats.date_format(day, "DATE_FORMAT") if day else ""


def words_of(deadline: Deadline | None) -> str:
    return deadline.words if deadline else ""
