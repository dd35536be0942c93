"""What the fields of a duty are called: by name, or by kind of act and name where the kind asks otherwise."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vaern.guideline.pack import FulfilKind
from vaern.web.guideline_texts import Said
from vaern.web.refusals import say_clauses
from vaern.web.templatetags.guideline import marked

Key = str | tuple[FulfilKind, str]

LABELS: dict[Key, str | Promise] = {
    "choice": gettext_lazy("Hvad er gjort?"),
    "ending": gettext_lazy("Hvordan endte det?"),
    "recipient": gettext_lazy("Hvem?"),
    "offered": gettext_lazy("Hvad er tilbudt?"),
    "agreed": gettext_lazy("Hvad har I aftalt?"),
    "text": gettext_lazy("Hvad er der gjort?"),
    "reasons": gettext_lazy("Hvorfor?"),
    "reference": gettext_lazy("Nummer eller kvittering"),
    "on_date": gettext_lazy("Hvilken dag skete det?"),
    "at_time": gettext_lazy("Hvad var klokken?"),
    "why_not": gettext_lazy("Hvorfor?"),
    "times_seen": "",
    (FulfilKind.NOTE, "text"): gettext_lazy("Notat"),
    (FulfilKind.CONVERSATION, "text"): gettext_lazy("Hvad talte I om?"),
    (FulfilKind.AGREEMENT, "recipient"): gettext_lazy("Hvem må få det at vide?"),
    (FulfilKind.INFORMATION, "recipient"): gettext_lazy("Hvem har fået det at vide?"),
    (FulfilKind.INFORMATION, "text"): gettext_lazy("Hvad er der fortalt?"),
    (FulfilKind.DECISION, "reasons"): gettext_lazy("Begrundelse"),
    (FulfilKind.EVIDENCE, "text"): gettext_lazy("Er der noget, man skal vide om beviset?"),
    (FulfilKind.LETTER, "recipient"): gettext_lazy("Hvem er brevet til?"),
    (FulfilKind.LETTER, "text"): gettext_lazy("Brevets tekst, som det blev sendt"),
    (FulfilKind.LETTER, "reference"): gettext_lazy("Hvordan er det sendt?"),
    (FulfilKind.LETTER, "on_date"): gettext_lazy("Hvilken dag blev det sendt?"),
    (FulfilKind.CONTACT, "recipient"): gettext_lazy("Hvem talte du med?"),
    (FulfilKind.CONTACT, "text"): gettext_lazy("Hvad kom der ud af det?"),
    (FulfilKind.CONFIRM, "text"): gettext_lazy("Er der noget at tilføje?"),
    (FulfilKind.ACCOUNT, "text"): gettext_lazy("Fortæl med egne ord"),
}
HELP: dict[Key, str | Promise] = {
    "on_date": gettext_lazy("Lad feltet stå tomt, hvis det er sket lige nu."),
    "at_time": gettext_lazy("For eksempel 14:30. Det er i orden ikke at vide det."),
    (FulfilKind.AGREEMENT, "recipient"): gettext_lazy(
        "Navne, et hold eller “ingen”. Kun de ord, I aftaler, bliver fortalt, og kun til dem."
    ),
    (FulfilKind.LETTER, "reference"): gettext_lazy("For eksempel med Digital Post, og hvad kvitteringen siger."),
    (FulfilKind.NOTE, "text"): gettext_lazy("Skriv kun det, der er nødvendigt."),
    (FulfilKind.ACCOUNT, "text"): gettext_lazy("Korte sætninger er nok."),
}


def choice_label(said: Said, clauses: tuple[str, ...]) -> str:
    return format_html("{} ({})", marked(said), say_clauses(clauses)) if clauses else marked(said)


def ending_label(said: Said, needs_reason: bool) -> str:
    return format_html(_("{label} (skriv hvorfor)"), label=marked(said)) if needs_reason else marked(said)
