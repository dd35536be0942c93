"""DEFGO: the action plan of the workplace assessment (APV). No import is known to exist, so the plan is typed over."""

from vaern.core.text import gettext_noop as _
from vaern.handover.facts import Channel, Field, Section

CHANNEL = Channel(
    id="defgo",
    title="DEFGO",
    takes=_("APV-handlingsplanen"),
    receipt=_("Hvor planen ligger i DEFGO"),
    registers=frozenset({"defgo"}),
    sections=(
        Section(
            _("Problemet"),
            (
                Field("unit", _("Arbejdssted"), "line", "unit", True),
                Field("problem", _("Hvad er problemet?"), "text", required=True,
                      help=_("Skriv om arbejdspladsen og ikke om den enkelte. Planen læses af mange.")),
                Field("cause", _("Hvad er årsagen?"), "text", required=True),
            ),
        ),
        Section(
            _("Planen"),
            (
                Field("measures", _("Hvad vil I gøre?"), "text", "said:apv_plan", True),
                Field("who", _("Hvem gør det?"), "line", required=True),
                Field("when", _("Hvornår skal det være gjort?"), "day", required=True, follow_up=_("Er det gjort?")),
                Field("effect_on", _("Hvornår ser I efter, om det virker?"), "day", required=True,
                      follow_up=_("Virker det? Hvad kan I se?")),
                Field("effect_how", _("Hvordan ser I, om det virker?"), "text"),
            ),
        ),
    ),
)  # fmt: skip
