"""The police: what a report has to tell (who, what, where, when, how, with what, why), and what it asks for. Under a
work address, not a home address. The evidence goes along as a bundle, which is made and handed out on its own page."""

from vaern.core.text import gettext_noop as _
from vaern.handover.facts import Channel, Field, Section

CHANNEL = Channel(
    id="police",
    title=_("Politiet"),
    takes=_("Anmeldelse og bevis"),
    receipt=_("Journalnummer eller kvittering"),
    registers=frozenset({"police", "police_report", "national_police"}),
    acts=frozenset({"police_report"}),
    note=_("Ring 114, skriv eller mød op. Lav en bevispakke til politiet, og giv den med. "
           "Tilbyd medarbejderen at være med. Politiet afgør, hvad der er strafbart."),
    sections=(
        Section(
            _("Hvem?"),
            (
                Field("affected", _("Forurettede"), "line", "affected", True),
                Field("work_address", _("Arbejdsadresse"), "line", required=True,
                      help=_("Brug arbejdets adresse i stedet for den private.")),
                Field("reported_by", _("Anmelder"), "line", "handler", True),
                Field("organisation", _("Myndighed"), "line", "organisation", True),
                Field("author", _("Hvem har skrevet det?"), "text", "author",
                      help=_("Skriv det, I ved: navn eller profil. Ved I det ikke, så lad det stå tomt.")),
            ),
        ),
        Section(
            _("Hvad, hvor og hvornår?"),
            (
                Field("what", _("Hvad er der sket?"), "text", "what", True),
                Field("where", _("Hvor?"), "line", "platform", True),
                Field("link", _("Adresse på opslaget"), "line", "link"),
                Field("posted_at", _("Lagt op"), "line", "posted_at"),
                Field("discovered_at", _("Opdaget"), "line", "discovered_at", True),
            ),
        ),
        Section(
            _("Hvordan, med hvad og hvorfor?"),
            (
                Field("how", _("Hvordan foregik det?"), "text", required=True,
                      help=_("Et opslag, en besked, flere gange, med billede …")),
                Field("evidence", _("Antal beviser i sagen"), "line", "evidence", True),
                Field("why", _("Hvad ved I om, hvorfor det skete?"), "text",
                      help=_("Hvilken opgave eller afgørelse det hænger sammen med.")),
            ),
        ),
        Section(
            _("Hvad kan det være, og hvad følger med?"),
            (
                Field("offences", _("Bestemmelser, der måske passer"), "text", "offences",
                      help=_("Forslag efter det, sagen ved. Ret dem til. Politiet afgør, hvad der er strafbart.")),
                Field("bundle", _("Bevispakke"), "text", "bundle",
                      help=_("Lav pakken på sagens side om bevispakker. Summen viser, at det er den samme pakke.")),
            ),
        ),
        Section(
            _("Hvad ønsker I?"),
            (
                Field("purpose", _("Formålet med anmeldelsen"), "text", required=True),
                Field("joins", _("Vil medarbejderen være med?"), "choice", required=True,
                      choices=(("yes", _("Ja")), ("no", _("Nej, men er spurgt")))),
                Field("fear", _("Er nogen bange for, at det bliver værre?"), "text", "danger"),
            ),
        ),
    ),
    ways=("sftp", "drop"),
)  # fmt: skip
