"""A guideline's words in the reader's language, or marked with the one it has."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils import translation

from vaern.guideline.composed import Composed
from vaern.guideline.facts import Row, State, Why
from vaern.guideline.pack import (
    ArisesFrom,
    Deadline,
    Duty,
    FulfilKind,
    Head,
    Modality,
    Offset,
    Owners,
    Pack,
    Phase,
    Repeat,
    Role,
    Translation,
)
from vaern.web.duty_texts import say_offset, say_repeat, say_state, say_why
from vaern.web.guideline_texts import Said, mark, say, say_label
from vaern.web.templatetags.guideline import dialled, marked, sentence

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def a_duty(id: str, **change: object) -> Duty:
    given: dict[str, object] = {
        "id": id, "phase": Phase.HANDLE, "title": f"Gør {id}", "owners": Owners(roles=("leder",)),
        "modality": Modality.MUST, "kind": FulfilKind.NOTE,
    }  # fmt: skip
    return Duty(**{**given, **change})  # type: ignore[arg-type]


def a_guideline(*duties: Duty) -> Composed:
    return Composed(
        Pack(
            pack=Head(id="lille", title="Lille", organisation="Fjordby", version="1", languages=("da", "en")),
            roles=(Role(id="leder", name="Lederen", kind="manager"),),
            duties=duties,
            translations=(
                Translation(of="duty:talk", language="en", fields={"title": "Talk", "deadline.missed": "Talk now"}),
            ),
        )
    )


def a_row(duty: str, **change: object) -> Row:
    given: dict[str, object] = {
        "id": duty, "clause": (), "layer": "lille", "owners": ("leder",), "owners_mode": "any", "modality": "must",
        "state": State.OWED, "why": Why.NONE, "refs": (), "text": "", "not_before": None, "due": None, "words": "",
        "deadlines": (), "repeats": "", "times_done": 0, "must_close": True, "settled_at": None,
    }  # fmt: skip
    return Row(**{**given, **change})  # type: ignore[arg-type]


LITTLE = a_guideline(a_duty("talk", deadline=Deadline(words="straks", missed="Tal nu")), a_duty("note"))


def test_a_translation_is_used_and_a_missing_one_is_marked() -> None:
    assert say(LITTLE, "duty:talk", "title", "en") == Said("Talk")
    assert say(LITTLE, "duty:note", "title", "en") == Said("Gør note", "da")
    assert say(LITTLE, "duty:note", "title", "da") == Said("Gør note")
    assert say_label(LITTLE, "role:leder", "en") == Said("Lederen", "da")
    assert mark(LITTLE, "duty:talk", "straks", "en") == Said("straks", "da")
    assert mark(LITTLE, "duty:talk", "Tal nu", "en") == Said("Talk now")
    assert mark(LITTLE, "duty:talk", "Tal nu", "da") == Said("Tal nu")
    assert mark(LITTLE, "duty:note", "Tal nu", "en") == Said("Talk now"), "what comes from elsewhere is found there"


def test_what_is_not_there_is_empty() -> None:
    assert not say(LITTLE, "duty:none", "title", "da")
    assert not say(LITTLE, "duty:talk", "no_such_field", "da")


def test_vaerns_own_words_are_in_its_own_catalogue() -> None:
    with translation.override("da"):
        assert say_label(LITTLE, "fact:absence", "da") == Said("Har der været fravær?")


def test_marked_text_carries_its_language_and_never_markup() -> None:
    assert marked(Said("<b>straks</b>", "da")) == '<span lang="da">&lt;b&gt;straks&lt;/b&gt;</span>'
    assert marked(Said("<b>")) == "&lt;b&gt;"
    assert marked("<i>") == "&lt;i&gt;"


def test_a_title_that_is_a_question_gets_no_full_stop() -> None:
    assert sentence(Said("Svar ikke", "da")) == '<span lang="da">Svar ikke</span>.'
    assert sentence("Er du kollega?") == "Er du kollega?"


@pytest.mark.parametrize(
    ("phone", "address"), [("60 11 11 44", "60111144"), ("+45 60111144", "+4560111144"), ("114", "114")]
)
def test_a_number_becomes_what_a_phone_dials(phone: str, address: str) -> None:
    assert dialled(phone) == address


@pytest.mark.parametrize("why", list(Why))
def test_every_reason_has_a_sentence_without_a_hole(why: Why) -> None:
    refs = {Why.FACT_UNKNOWN: "absence", Why.WISH_UNKNOWN: "amr_reads", Why.WISH_NO: "amr_reads"}
    refs |= {Why.EVENT: "discovered", Why.ANCHOR_UNKNOWN: "event:discovered", Why.NO_OWNER: "leder"}
    refs |= {Why.OUTSIDER: "leder"}
    text = "Fordi." if why is Why.EXCEPTION else ""
    row = a_row("note", state=State.WAITING, why=why, refs=(refs.get(why, "talk"),), not_before=NOW, text=text)
    said = say_why(LITTLE, row, "da")
    assert bool(said) is (why not in (Why.NONE, Why.OUTCOME))
    assert "%(" not in said
    assert refs.get(why, "x") not in said.split()


def test_a_duty_that_another_calls_forth_says_by_which_ending() -> None:
    composed = a_guideline(a_duty("talk"), a_duty("note", arises_from=(ArisesFrom(duty="talk"),)))
    row = a_row("note", state=State.WAITING, why=Why.ARISES, refs=("talk",))
    assert say_why(composed, row, "da") == "Bliver kun til en opgave, hvis “Gør talk” ender sådan: valgt fra."


def test_in_english_the_guidelines_own_words_are_marked_among_ours() -> None:
    composed = a_guideline(a_duty("note"), a_duty("late", arises_from=(ArisesFrom(duty="note"),)))
    row = a_row("late", state=State.WAITING, why=Why.ARISES, refs=("note",), text="Fordi <så>.")
    with translation.override("en"):
        assert say_why(composed, row, "en") == (
            'Only becomes a task if “<span lang="da">Gør note</span>” ends like this: declined. '
            '<span lang="da">Fordi &lt;så&gt;.</span>'
        )


@pytest.mark.parametrize(
    ("modality", "words"),
    [("must", "Skal gøres"), ("should", "Bør gøres"), ("may", "Kan gøres"), ("must_not", "Må ikke ske")],
)
def test_what_is_owed_is_said_as_strongly_as_the_guideline_says_it(modality: str, words: str) -> None:
    assert say_state(a_row("note", modality=modality)) == words
    assert say_state(a_row("note", modality=modality, state=State.DONE)) == "Gjort"


@pytest.mark.parametrize(
    ("offset", "words"),
    [
        (Offset(months=3), "hver 3. måned"),
        (Offset(weeks=1), "hver uge"),
        (Offset(days=7), "hver 7. dag"),
        (Offset(workdays=2), "hver 2. arbejdsdag"),
        (Offset(hours=1), "hver time"),
        (None, ""),
    ],
)
def test_a_recurrence_is_said_in_plain_words(offset: Offset | None, words: str) -> None:
    assert say_offset(offset) == words


def test_a_recurrence_names_its_end() -> None:
    repeat = Repeat(every=Offset(months=3), until="event:police_decided")
    assert say_repeat(LITTLE, repeat, "da") == "Det gentages: hver 3. måned. Indtil: Politiets afgørelse."
    assert say_repeat(LITTLE, Repeat(continuous=True), "da") == "Det sker løbende."
    assert say_repeat(LITTLE, None, "da") == ""
