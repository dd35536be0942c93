"""The report's questions, in the words of whoever reports: it happened to me, to a colleague, or I was told as
the manager."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

WHO = ("me", "colleague", "manager")

HEADING = {
    "what": {
        "me": _("Hvad er der sket?"),
        "colleague": _("Hvad er der sket for din kollega?"),
        "manager": _("Hvad har du fået at vide?"),
    },
    "evidence": {
        "me": _("Har du billeder af det?"),
        "colleague": _("Har du billeder af det?"),
        "manager": _("Har du billeder af det?"),
    },
    "kind": {
        "me": _("Hvad handler det om?"),
        "colleague": _("Hvad handler det om?"),
        "manager": _("Hvad handler det om?"),
    },
    "you": {
        "me": _("Hvad har du brug for?"),
        "colleague": _("Hvem skal have sagen?"),
        "manager": _("Hvem skal have sagen?"),
    },
    "send": {
        "me": _("Se det igennem, og send"),
        "colleague": _("Se det igennem, og send"),
        "manager": _("Se det igennem, og send"),
    },
}

SHORT = {
    "what": _("Det, der er sket"),
    "evidence": _("Billeder og sted"),
    "kind": _("Hvad det handler om"),
    "you": _("Dig og din leder"),
    "send": _("Send"),
}
SHORT_COLLEAGUE = {**SHORT, "you": _("Leder")}

WHAT = {
    "me": _("Fortæl det med dine egne ord"),
    "colleague": _("Fortæl, hvad du har set eller hørt"),
    "manager": _("Skriv det, som det er fortalt til dig"),
}
WHAT_HELP = {
    "me": _("Et par sætninger er nok. Du kan altid skrive mere senere."),
    "colleague": _("Et par sætninger er nok."),
    "manager": _("Et par sætninger er nok. Medarbejderen kan selv skrive mere senere."),
}
AFFECTED = {
    "colleague": _("Hvem er det gået ud over?"),
    "manager": _("Hvilken medarbejder er det gået ud over?"),
}
DANGER = _("Er nogen i fare lige nu?")
MANAGER = {
    "me": _("Hvilken leder skal have din sag?"),
    "colleague": _("Hvilken leder skal have sagen?"),
}
AWAY = {
    "me": _("Er der et problem med at sende det til den leder?"),
    "colleague": _("Er der et problem med at sende det til den leder?"),
}
AWAY_CHOICES = {
    "me": [
        ("", _("Nej, send det til den leder")),
        ("away", _("Min leder er væk")),
        ("part_of_it", _("Min leder er en del af det")),
    ],
    "colleague": [
        ("", _("Nej, send det til den leder")),
        ("away", _("Lederen er væk")),
        ("part_of_it", _("Lederen er en del af det")),
    ],
}
