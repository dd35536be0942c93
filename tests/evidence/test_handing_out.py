"""What exports and letters take when something is masked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from vaern.core.refusal import Refusal
from vaern.evidence.facts import Box, Item
from vaern.evidence.rules import BOXES_MAX, KINDS, check_boxes, for_handing_out, held_back, masks, may_set_aside

NOW = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)
CASE = uuid4()


def item(number: int, of: Item | None = None, made_by: str = "", kind: str = "png") -> Item:
    return Item(
        id=UUID(int=number), organisation_id=1, case_id=CASE, draft_id=None, number=number, name=f"{number}",
        kind=KINDS[kind], size=1, sha256="0" * 64, note="", added_by=7, added_at=NOW, taken_at=None, width=None,
        height=None, blurred=None, derived_from=of.id if of else None, made_by=made_by,
    )  # fmt: skip


def looking(like: str, one: Item) -> Item:
    return replace(one, look=like * 32)


def aside(mask: Item) -> Item:
    return replace(mask, set_aside_at=NOW)


ONE, TWO = item(1), item(2)
MASK, NEWER = item(3, ONE, "mask"), item(4, ONE, "mask")
MAIL = item(5, kind="eml")
PICTURE, OTHER = item(6, MAIL, "attachment"), item(7, MAIL, "attachment")
PAGE = item(8)
AGAIN, UNLIKE = looking("a", item(12)), looking("5", item(13))
SHOT, SAVED = item(9, PAGE, "capture"), item(10, PAGE, "capture", "mhtml")


@pytest.mark.parametrize(
    ("items", "out"),
    [
        ([], []),
        ([ONE, TWO], [1, 2]),
        ([ONE, TWO, MASK], [3, 2]),
        ([ONE, MASK, NEWER], [4]),
        ([NEWER, MASK, ONE], [4]),
        ([ONE, MASK, aside(NEWER)], [3]),
        ([ONE, aside(MASK), aside(NEWER)], [1]),
        ([MAIL, PICTURE, OTHER], [5, 6, 7]),
        ([MAIL, PICTURE, OTHER, item(11, PICTURE, "mask")], [11, 7]),
        ([MAIL, PICTURE, item(11, PICTURE, "mask"), item(12, MAIL, "mask", "txt")], [12, 11]),
        ([MAIL, PICTURE, OTHER, item(11, MAIL, "mask", "txt")], [11, 6, 7]),
        ([PAGE, SHOT, SAVED, item(11, SHOT, "mask")], [11]),
        ([PAGE, SHOT, SAVED, item(11, PAGE, "mask")], [11]),
        ([PAGE, SHOT, SAVED, aside(item(11, SHOT, "mask"))], [8, 9, 10]),
        ([looking("a", ONE), MASK, AGAIN, UNLIKE], [3, 13]),
        ([looking("a", ONE), MASK, AGAIN, item(14, AGAIN, "mask")], [3, 14]),
        ([ONE, MASK, AGAIN], [3, 12]),
    ],
)
def test_the_newest_mask_that_counts_stands_for_its_original(items: list[Item], out: list[int]) -> None:
    assert [one.number for one in for_handing_out(items)] == out
    assert [one.number for one in for_handing_out(iter(items))] == out


def test_somebody_with_the_right_lets_the_original_out_and_what_it_came_in() -> None:
    everything = [MAIL, PICTURE, OTHER, item(11, PICTURE, "mask")]
    assert [one.number for one in for_handing_out(everything, originals={PICTURE.id})] == [5, 6, 7]
    assert [one.number for one in for_handing_out(everything, originals={MAIL.id})] == [5, 11, 7]


def test_what_is_held_back_is_named() -> None:
    assert [one.number for one in held_back([MAIL, PICTURE, OTHER, item(11, PICTURE, "mask")])] == [5]
    assert held_back([ONE, MASK]) == []
    assert masks([ONE, MASK, NEWER]) == {ONE.id: NEWER}


HERS = replace(MASK, added_by=1, how={"by_affected": True})


@pytest.mark.parametrize(
    ("mask", "who", "relations", "code"),
    [
        (MASK, 7, {"manager"}, ""),
        (MASK, 8, {"secretariat"}, ""),
        (HERS, 1, {"affected"}, ""),
        (HERS, 7, {"manager"}, "her_mask"),
        (MASK, 1, {"affected"}, "not_your_mask"),
        (aside(MASK), 7, {"manager"}, "mask_aside"),
        (ONE, 7, {"manager"}, "not_a_mask"),
    ],
)
def test_who_may_set_a_mask_aside(mask: Item, who: int, relations: set[str], code: str) -> None:
    refused = may_set_aside(mask, actor_id=who, relations=relations, reason="Forkert")
    assert (refused.code if refused else "") == code


def test_a_reason_is_owed() -> None:
    refused = may_set_aside(MASK, actor_id=7, relations={"manager"}, reason=" \n")
    assert isinstance(refused, Refusal)
    assert (refused.code, refused.field) == ("no_reason", "reason")


@pytest.mark.parametrize(
    ("boxes", "code"),
    [
        ([Box(0, 0, 1, 1)], ""),
        ([Box(9999, 9999, 10_000, 10_000)], ""),
        ([Box(0, 0, 0, 1)], "box_outside"),
        ([Box(0, 0, 1, 1), Box(10_000, 0, 1, 1)], "box_outside"),
        ([Box(-1, 0, 1, 1)], "box_outside"),
        ([Box(0, 0, 1, 1)] * (BOXES_MAX + 1), "too_much_covered"),
    ],
)
def test_a_box_lies_on_the_picture(boxes: list[Box], code: str) -> None:
    refused = check_boxes(boxes)
    assert (refused.code if refused else "") == code
