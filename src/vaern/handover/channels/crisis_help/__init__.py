"""Crisis help: who was rung, what was ordered, and when they rang back. Whom to ring, when and with which EAN number is
the guideline's own data and stands on the duty."""

from vaern.core.text import gettext_noop as _
from vaern.handover.facts import Channel, Field, Section

CHANNEL = Channel(
    id="crisis_help",
    title=_("Krisehjælp"),
    takes=_("Bestilling af krisehjælp"),
    receipt=_("Hvem talte du med, eller hvilket nummer fik du?"),
    acts=frozenset({"crisis_help"}),
    note=_("Ring først. Oplys EAN-nummeret, og fortæl kun det, de behøver for at ringe tilbage."),
    sections=(
        Section(
            _("Bestillingen"),
            (
                Field("ordered_by", _("Bestilt af"), "line", "handler", True),
                Field("organisation", _("Arbejdsplads"), "line", "organisation", True),
                Field("unit", _("Afdeling"), "line", "unit", True),
                Field("ordered_at", _("Hvornår ringede du?"), "line", required=True, help=_("Dag og klokkeslæt.")),
                Field("what", _("Hvad er bestilt?"), "line", required=True,
                      help=_("For eksempel en samtale på telefon eller et møde på arbejdspladsen.")),
                Field("for_whom", _("Til hvem?"), "line", "affected", True),
            ),
        ),
        Section(
            _("Svaret"),
            (
                Field("called_back_at", _("Hvornår ringede de tilbage?"), "line"),
                Field("agreed", _("Hvad blev aftalt?"), "text",
                      help=_("Kun tid og sted. Hvad der bliver sagt til en psykolog, hører ikke til her.")),
            ),
        ),
    ),
    ways=(),
)  # fmt: skip
