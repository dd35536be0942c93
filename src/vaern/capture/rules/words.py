"""What is said when a page is not captured, beside the field or later on the case."""

from __future__ import annotations

from vaern.core.refusal import Refusal
from vaern.core.text import gettext_noop as _

REFUSALS: dict[str, str] = {
    "off": _("Hentning af sider er ikke slået til her. Dit eget skærmbillede er den bedste vej."),
    "empty": _("Skriv sidens adresse. Du finder den øverst i din browser."),
    "too_long": _("Adressen er for lang. Prøv at åbne opslaget for sig selv, og kopiér adressen derfra."),
    "unreadable": _("Det ligner ikke en adresse på en side. Kopiér den fra din browser, f.eks. https://eksempel.dk/opslag."),
    "scheme": _("Kun sider på nettet kan hentes. Adressen skal begynde med https:// eller http://."),
    "login_in_address": _("Adressen indeholder et brugernavn eller en adgangskode. Fjern det, og prøv igen."),
    "port": _("Adressen bruger en særlig port. Kun almindelige sider på nettet kan hentes."),
    "inside": _("Adressen fører ind i et lukket net. Kun sider, som alle kan se på nettet, kan hentes."),
    "own": _("Det er Værns egen adresse. Den kan ikke hentes."),
    "too_many_waiting": _("Der bliver allerede hentet %(most)s sider til sagen. Vent, til de er færdige."),
    "too_many_today": _("Der er hentet %(most)s sider til sagen i dag. Tag et skærmbillede af resten."),
    "case_closed": _("Sagen er afsluttet. Åbn den igen, før du lægger mere på."),
}  # fmt: skip

# Why a capture gave no evidence. Each says what the person can do now.
REASONS: dict[str, str] = {
    "login_wall": _(
        "Siden kan kun ses, når man er logget ind. Værn logger ikke ind som nogen. Tag et skærmbillede i stedet."
    ),
    "captcha": _("Siden ville vide, om et menneske så på. Det svarer Værn ikke på. Tag et skærmbillede i stedet."),
    "denied": _("Siden lukkede ikke Værn ind. Måske kræver den login. Tag et skærmbillede i stedet."),
    "inside": _("Siden førte videre ind i et lukket net. Der går Værn ikke hen."),
    "gone": _("Siden er der ikke længere, eller adressen er forkert. Har du set den, så skriv ned, hvad du så."),
    "bad_status": _("Siden svarede med en fejl. Prøv igen senere, eller tag et skærmbillede."),
    "unreachable": _("Der kom intet svar fra siden. Se efter, om adressen er rigtig, eller tag et skærmbillede."),
    "certificate": _("Sidens certifikat holder ikke, så ingen ved, hvem der svarer. Tag et skærmbillede i stedet."),
    "not_page": _("Adressen er en fil og ikke en side. Hent filen selv, og læg den på sagen."),
    "time": _("Siden blev ikke færdig i tide. Prøv igen, eller tag et skærmbillede."),
    "too_large": _("Siden fyldte for meget. Tag et skærmbillede i stedet."),
    "crashed": _("Browseren gik ned, mens siden blev hentet. Tag et skærmbillede i stedet."),
    "no_browser": _("Der er ingen browser på serveren. Sig det til din administrator, og tag et skærmbillede."),
    "no_room": _("Serveren kan ikke lukke browseren inde, så siden blev ikke hentet. Sig det til din administrator."),
    "case_closed": _("Sagen blev afsluttet, før siden var hentet. Der er ikke lagt noget på den."),
    "not_kept": _("Siden blev hentet, men kunne ikke gemmes. Prøv igen."),
    "off": _("Hentning af sider blev slået fra, før siden var hentet."),
    "given_up": _("Hentningen blev afbrudt flere gange. Tag et skærmbillede i stedet."),
}  # fmt: skip

# What is said beside evidence that was captured, but perhaps not all of it.
REMARKS: dict[str, str] = {
    "asks_login": _("Siden bad om at logge ind. Se efter, om opslaget er med på billedet."),
    "cut": _("Siden var længere end billedet. Resten står i de andre filer."),
    "not_finished": _("Siden blev ved med at hente. Billedet viser, hvad der var kommet."),
    "too_large": _("Noget på siden fyldte for meget og er ikke med."),
    "blocked": _("Siden ville hente noget, som den ikke fik lov til. Det er ikke med."),
    "no_picture": _("Der kunne ikke tages et billede af siden."),
    "no_snapshot": _("Siden kunne ikke gemmes som én fil."),
    "broken_off": _("Hentningen blev afbrudt, og måske er ikke alt med."),
    "already_here": _("Noget af det lå allerede på sagen."),
}


def refuse(code: str, **params: str) -> Refusal:
    """The refusal for a code of `REFUSALS`, standing beside the field with the address."""
    return Refusal(code, REFUSALS[code], dict(params), field="address")
