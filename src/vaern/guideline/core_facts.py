"""The built-in vocabulary every pack may use: facts, events and consents that Værn itself asks for.

A pack adds its own in `facts`, `events` and `consents`; it never redefines one of these.
"""

from __future__ import annotations

from vaern.core.text import gettext_noop as _
from vaern.guideline.pack import Consent, Event, Fact, FactKind, Option


def _options(**labels: str) -> tuple[Option, ...]:
    return tuple(Option(id=key, label=label) for key, label in labels.items())


PLATFORMS = _options(
    facebook=_("Facebook"), messenger=_("Messenger"), instagram=_("Instagram"), tiktok=_("TikTok"), x=_("X (Twitter)"),
    snapchat=_("Snapchat"), linkedin=_("LinkedIn"), youtube=_("YouTube"), website=_("Hjemmeside eller blog"),
    email=_("E-mail"), sms=_("SMS eller MMS"), phone=_("Telefonopkald"), other=_("Et andet sted"),
)  # fmt: skip

CORE_FACTS: tuple[Fact, ...] = (
    Fact(id="category", label=_("Hvad passer på det, der er sket?"), kind=FactKind.CHOICES, ask_at="report"),
    Fact(id="platform", label=_("Hvor er det sket?"), kind=FactKind.CHOICE, values=PLATFORMS, ask_at="report"),
    Fact(id="reported_by", label=_("Hvem melder det?"), kind=FactKind.CHOICE, ask_at="report",
         values=_options(affected=_("Den ramte selv"), colleague=_("En kollega"), manager=_("Lederen"))),
    Fact(id="danger_now", label=_("Er nogen i fare nu?"), kind=FactKind.YES_NO, ask_at="report"),
    Fact(id="still_online", label=_("Ligger det der stadig?"), kind=FactKind.YES_NO, ask_at="report"),
    Fact(id="author_known", label=_("Kendes den, der har skrevet det?"), kind=FactKind.YES_NO, ask_at="report"),
    Fact(id="author_anonymous", label=_("Er det skrevet anonymt?"), kind=FactKind.YES_NO),
    Fact(id="author_relation", label=_("Den, der har skrevet, er"), kind=FactKind.CHOICE, ask_at="report",
         values=_options(citizen=_("En borger"), party=_("Part i en sag"), relative=_("Pårørende"),
                         pupil=_("Elev eller barn"), colleague=_("En kollega"), other=_("En anden"))),
    Fact(id="author_age_band", label=_("Alder på den, der har skrevet"), kind=FactKind.CHOICE,
         values=_options(under_15=_("Under 15 år"), from_15_to_17=_("15-17 år"), adult=_("18 år eller derover"))),
    Fact(id="author_intent", label=_("Er det gjort med forsæt?"), kind=FactKind.CHOICE,
         values=_options(deliberate=_("Med vilje"), not_deliberate=_("Ikke med vilje"),
                         cannot=_("Kan ikke gøre for det (sygdom, handicap)"))),
    Fact(id="injury", label=_("Er der sket skade på krop eller psyke?"), kind=FactKind.YES_NO),
    Fact(id="absence", label=_("Har der været fravær?"), kind=FactKind.YES_NO),
    Fact(id="episodes", label=_("Antal episoder"), kind=FactKind.NUMBER),
    Fact(id="family_hit", label=_("Er familie eller nærmeste også ramt?"), kind=FactKind.YES_NO),
    Fact(id="colleagues_affected", label=_("Er kolleger berørt?"), kind=FactKind.YES_NO),
)  # fmt: skip

CORE_EVENTS: tuple[Event, ...] = (
    Event(id="posted", label=_("Lagt op")),
    Event(id="discovered", label=_("Opdaget")),
    Event(id="reported", label=_("Meldt i Værn")),
    Event(id="evidence_secured", label=_("Bevis sikret")),
    Event(id="first_absence_day", label=_("Første fraværsdag")),
    Event(id="returned_to_work", label=_("Tilbage på arbejde")),
    Event(id="police_reported", label=_("Anmeldt til politiet")),
    Event(id="police_decided", label=_("Politiets afgørelse")),
    Event(id="removed", label=_("Fjernet fra nettet")),
)

CORE_CONSENTS: tuple[Consent, ...] = (
    Consent(id="police_report", question=_("Ønsker du, at det bliver anmeldt til politiet?")),
    Consent(id="inform_colleagues", question=_("Må dine kolleger få noget at vide, som I har aftalt?")),
    Consent(id="amr_reads", question=_("Må arbejdsmiljørepræsentanten læse, hvad sagen handler om?")),
    Consent(id="tr_reads", question=_("Må din tillidsrepræsentant være med i sagen?")),
)

NAMED_OUTCOMES = ("done", "declined", "not_relevant")
