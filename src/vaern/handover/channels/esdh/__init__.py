"""The journal system (ESDH): what is filed on the personnel case, and never on the citizen's service case, where the
citizen has a right to read as a party."""

from vaern.core.text import gettext_noop as _
from vaern.handover.facts import Channel, Field, Section

CHANNEL = Channel(
    id="esdh",
    title=_("Journalsystemet (ESDH)"),
    takes=_("Journalisering på personalesagen"),
    receipt=_("Journalnummer på personalesagen"),
    registers=frozenset({"relevant_case"}),
    note=_("Læg det på personalesagen og aldrig på borgerens sag: dér kan borgeren få det at se. "
           "På borgerens sag skriver du højst, at der er en anden sag."),
    sections=(
        Section(
            _("Metadata"),
            (
                Field("title", _("Titel"), "line", required=True, help=_("Uden navne og uden, hvad der er sket.")),
                Field("case", _("Sagsnummer i Værn"), "line", "case", True),
                Field("filed_on", _("Dato"), "day", "today", True),
                Field("responsible", _("Ansvarlig"), "line", "handler", True),
                Field("unit", _("Enhed"), "line", "unit", True),
                Field("kind", _("Hvilken sag?"), "choice", required=True,
                      choices=(("personnel", _("Personalesag eller en særlig, lukket sag")),)),
                Field("access", _("Må der gives aktindsigt?"), "choice", required=True,
                      choices=(("ask", _("Spørg sekretariatet hver gang")),)),
            ),
        ),
        Section(
            _("Indhold"),
            (
                Field("documents", _("Hvilke filer?"), "text", required=True,
                      help=_("Sagens godkendte breve følger med. Skriv, hvad der ellers skal med, fx en bevispakke.")),
                Field("remarks", _("Bemærkninger"), "text"),
            ),
        ),
    ),
    ways=("sftp", "drop", "https"),
    package=True,
)  # fmt: skip
