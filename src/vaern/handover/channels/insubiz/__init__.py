"""InsuBiz: the incident itself, and (Albertslund A34-A35) the note that an employee does not want a police report.
All incidents are registered, those without absence too. No field list is public."""

from vaern.core.text import gettext_noop as _
from vaern.handover.facts import Channel, Field, Section

_INCIDENT = Section(
    _("Hændelsen"),
    (
        Field("happened_on", _("Dato for hændelsen"), "day", "posted", True,
              _("Den dag opslaget eller beskeden kom. Kender du den ikke, så den dag, I opdagede det.")),
        Field("place", _("Hvor skete det?"), "line", "platform", True),
        Field("affected", _("Skadelidte"), "line", "affected", True),
        Field("unit", _("Arbejdssted"), "line", "unit", True),
        Field("course", _("Hændelsesforløb"), "text", "what", True),
    ),
)  # fmt: skip

CHANNEL = Channel(
    id="insubiz",
    title="InsuBiz",
    takes=_("Registrering af hændelsen"),
    receipt=_("Nummer eller kvittering fra InsuBiz"),
    acts=frozenset({"register_incident"}),
    sections=(
        _INCIDENT,
        Section(
            _("Skade og fravær"),
            (
                Field("injury", _("Skade på krop eller psyke"), "line", "injury"),
                Field("absence", _("Fravær"), "line", "absence"),
                Field("first_absence_day", _("Første fraværsdag"), "day", "first_absence_day"),
            ),
        ),
        Section(
            _("Forebyggelse"),
            (Field("measures", _("Hvad gør I, så det ikke sker igen?"), "text", required=True),),
        ),
    ),
)

DECLINED = Channel(
    id="insubiz_declined",
    title="InsuBiz",
    takes=_("Notatet om, at medarbejderen ikke ønsker en politianmeldelse"),
    receipt=_("Nummer eller kvittering fra InsuBiz"),
    registers=frozenset({"insubiz"}),
    sections=(
        _INCIDENT,
        Section(
            _("Notat"),
            (
                Field("asked_on", _("Hvornår talte I om en politianmeldelse?"), "day", required=True),
                Field("note", _("Notatet"), "text", "said:decline_note", True,
                      _("Medarbejderens begrundelse skal ikke stå her, hvis den er privat.")),
                Field("written_by", _("Skrevet af"), "line", "handler", True),
            ),
        ),
    ),
    note=_("Medarbejderen kan stadig selv anmelde, og kan ændre mening."),
)  # fmt: skip
