"""EASY on virk.dk: the work-injury report to the authorities. Fields as virk.dk says they are asked for: the injured
person, the employer, what happened and how, the injury, and whether it is to be assessed under the law on work
injuries. A draft that lies in the open solution is no report."""

from vaern.core.text import gettext_noop as _
from vaern.handover.facts import Channel, Field, Section

CHANNEL = Channel(
    id="easy",
    title="EASY",
    takes=_("Anmeldelse af arbejdsulykken"),
    receipt=_("Kvittering fra EASY"),
    registers=frozenset({"easy", "national_easy"}),
    acts=frozenset({"report_work_accident"}),
    halfway=_("Den ligger som kladde i EASY"),
    note=_("CPR-nummeret skrives kun i EASY og aldrig her."),
    sections=(
        Section(
            _("Tilskadekomne"),
            (
                Field("affected", _("Navn"), "line", "affected", True),
                Field("job_title", _("Stilling"), "line", required=True),
                Field("employed_since", _("Ansat siden"), "day"),
                Field("status", _("Ansættelsesforhold"), "line"),
                Field("annual_income", _("Årsindkomst"), "line", help=_("Står i lønsystemet.")),
            ),
        ),
        Section(
            _("Arbejdsgiver"),
            (
                Field("organisation", _("Arbejdsgiver"), "line", "organisation", True),
                Field("work_address", _("Arbejdsstedets adresse"), "line", required=True),
                Field("unit", _("Afdeling"), "line", "unit", True),
            ),
        ),
        Section(
            _("Ulykken"),
            (
                Field("happened_on", _("Ulykkesdagen"), "day", "posted", True),
                Field("place", _("Sted"), "line", "platform", True),
                Field("what", _("Hvad skete der?"), "text", "what", True),
                Field("wrong", _("Hvad gik galt?"), "text", required=True),
                Field("how", _("Hvordan skete skaden?"), "text", required=True),
            ),
        ),
        Section(
            _("Skaden"),
            (
                Field("injury", _("Skadens art og omfang"), "text", required=True),
                Field("first_absence_day", _("Første fraværsdag"), "day", "first_absence_day"),
                Field("absence_days", _("Forventet fravær"), "line"),
                Field("assess", _("Skal skaden vurderes efter arbejdsskadesikringsloven?"), "choice", required=True,
                      choices=(("yes", _("Ja")), ("no", _("Nej")))),
            ),
        ),
    ),
    ways=(),
)  # fmt: skip
