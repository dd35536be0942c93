"""The built-in vocabulary every pack may use: facts, events and consents that Værn itself asks for.

A pack adds its own in `facts`, `events` and `consents`; it never redefines one of these.
"""

from __future__ import annotations

from vaern.guideline.pack import Consent, Event, Fact, FactKind, Option


def _options(**labels: str) -> tuple[Option, ...]:
    return tuple(Option(id=key, label=label) for key, label in labels.items())


PLATFORMS = _options(
    facebook="Facebook", messenger="Messenger", instagram="Instagram", tiktok="TikTok", x="X (Twitter)",
    snapchat="Snapchat", linkedin="LinkedIn", youtube="YouTube", website="Hjemmeside eller blog",
    email="E-mail", sms="SMS eller MMS", phone="Telefonopkald", other="Et andet sted",
)  # fmt: skip

CORE_FACTS: tuple[Fact, ...] = (
    Fact(id="category", label="Hvad passer på det, der er sket?", kind=FactKind.CHOICES, ask_at="report"),
    Fact(id="platform", label="Hvor er det sket?", kind=FactKind.CHOICE, values=PLATFORMS, ask_at="report"),
    Fact(id="reported_by", label="Hvem melder det?", kind=FactKind.CHOICE, ask_at="report",
         values=_options(affected="Den ramte selv", colleague="En kollega", manager="Lederen")),
    Fact(id="danger_now", label="Er nogen i fare nu?", kind=FactKind.YES_NO, ask_at="report"),
    Fact(id="still_online", label="Ligger det der stadig?", kind=FactKind.YES_NO, ask_at="report"),
    Fact(id="author_known", label="Kendes den, der har skrevet det?", kind=FactKind.YES_NO, ask_at="report"),
    Fact(id="author_anonymous", label="Er det skrevet anonymt?", kind=FactKind.YES_NO),
    Fact(id="author_relation", label="Den, der har skrevet, er", kind=FactKind.CHOICE, ask_at="report",
         values=_options(citizen="En borger", party="Part i en sag", relative="Pårørende", pupil="Elev eller barn",
                         colleague="En kollega", other="En anden")),
    Fact(id="author_age_band", label="Alder på den, der har skrevet", kind=FactKind.CHOICE,
         values=_options(under_15="Under 15 år", from_15_to_17="15-17 år", adult="18 år eller derover")),
    Fact(id="author_intent", label="Er det gjort med forsæt?", kind=FactKind.CHOICE,
         values=_options(deliberate="Med vilje", not_deliberate="Ikke med vilje",
                         cannot="Kan ikke gøre for det (sygdom, handicap)")),
    Fact(id="injury", label="Er der sket skade på krop eller psyke?", kind=FactKind.YES_NO),
    Fact(id="absence", label="Har der været fravær?", kind=FactKind.YES_NO),
    Fact(id="episodes", label="Antal episoder", kind=FactKind.NUMBER),
    Fact(id="family_hit", label="Er familie eller nærmeste også ramt?", kind=FactKind.YES_NO),
    Fact(id="colleagues_affected", label="Er kolleger berørt?", kind=FactKind.YES_NO),
)  # fmt: skip

CORE_EVENTS: tuple[Event, ...] = (
    Event(id="posted", label="Lagt op"),
    Event(id="discovered", label="Opdaget"),
    Event(id="reported", label="Meldt i Værn"),
    Event(id="evidence_secured", label="Bevis sikret"),
    Event(id="first_absence_day", label="Første fraværsdag"),
    Event(id="returned_to_work", label="Tilbage på arbejde"),
    Event(id="police_reported", label="Anmeldt til politiet"),
    Event(id="police_decided", label="Politiets afgørelse"),
    Event(id="removed", label="Fjernet fra nettet"),
)

CORE_CONSENTS: tuple[Consent, ...] = (
    Consent(id="police_report", question="Ønsker du, at det bliver anmeldt til politiet?"),
    Consent(id="inform_colleagues", question="Må dine kolleger få noget at vide, som I har aftalt?"),
    Consent(id="amr_reads", question="Må arbejdsmiljørepræsentanten læse, hvad sagen handler om?"),
    Consent(id="tr_reads", question="Må din tillidsrepræsentant være med i sagen?"),
)

NAMED_OUTCOMES = ("done", "declined", "not_relevant")
