"""Conditions have three answers; unknown only where it makes a difference."""

from __future__ import annotations

from typing import Any

import pytest

from vaern.guideline.conditions import holds, unknown_facts
from vaern.guideline.core_facts import CORE_FACTS
from vaern.guideline.pack import Condition, Fact

KNOWN = {fact.id: fact for fact in CORE_FACTS} | {
    "severity": Fact.model_validate(
        {"id": "severity", "label": "Alvor", "kind": "scale",
         "values": [{"id": "mild", "label": "Mild"}, {"id": "hard", "label": "Hård"}, {"id": "grave", "label": "Grov"}]}
    ),
    "hearing": Fact.model_validate({"id": "hearing", "label": "Høring", "kind": "date"}),
}  # fmt: skip

YES = {"fact": "absence", "is": ["yes"]}
INJURED = {"fact": "injury", "is": ["yes"]}


def condition(**parts: Any) -> Condition:
    return Condition.model_validate(parts)


@pytest.mark.parametrize(
    ("test", "value", "answer"),
    [
        (YES, "yes", True),
        (YES, True, True),
        (YES, "no", False),
        (YES, False, False),
        (YES, "unknown", None),
        (YES, None, None),
        ({"fact": "absence", "is": ["no", "unknown"]}, None, True),
        ({"fact": "absence", "is": ["no", "unknown"]}, "yes", False),
        ({"fact": "category", "is": ["threat", "bullying"]}, ("rumour", "threat"), True),
        ({"fact": "category", "is": ["threat"]}, ("rumour",), False),
        ({"fact": "category", "is": ["threat"]}, ("rumour", "unknown"), None),
        ({"fact": "category", "is": ["threat"]}, ("threat", "unknown"), True),
        ({"fact": "category", "is": ["threat"]}, (), None),
        ({"fact": "severity", "at_least": "hard"}, "grave", True),
        ({"fact": "severity", "at_least": "hard"}, "hard", True),
        ({"fact": "severity", "at_least": "hard"}, "mild", False),
        ({"fact": "severity", "at_most": "hard"}, "grave", False),
        ({"fact": "severity", "at_least": "hard", "at_most": "hard"}, "hard", True),
        ({"fact": "severity", "at_least": "hard"}, "no_such_step", None),
        ({"fact": "episodes", "at_least": 3}, 3, True),
        ({"fact": "episodes", "at_least": 3}, 2, False),
        ({"fact": "episodes", "at_most": 9}, 10, False),
        ({"fact": "episodes", "is": ["2"]}, 2, True),
        ({"fact": "episodes", "at_least": 1}, 0, False),
        ({"fact": "hearing", "at_least": "2026-02-01"}, "2026-10-01", True),
        ({"fact": "hearing", "at_least": "2026-02-01"}, "2025-12-31", False),
        ({"fact": "nobody_declared_it", "at_least": 1}, 5, None),
    ],
)
def test_one_test_against_one_value(test: dict[str, Any], value: Any, answer: bool | None) -> None:
    values = {} if value is None else {test["fact"]: value}
    assert holds(condition(all=[test]), values, KNOWN) is answer


@pytest.mark.parametrize(
    ("parts", "values", "answer"),
    [
        ({}, {}, True),
        ({"all": [YES, INJURED]}, {"absence": "no"}, False),  # the unknown one makes no difference
        ({"all": [YES, INJURED]}, {"absence": "yes"}, None),
        ({"any": [YES, INJURED]}, {"absence": "yes"}, True),
        ({"any": [YES, INJURED]}, {"absence": "no"}, None),
        ({"any": [YES, INJURED]}, {"absence": "no", "injury": "no"}, False),
        ({"none": [YES]}, {"absence": "no"}, True),
        ({"none": [YES]}, {"absence": "yes"}, False),
        ({"none": [YES]}, {}, None),
        ({"all": [YES], "none": [INJURED]}, {"absence": "yes", "injury": "yes"}, False),
        ({"all": [YES], "any": [INJURED], "none": [INJURED]}, {"absence": "yes", "injury": "yes"}, False),
    ],
)
def test_parts_of_a_condition(parts: dict[str, Any], values: dict[str, Any], answer: bool | None) -> None:
    assert holds(condition(**parts), values, KNOWN) is answer


def test_only_the_missing_facts_are_asked_for() -> None:
    asked = condition(all=[YES], any=[INJURED, {"fact": "danger_now", "is": ["yes"]}], none=[YES])
    assert unknown_facts(asked, {"injury": "no"}, KNOWN) == ("absence", "danger_now")
