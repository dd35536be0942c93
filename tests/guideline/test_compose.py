"""A guideline with its overlays and layers laid together."""

from __future__ import annotations

from typing import get_args

import pytest

from tests.guideline.planner_kit import at, duty, pack, rows, say, together
from vaern.guideline import pack as format_
from vaern.guideline.compose import Composed, compose
from vaern.guideline.overlay import FIXED, WORDS
from vaern.guideline.pack import Part
from vaern.guideline.problem import PackProblems

TALK = duty("talk", title="Leder taler med den ramte", text="Leder og lederen. En leder.", clauses=["T1"])
NOTE = duty("note", title="Leder skriver notat", clauses=["T2"])
CLAUSES = [{"id": "T1", "title": "Leder taler"}, {"id": "T2", "title": "Notat"}]
BASE = pack(TALK, NOTE, clauses=CLAUSES)
SWAP = {"clause": "T1", "replace": "leder", "with": "skoleleder", "reason": "Enheden er en skole."}


def overlay(*duties: format_.Duty, **arrays: object) -> format_.Pack:
    return pack(*duties, name=str(arrays.pop("name", "unit")), kind="overlay", **{"parent": "test", **arrays})


def problems(*packs: format_.Pack) -> str:
    with pytest.raises(PackProblems) as refused:
        compose(packs[0], packs[1:])
    return str(refused.value)


def test_one_word_is_changed_in_all_that_carries_the_clause_and_nowhere_else() -> None:
    whole = compose(BASE, [overlay(overlays=[SWAP])])
    assert whole.duty["talk"].title == "Skoleleder taler med den ramte"
    assert whole.duty["talk"].text == "Skoleleder og lederen. En skoleleder."
    assert whole.label("clause:T1") == "Skoleleder taler"
    assert whole.duty["note"].title == "Leder skriver notat"
    assert whole.duty["talk"].owners == TALK.owners


def test_what_an_overlay_changed_comes_from_the_overlay() -> None:
    whole = compose(BASE, [overlay(overlays=[SWAP])])
    assert whole.layer_of("duty:talk") == "unit"
    assert whole.layer_of("duty:note") == "test"
    assert rows(whole)["talk"].layer == "unit"


def test_a_piece_with_clauses_of_its_own_is_judged_by_those() -> None:
    exception = {"when": {}, "reason": "En leder er der.", "clauses": ["T2"]}
    whole = compose(pack(duty("talk", text="En leder.", exceptions=[exception])), [overlay(overlays=[SWAP])])
    assert whole.duty["talk"].text == "En skoleleder."
    assert whole.duty["talk"].exceptions[0].reason == "En leder er der."


def test_law_is_not_reworded() -> None:
    legal = {"reference": "En leder", "text": "En leder", "certainty": "V", "checked_on": "2026-01-01", "source": "x"}
    whole = compose(pack(duty("talk", text="En leder.", legal=[legal])), [overlay(overlays=[SWAP])])
    assert whole.duty["talk"].legal[0].text == "En leder"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"replace": "rektor"}, "“rektor” står ikke"),
        ({"clause": "T9"}, "Punktet findes ikke"),
        ({"replace": "led"}, "“led”"),
    ],
)
def test_a_word_that_is_not_there_is_refused(change: dict[str, str], said: str) -> None:
    assert said in problems(BASE, overlay(overlays=[SWAP | change]))


def test_an_overlay_adds_and_replaces_by_id() -> None:
    whole = compose(BASE, [overlay(duty("note", title="Ny"), duty("more", title="Mere"))])
    assert [(one.id, one.title) for one in whole.pack.duties] == [
        ("talk", TALK.title),
        ("note", "Ny"),
        ("more", "Mere"),
    ]
    assert whole.layer_of("duty:note") == whole.layer_of("duty:more") == "unit"


def test_what_an_overlay_made_another_text_is_not_said_in_the_old_translation() -> None:
    fields = {"title": "Write a note", "ambiguities.0.text": "The first.", "ambiguities.1.text": "The second."}
    two = [{"against": ["T1"], "text": "Det første."}, {"against": ["T1"], "text": "Det andet."}]
    said = [{"of": "duty:note", "language": "en", "fields": fields}]
    base = pack(TALK, duty("note", title="Notat", ambiguities=two), clauses=CLAUSES, translations=said)
    assert compose(base).translated_text("duty:note", "Det andet.", "en") == "The second."
    whole = compose(base, [overlay(duty("note", title="Notat", ambiguities=two[1:]))])
    assert whole.translated_text("duty:note", "Det andet.", "en") is None
    assert whole.translated("duty:note", "title", "en") == "Write a note"


def test_overlays_are_laid_parents_first_whatever_order_they_come_in() -> None:
    team = overlay(name="team", parent="unit", overlays=[SWAP | {"replace": "skoleleder", "with": "afdelingsleder"}])
    unit = overlay(overlays=[SWAP])
    one, other = compose(BASE, [unit, team]), compose(BASE, [team, unit])
    assert one.duty["talk"].text == other.duty["talk"].text == "Afdelingsleder og lederen. En afdelingsleder."
    assert compose(team, [unit, BASE]).duty["talk"].text == one.duty["talk"].text


def test_a_layer_adds_beside_the_guideline_and_is_named() -> None:
    role = {"id": "police_contact", "name": "Kontakt", "kind": "secretariat"}
    layer = pack(duty("extra", owners={"roles": ["police_contact"]}), name="national", kind="layer", roles=[role])
    whole = compose(BASE, [layer])
    assert rows(whole)["extra"].layer == "national"
    assert whole.label("role:police_contact") == "Kontakt"
    assert [head.id for head in whole.layers] == ["national"]


def test_a_layers_duty_steps_back_where_the_guideline_has_its_own() -> None:
    own = duty("report", act="police_report")
    layer = pack(
        duty("law_report", act="police_report", stands_in_for="police_report"),
        duty("law_copy", after=[{"duty": "law_report"}], deadline={"anchor": "duty:law_report", "offset": {"days": 1}}),
        name="national",
        kind="layer",
    )
    with_own = compose(pack(own), [layer])
    assert "law_report" not in with_own.duty
    assert with_own.duty["law_copy"].after[0].duty == "report"
    assert with_own.duty["law_copy"].deadline == format_.Deadline(
        anchors=("duty:report",), offset=format_.Offset(days=1)
    )
    without = compose(BASE, [layer])
    assert without.duty["law_copy"].after[0].duty == "law_report"


def test_clocks_and_orders_of_a_layer_meet_the_duty_on_its_act() -> None:
    layer = pack(
        name="national",
        kind="layer",
        clocks=[{"id": "soon", "act": "report", "deadline": {"anchor": "event:discovered", "offset": {"hours": 72}}}],
        orders=[{"id": "evidence_first", "first": "evidence", "then": ["report"], "reason": "Opslag forsvinder."}],
    )
    whole = compose(pack(duty("keep", act="evidence"), duty("tell", act="report")), [layer])
    row = rows(whole, events={"discovered": at()})["tell"]
    assert (say(row), row.text) == ("waiting order keep", "Opslag forsvinder.")
    assert row.due == at(3)
    assert row.deadlines[0].layer == "national"


@pytest.mark.parametrize(
    ("packs", "said"),
    [
        (
            (BASE, pack(duty("talk"), name="national", kind="layer")),
            "national: duties 'talk': Id'et bruges også i test.",
        ),
        ((BASE, pack(name="other")), "Der kan kun være én retningslinje"),
        ((BASE, pack(name="national", kind="layer"), pack(name="national", kind="layer")), "to gange"),
        ((overlay(), pack(name="national", kind="layer")), "den pakke er ikke med"),
        ((BASE, pack(name="national", kind="layer", overlays=[SWAP])), "Kun en lokal udgave"),
        ((pack(duty("a", after=[{"duty": "gone"}])),), "Pligten gone findes ikke"),
        ((pack(duty("a", owners={"roles": ["ghost"]})),), "Rollen ghost findes ikke"),
        ((pack(duty("a", after=[{"duty": "b"}]), duty("b", after=[{"duty": "a"}])),), "venter på hinanden i ring"),
    ],
)
def test_what_does_not_fit_together_is_refused(packs: tuple[format_.Pack, ...], said: str) -> None:
    assert said in problems(*packs)


def test_a_layers_order_against_the_guidelines_own_is_refused() -> None:
    order = {"id": "o", "first": "evidence", "then": ["report"], "reason": "x"}
    layer = pack(name="national", kind="layer", orders=[order])
    own = pack(duty("tell", act="report"), duty("keep", act="evidence", after=[{"duty": "tell"}]))
    assert "venter på hinanden i ring" in problems(own, layer)


def test_two_overlays_in_a_ring_are_refused() -> None:
    ring = overlay(name="a", parent="b"), overlay(name="b", parent="a")
    assert "den pakke er ikke med" in problems(BASE, *ring)


# --- kept with the case ------------------------------------------------------------------------------------


def test_json_there_and_back() -> None:
    layer = pack(duty("extra"), name="national", kind="layer", translations=[
        {"of": "duty:extra", "language": "en", "fields": {"title": "Extra"}}])  # fmt: skip
    whole = compose(BASE, [overlay(overlays=[SWAP]), layer])
    again = Composed.from_json(whole.to_json())
    assert again == whole
    assert again.to_json() == whole.to_json()
    assert again.layer_of("duty:extra") == "national"
    assert again.translated("duty:extra", "title", "en") == "Extra"
    assert again.translated("duty:talk", "title", "en") is None
    assert rows(again) == rows(whole)


def test_the_digest_tells_two_versions_apart() -> None:
    assert together(TALK).digest != together(TALK, NOTE).digest
    assert together(TALK) == together(TALK)
    assert together(TALK) != together(NOTE)


@pytest.mark.parametrize("text", ["{}", "[]", '{"pack": {}, "layers": [], "origin": {}}', "nothing"])
def test_foreign_json_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Composed.from_json(text)


def test_labels() -> None:
    outcome = {"id": "agreed", "label": "Aftalt"}
    whole = together(duty("talk", title="Tal", outcomes=[outcome]))
    assert whole.label("duty:talk") == "Tal"
    assert whole.label("event:discovered") == "Opdaget"
    assert whole.label("duty:nobody") == "nobody"
    assert whole.option_label("platform", "sms") == "SMS eller MMS"
    assert whole.option_label("absence", "yes") == "yes"
    assert whole.outcome_label("talk", "agreed") == "Aftalt"
    assert whole.outcome_label("talk", "done") == "done"


def test_every_text_of_the_format_is_either_for_readers_or_left_alone() -> None:
    """A new field must be put in one of the two lists before an overlay meets it."""
    skipped = {"Head", "Governance", "Pack", "Overlay", "Translation", "Legal"}
    classes = [one for one in vars(format_).values() if isinstance(one, type) and issubclass(one, Part)]
    texts = {
        name
        for one in classes
        if one.__name__ not in skipped
        for name, field in one.model_fields.items()
        if str in _inside(field.annotation)
    }
    assert not texts - WORDS - FIXED
    assert not WORDS & FIXED


def _inside(annotation: object) -> set[object]:
    return {annotation} | {found for one in get_args(annotation) for found in _inside(one)}
