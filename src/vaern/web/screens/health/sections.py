"""The sections of the page of health, in the order they are shown. A room that can fail gets one here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from shutil import which
from typing import Literal

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from vaern.evidence import queries as evidence
from vaern.evidence import service as making
from vaern.handover import queries as handovers
from vaern.jobs import queries as jobs
from vaern.jobs.facts import Run
from vaern.letters import queries as letters
from vaern.mailbox import queries as mailbox
from vaern.notices import queries as notices
from vaern.people.facts import Actor
from vaern.stamps import queries as stamps
from vaern.stamps.facts import AuthorityLine
from vaern.stamps.rules import WHY
from vaern.ways.facts import Waiting

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that works or does not. `off` is what nobody has set up: said, and no fault."""

    name: Words
    state: Literal["well", "waiting", "failing", "off"]
    words: Words = ""
    at: datetime | None = None
    """When it last went well."""


@dataclass(frozen=True, slots=True)
class Section:
    title: Words
    rows: tuple[Row, ...]
    intro: Words = ""


_STATES: dict[str, tuple[Literal["well", "waiting", "failing"], Words]] = {
    "well": ("well", _("Gik godt sidste gang.")),
    "running": ("well", _("Er i gang nu.")),
    "waiting": ("waiting", _("Har ikke kørt endnu.")),
    "late": ("failing", _("Burde have kørt. Kører den proces, der tager sig af det senere arbejde?")),
    "failing": ("failing", _("Fejlede sidste gang. Se i loggen.")),
}


def later_work(actor: Actor, now: datetime) -> Section:
    rows = tuple(_job(run) for run in jobs.runs(now))
    return Section(_("Det, der sker af sig selv"), rows)


def _job(run: Run) -> Row:
    state, words = _STATES[run.state]
    return Row(gettext(run.title), state, words, run.ok_at)


def time_stamps(actor: Actor, now: datetime) -> Section:
    """How the authorities do, and how much of this organisation's waits for each."""
    lines = stamps.lines(actor.home)
    rows = tuple(_authority(line) for line in lines) or (
        Row(
            _("Tidsstempel-tjeneste"),
            "off",
            _("Beviser får intet tidsstempel. Den, der driver systemet, kan sætte en op."),
        ),
    )
    last = stamps.last_of_journal(actor.home)
    if lines:
        rows = (*rows, Row(_("Hændelsesloggen, én gang om dagen"), "well" if last else "waiting", at=last))
    intro = _(
        "En udenforstående skriver under på, hvornår et bevis fandtes. Den ser kun et fingeraftryk, aldrig filen."
    )
    return Section(_("Tidsstempler"), rows, intro)


def _authority(line: AuthorityLine) -> Row:
    """An authority that has failed once or twice waits; only one that alarms is said to be broken."""
    said = ngettext("%(n)s bevis venter.", "%(n)s beviser venter.", line.waiting) % {"n": line.waiting}
    if line.health.why:
        said += " " + gettext("Sidste forsøg lykkedes ikke, fordi %(why)s.") % {"why": gettext(WHY[line.health.why])}
    state: Literal["well", "waiting", "failing"] = (
        "failing" if line.alarm else "well" if line.health.last_success and not line.health.failures else "waiting"
    )
    return Row(f"{line.name} ({line.url})", state, said, line.health.last_success)


def out_of_house(actor: Actor, now: datetime) -> Section:
    """Sheets and letters of the administrator's own house that have not arrived. Numbers, and the kind of the fault."""
    found = (
        (_("Skemaer til andre systemer"), handovers.waiting(actor.home), bool(settings.HANDOVER)),
        (_("Breve som mail eller Digital Post"), letters.waiting(actor.home), letter_ways_set_up()),
    )
    return Section(_("Det, der bliver sendt ud af huset"), tuple(_leaving(*one) for one in found))


def letter_ways_set_up() -> bool:
    places: dict[str, dict[str, str]] = settings.HANDOVER
    return settings.LETTER_MAIL or any(name.rpartition("/")[2] == "digital_post" for name in places)


def _leaving(name: Words, waiting: Waiting, set_up: bool) -> Row:
    if not set_up and not waiting.count:
        return Row(name, "off", _("Der er ikke sat noget op. Det bliver sendt af mennesker."))
    words = ngettext("%(n)s venter.", "%(n)s venter.", waiting.count) % {"n": waiting.count}
    if waiting.problem:
        words += " " + gettext("Sidste forsøg lykkedes ikke: %(why)s.") % {"why": waiting.problem}
    return Row(name, "failing" if waiting.problem else "waiting" if waiting.count else "well", words)


_PATIENCE = timedelta(minutes=10)


def mail_out(actor: Actor, now: datetime) -> Section:
    title, name = _("Mail ud af huset"), _("Mailserver")
    if not settings.MAIL_HOST:
        return Section(
            title, (Row(name, "off", _("Ingen mailserver er sat op. Beskeder står kun i Værn, under Nyt.")),)
        )
    post = notices.post()
    words = ngettext("%(n)s mail venter.", "%(n)s mail venter.", post.waiting) % {"n": post.waiting}
    stuck = post.oldest is not None and now - post.oldest > _PATIENCE
    return Section(title, (Row(name, "failing" if stuck else "well", words, post.sent_at),))


def evidence_kept(actor: Actor, now: datetime) -> Section:
    """Whether what is stored is what was handed in. Numbers only: no case is seen from here."""
    check = evidence.last_check()
    if check is None:
        row = Row(_("Alle beviser læst igennem"), "waiting", _("Er ikke gjort endnu. Det sker af sig selv om natten."))
    elif check.findings:
        words = ngettext(
            "%(n)s bevis eller nøgle er ikke, som det skal være. Den, der driver serveren, kan se hvilket.",
            "%(n)s beviser eller nøgler er ikke, som de skal være. Den, der driver serveren, kan se hvilke.",
            len(check.findings),
        ) % {"n": len(check.findings)}
        row = Row(_("Alle beviser læst igennem"), "failing", words, check.finished_at)
    else:
        words = ngettext("%(n)s bevis er uændret.", "%(n)s beviser er uændrede.", check.items) % {"n": check.items}
        row = Row(_("Alle beviser læst igennem"), "well", words, check.finished_at)
    return Section(_("Beviserne"), (row,))


def opening_files(actor: Actor, now: datetime) -> Section:
    shut = making.decoders_work()
    rows = [
        Row(
            _("Lukket rum til at åbne filer"),
            "well" if shut else "failing",
            ""
            if shut
            else _("Kernen kan ikke lukke programmerne inde. Derfor bliver der ikke lavet miniaturer og tekster."),
        ),
        *(_engine(name, what) for name, what in _ENGINES.items()),
    ]
    scanner = Row(_("Virusscanning"), "well") if settings.CLAMAV else Row(_("Virusscanning"), "off", _NO_SCANNER)
    return Section(_("Det, der laves af beviserne"), (*rows, scanner))


_ENGINES: dict[str, Words] = {
    "tesseract": _("Læser tekst på billeder (tesseract)"),
    "ffmpeg": _("Tager et billede fra videoer (ffmpeg)"),
    "pdftotext": _("Læser PDF (poppler)"),
}
_NO_SCANNER = _("Beviser bliver ikke scannet for virus. Sæt VAERN_CLAMAV.")


def _engine(program: str, what: Words) -> Row:
    there = which(program, path="/usr/bin:/bin") is not None
    return Row(what, "well" if there else "off", "" if there else _("Programmet er ikke installeret."))


_DOWN: dict[str, Words] = {
    "unreachable": _("Mailserveren svarer ikke."),
    "certificate": _("Mailserverens certifikat kan ikke godkendes."),
    "login": _("Mailserveren afviser brugernavn eller adgangskode."),
    "folder": _("Mappen findes ikke i postkassen."),
    "answer": _("Mailserveren svarer noget, vi ikke forstår, eller forbindelsen blev afbrudt."),
    "not_kept": _("Mailen kunne ikke gemmes her. Er der plads på disken?"),
    "mail": _("En mail kunne ikke behandles. Den ligger stadig i postkassen. Se i loggen."),
}
_OUTCOMES: dict[str, Words] = {
    "kept": _("Taget ind"),
    "unknown": _("Fra nogen, der ikke bruger Værn"),
    "loop": _("Autosvar og lister"),
    "too_large": _("For store"),
    "too_many": _("For mange fra den samme på én gang"),
    "refused": _("Kunne ikke læses som mail"),
    "gone": _("Udkastet eller sagen var lukket imens"),
}


def mail_in(actor: Actor, now: datetime) -> Section:
    """Numbers only: never whose mail, and never what it said."""
    title = _("Mail, der kommer ind")
    account = mailbox.account()
    if account is None:
        return Section(title, (Row(_("Postkassen"), "off"),))
    line = mailbox.line(now)
    health = line.health
    state: Literal["well", "waiting", "failing"] = "failing" if health.failures else "well"
    if not health.failures and health.last_success is None:
        state = "waiting"
    counted = [f"{words}: {line.counts[key]}" for key, words in _OUTCOMES.items() if line.counts.get(key)]
    said = gettext("De sidste 30 dage.") + " " + ". ".join(counted) if counted else ""
    words = str(_DOWN.get(health.why, "")) if health.failures else said
    return Section(title, (Row(account.address, state, words, health.last_success),))


SECTIONS: tuple[Callable[[Actor, datetime], Section], ...] = (
    later_work,
    evidence_kept,
    opening_files,
    mail_in,
    mail_out,
    out_of_house,
    time_stamps,
)
