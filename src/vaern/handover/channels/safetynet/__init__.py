"""SafetyNet: incident registration (Brovst B37). Its field list is not public: these are the questions every register
of incidents asks, in the order of what, who, where and what was done. An employer that knows its own form better
changes them here."""

from vaern.core.text import gettext_noop as _
from vaern.handover.facts import Channel, Field, Section

CHANNEL = Channel(
    id="safetynet",
    title="SafetyNet",
    takes=_("Indberetning af hændelsen"),
    receipt=_("Nummer eller kvittering fra SafetyNet"),
    registers=frozenset({"safetynet"}),
    sections=(
        Section(
            _("Hændelsen"),
            (
                Field("happened_on", _("Dato for hændelsen"), "day", "posted", True,
                      _("Den dag opslaget eller beskeden kom. Kender du den ikke, så den dag, I opdagede det.")),
                Field("discovered_on", _("Opdaget den"), "day", "discovered"),
                Field("kind", _("Hændelsens art"), "choice", required=True,
                      choices=(("threat", _("Trusler")), ("harassment", _("Chikane eller krænkelse")),
                               ("defamation", _("Ærekrænkelse på nettet")), ("other", _("Andet")))),
                Field("place", _("Hvor skete det?"), "line", "platform", True),
                Field("course", _("Beskrivelse af hændelsen"), "text", "what", True,
                      _("Skriv kun det, systemets læsere skal vide.")),
            ),
        ),
        Section(
            _("De berørte"),
            (
                Field("affected", _("Medarbejder"), "line", "affected", True),
                Field("unit", _("Afdeling"), "line", "unit", True),
                Field("manager", _("Leder"), "line", "manager", True),
                Field("injury", _("Er nogen kommet til skade?"), "line", "injury"),
                Field("absence", _("Fravær"), "line", "absence"),
            ),
        ),
        Section(
            _("Opfølgning"),
            (
                Field("done", _("Hvad er der gjort?"), "text", required=True),
                Field("prevention", _("Hvordan undgår I, at det sker igen?"), "text"),
            ),
        ),
    ),
)  # fmt: skip
