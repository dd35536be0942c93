"""A platform: the notice of article 16 of Regulation (EU) 2022/2065 (DSA), with its four elements (16(2)): why it is
held to be illegal, exactly where it is, who says so, and that it is said in good faith. From the employer's address."""

from vaern.core.text import gettext_noop as _
from vaern.handover.facts import Channel, Field, Section

CHANNEL = Channel(
    id="platform",
    title=_("Platformen"),
    takes=_("Anmeldelse af ulovligt indhold"),
    receipt=_("Kvittering eller sagsnummer fra platformen"),
    acts=frozenset({"remove_content", "report_platform", "take_down"}),
    note=_("Sikr beviset, før noget bliver fjernet. Brug arbejdets adresse: den, der har skrevet, kan få at vide, hvem "
           "der har klaget. Siger platformen nej, kan I klage til den i mindst seks måneder (artikel 20; set i en "
           "sekundær kilde, kontrolleret 21. november 2026)."),
    sections=(
        Section(
            _("Indholdet"),
            (
                Field("platform", _("Platform"), "line", "platform", True),
                Field("url", _("Præcis adresse på indholdet"), "line", "link", True, _("En adresse for hvert opslag.")),
                Field("identify", _("Andet, der udpeger det"), "line",
                      help=_("For eksempel brugernavn, tidspunkt eller kommentarens nummer.")),
                Field("reasons", _("Hvorfor mener I, at det er ulovligt?"), "text", required=True,
                      help=_("Skriv, hvad der står, og hvem det rammer i arbejdet. Påstå ikke mere, end I ved.")),
            ),
        ),
        Section(
            _("Hvem anmelder?"),
            (
                Field("name", _("Navn"), "line", "organisation", True),
                Field("email", _("Arbejdets mailadresse"), "line", required=True),
                Field("good_faith", _("Erklæring"), "choice", required=True,
                      choices=(("yes", _("Vi mener i god tro, at oplysningerne er rigtige og fuldstændige")),)),
            ),
        ),
    ),
)  # fmt: skip
