"""The packs that come with Værn: they load, they hold, and they carry every clause of their source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest

from vaern.guideline.check import check
from vaern.guideline.compose import compose
from vaern.guideline.composed import KINDS
from vaern.guideline.coverage import coverage
from vaern.guideline.facts import CaseFacts, Done, Row, State, Why, type_Value
from vaern.guideline.load import ENTRY, Loaded, load_with_files
from vaern.guideline.overlay import WORDS
from vaern.guideline.pack import Duty, Gate, Pack, Part
from vaern.guideline.plan import plan
from vaern.guideline.texts import texts_of

ROOT = Path(__file__).parents[2] / "guidelines"
NAMES = tuple(sorted(folder.name for folder in ROOT.iterdir() if (folder / "pack.toml").is_file()))
TODAY = date(2026, 11, 21)
SHOWN = ("example", "example_unit", "example_layer", "care")
"""The packs that together show every construct: an overlay changes words, a layer has clocks, one suggests."""


@cache
def loaded(name: str) -> Loaded:
    return load_with_files(ROOT / name)


def pack(name: str) -> Pack:
    return loaded(name).pack


def others(name: str) -> Mapping[str, Pack]:
    return {other: pack(other) for other in NAMES if other != name}


def duty(name: str, wanted: str) -> Duty:
    return next(each for each in pack(name).duties if each.id == wanted)


# --- all packs -------------------------------------------------------------------------------------------


def test_the_packs_are_these() -> None:
    assert NAMES == (
        "albertslund", "brovst", "care", "example", "example_layer", "example_unit", "national",
    )  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_pack_is_named_after_its_folder_and_has_no_fault(name: str) -> None:
    assert pack(name).pack.id == name
    problems = check(pack(name), others(name), files=loaded(name).files, today=TODAY)
    assert [str(problem) for problem in problems] == []


@pytest.mark.parametrize("name", ["albertslund", "brovst", "example"])
def test_national_layer_lies_on_every_guideline(name: str) -> None:
    composed = compose(pack(name), [pack("national")])
    assert composed.layer_of("passage:national_119a") == "national"
    assert composed.layer_of(f"duty:{pack(name).duties[0].id}") == name


@pytest.mark.parametrize("name", NAMES)
def test_no_duty_of_a_case_lies_before_it(name: str) -> None:
    assert not [each.id for each in pack(name).duties if each.phase == "before"]


# --- the two sources, clause by clause -------------------------------------------------------------------


@pytest.mark.parametrize(("name", "letter", "first", "last"), [("brovst", "B", 1, 51), ("albertslund", "A", 0, 53)])
def test_every_clause_of_the_source_is_there_and_accounted_for(name: str, letter: str, first: int, last: int) -> None:
    rows = coverage(pack(name))
    assert [row.clause for row in rows] == [f"{letter}{number}" for number in range(first, last + 1)]
    assert [row.clause for row in rows if not row.accounted] == []


def test_only_page_furniture_is_carried_by_nothing() -> None:
    assert [row.clause for name in ("brovst", "albertslund") for row in coverage(pack(name)) if row.reason] == ["A0"]


def test_nothing_is_invented_for_brovst() -> None:
    brovst = pack("brovst")
    acts = {each.act for each in brovst.duties}
    assert not acts & {"secure_evidence", "police_report", "remove_content", "follow_up_affected"}
    assert not brovst.definitions
    assert not brovst.facts
    assert brovst.pack.silence_days is None
    assert brovst.pack.governance.decided == "unknown"
    assert not [role.id for role in brovst.roles if role.fallback]


def test_nothing_is_invented_for_albertslund() -> None:
    albertslund = pack("albertslund")
    acts = {each.act for each in albertslund.duties}
    assert not acts & {"crisis_help", "letter_to_author", "keep_informed", "inform_colleagues", "notify_head"}
    assert not albertslund.contacts
    assert not albertslund.letters
    assert albertslund.pack.silence_days is None
    governance = albertslund.pack.governance
    assert (governance.decided, governance.published, governance.updated) == (
        date(2020, 12, 16),
        date(2021, 6, 14),
        date(2021, 9, 2),
    )


@pytest.mark.parametrize("name", ["brovst", "albertslund"])
def test_deadlines_in_words_stay_in_words(name: str) -> None:
    deadlines = [each.deadline for each in pack(name).duties if each.deadline]
    assert deadlines
    assert all(each.words and each.offset is None and not each.own for each in deadlines)


@pytest.mark.parametrize(
    ("name", "of", "against"),
    [
        ("brovst", "agree_psychologist", "B29"),
        ("brovst", "contact_psychologist", "B25"),
        ("brovst", "report_to_leader", "B1"),
        ("brovst", "letter_to_author", "B40"),
        ("brovst", "refer_to_secretariat", "B50"),
        ("albertslund", "police_report", "A34"),
        ("albertslund", "decline_note", "A32"),
        ("albertslund", "remove_content", "A29"),
        ("albertslund", "offer_to_join", "A32"),
        ("albertslund", "secure_evidence", "A22"),
    ],
)
def test_what_can_be_read_in_two_ways_is_shown_on_the_duty(name: str, of: str, against: str) -> None:
    assert against in {clause for each in duty(name, of).ambiguities for clause in each.against}


def test_numbers_of_the_source_carry_over() -> None:
    crisis = next(each for each in pack("brovst").contacts if each.crisis)
    assert (crisis.phone, crisis.ean, crisis.hours) == ("60111144", "5798003951164", "døgnet rundt")
    assert {each.times_a_year for each in pack("albertslund").standing if each.id == "evaluate"} == {2}


def test_declining_the_police_report_makes_the_note_and_its_registration() -> None:
    for wanted, register in (("decline_note", None), ("register_decline_note", "insubiz")):
        arises = duty("albertslund", wanted).arises_from
        assert [(each.duty, each.outcomes) for each in arises] == [("police_report", ("declined",))]
        assert duty("albertslund", wanted).register_ == register


def test_leader_contributes_where_the_source_says_contribute() -> None:
    contributing = {each.id for each in pack("albertslund").duties if each.owners.contributes}
    assert contributing == {"remove_content", "contact_author", "police_report", "apv_plan", "register_apv"}


# --- the layer -------------------------------------------------------------------------------------------


def test_each_legal_reference_has_its_source_and_the_day_it_was_compared() -> None:
    national = pack("national")
    assert not [each.id for each in national.passages if not each.legal]
    assert all(each.legal or each.deadline for each in national.duties)
    assert all(each.deadline.reference and each.deadline.certainty for each in national.clocks)


def test_layer_steps_back_where_the_guideline_speaks_itself() -> None:
    albertslund = compose(pack("albertslund"), [pack("national")]).duty
    assert "national_decide_police_report" not in albertslund
    assert "national_evidence_first" not in albertslund
    brovst = compose(pack("brovst"), [pack("national")]).duty
    assert {"national_decide_police_report", "national_evidence_first"} <= brovst.keys()


# --- a whole case ----------------------------------------------------------------------------------------

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
KNOWN: dict[str, type_Value] = {"absence": "no", "colleagues_affected": "yes"}
SEVERE: dict[str, type_Value] = {"severity": "grave", "author_relation": "citizen"}


def walk(guideline: str, layers: Sequence[str] = (), **outcomes: str) -> tuple[list[str], tuple[Row, ...]]:
    """Does whatever is owed, one duty after another, and always whatever `outcomes` says of it; ids in the order
    done, and the plan at the end."""
    composed = compose(pack(guideline), [pack(layer) for layer in layers])
    facts = KNOWN | (SEVERE if guideline == "example" else {})
    consents: dict[str, Literal["yes", "no", "unknown"]] = {"police_report": "yes", "inform_colleagues": "yes"}
    events = {"discovered": START, "reported": START}
    done: list[Done] = []
    for step in range(200):
        now = START + timedelta(minutes=step)
        case = CaseFacts(facts=facts, events=events, consents=consents, done=tuple(done))
        rows = plan(composed, case, now)
        owed = next((row for row in rows if row.state is State.OWED and (not row.times_done or row.must_close)), None)
        if owed is None:
            return [each.duty for each in done], rows
        done.append(Done(owed.id, now, outcomes.get(owed.id, "done"), owed.owners[0]))
    raise AssertionError("the case never comes to rest")


@pytest.mark.parametrize("layers", [(), ("national",)])
@pytest.mark.parametrize("guideline", ["brovst", "albertslund", "example"])
def test_doing_all_that_is_owed_lets_the_case_close(guideline: str, layers: tuple[str, ...]) -> None:
    outcomes = {"approve_police_report": "approved", "national_decide_police_report": "report"}
    done, rows = walk(guideline, layers, **outcomes)
    assert [row.id for row in rows if row.must_close] == []
    settled = {State.DONE, State.NOT_RELEVANT}
    open_musts = [row for row in rows if row.modality == "must" and row.state not in settled and not row.times_done]
    assert [row.id for row in open_musts if row.why is not Why.ARISES] == []
    assert {row.id for row in rows if row.state is State.DONE} <= set(done)


def test_albertslund_declined_police_report_is_noted_and_registered_before_closing() -> None:
    done, rows = walk("albertslund", police_report="declined")
    assert done.index("police_report") < done.index("decline_note") < done.index("register_decline_note")
    assert [row.id for row in rows if row.must_close] == []


def test_albertslund_reported_case_needs_no_note() -> None:
    done, _ = walk("albertslund")
    assert "decline_note" not in done
    assert "register_decline_note" not in done


def test_brovst_colleagues_hear_nothing_when_nothing_is_agreed() -> None:
    done, rows = walk("brovst", agree_colleague_information="declined")
    assert "inform_colleagues" not in done
    assert [row.id for row in rows if row.must_close] == []


def test_brovst_letter_waits_for_the_evidence_only_with_the_layer() -> None:
    alone, _ = walk("brovst")
    assert "national_evidence_first" not in alone
    with_layer, _ = walk("brovst", ("national",))
    assert with_layer.index("national_evidence_first") < with_layer.index("letter_to_author")


# --- English ---------------------------------------------------------------------------------------------

PROPER_NAMES = {"register:safetynet name", "register:insubiz name", "register:defgo name"}


@pytest.mark.parametrize("name", ["albertslund", "brovst", "national", "care"])
def test_everything_on_the_screens_has_an_english_text(name: str) -> None:
    """But for letters, which have a language each. A layer's roles
    are those of the guideline it is laid on, which has the words for them."""
    english = {each.of: each.fields for each in pack(name).translations if each.language == "en"}
    missing = {
        f"{kind}:{entry.id} {path}"
        for array, kind in KINDS.items()
        for entry in getattr(pack(name), array)
        for path, text in texts_of(entry).items()
        if text and WORDS & {*path.split(".")} and path not in english.get(f"{kind}:{entry.id}", {})
        if kind != "letter" and (kind != "role" or pack(name).pack.kind == "guideline")
    }
    assert missing - PROPER_NAMES == set()


# --- the example shows every construct -------------------------------------------------------------------


def parts(value: object) -> Iterator[Part]:
    if isinstance(value, Part):
        yield value
        for field in type(value).model_fields:
            yield from parts(getattr(value, field))
    elif isinstance(value, tuple):
        for each in value:
            yield from parts(each)


def shown() -> list[Part]:
    return [part for name in SHOWN for part in parts(pack(name))]


def classes() -> set[type[Part]]:
    found: set[type[Part]] = set()
    waiting: list[type[Part]] = [Part]
    while waiting:
        waiting += (below := waiting.pop().__subclasses__())
        found.update(each for each in below if each.__module__ == Part.__module__)
    return found


def is_set(part: Part, field: str) -> bool:
    info = type(part).model_fields[field]
    return info.is_required() or getattr(part, field) != info.get_default(call_default_factory=True)


SAID_OUT_LOUD = {(("Head", "language"))}
"""Fields the example can only state as they are by default: it is written in Danish."""


def test_classes_of_the_format_are_found() -> None:
    assert {Duty, Gate, Pack} | set(ENTRY.values()) <= classes()


@pytest.mark.parametrize("table", sorted(classes(), key=lambda each: each.__name__), ids=lambda each: each.__name__)
def test_example_sets_every_field(table: type[Part]) -> None:
    written = [part for part in shown() if type(part) is table]
    never = [
        field
        for field in table.model_fields
        if not any(is_set(part, field) for part in written)
        if not ((table.__name__, field) in SAID_OUT_LOUD and any(field in part.model_fields_set for part in written))
    ]
    assert never == []


def allowed(annotation: Any) -> set[str]:
    """The words a field may hold when it is a closed list, however deep in tuples and unions it stands."""
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return {each.value for each in annotation}
    if get_origin(annotation) is Literal:
        return {each for each in get_args(annotation) if isinstance(each, str) and each != "unknown"}
    return {word for inner in get_args(annotation) for word in allowed(inner)}


NEVER_USED = {"phase": {"before"}}
"""What comes before a case is a standing duty, never a duty of the case."""


def lists_of_words() -> dict[tuple[str, frozenset[str]], set[str]]:
    """(field, its words) -> the words that are used; the same list in two tables counts once."""
    used: dict[tuple[str, frozenset[str]], set[str]] = {}
    for table in classes():
        for field, info in table.model_fields.items():
            if words := allowed(info.annotation):
                used.setdefault((field, frozenset(words)), set())
    for part in shown():
        for field, info in type(part).model_fields.items():
            value = getattr(part, field)
            words = {str(each) for each in (value if isinstance(value, tuple) else (value,))}
            if (key := (field, frozenset(allowed(info.annotation)))) in used:
                used[key] |= words
    return used


def test_example_uses_every_word_of_every_closed_list() -> None:
    unused = {
        field: sorted(words - used - NEVER_USED.get(field, set())) for (field, words), used in lists_of_words().items()
    }
    assert {field: words for field, words in unused.items() if words} == {}


def test_overlay_changes_one_word_in_one_clause() -> None:
    composed = compose(pack("example_unit"), [pack("example")])
    assert composed.duty["talk_to_parents"].title == "Tal med familien"
    changed = {each.id for each in pack("example").duties if composed.duty[each.id] != each}
    assert changed == {"talk_to_parents"}
