"""What may be an offence is suggested by what is known, with where it is known from, and never concluded."""

from __future__ import annotations

from pathlib import Path

import pytest

from vaern.guideline.compose import compose
from vaern.guideline.composed import Composed
from vaern.guideline.load import load
from vaern.guideline.offences import suggested

PACKS = Path(__file__).resolve().parents[2] / "guidelines"


@pytest.fixture(scope="module", params=["brovst", "albertslund"])
def composed(request: pytest.FixtureRequest) -> Composed:
    return compose(load(PACKS / request.param), [load(PACKS / "national")])


@pytest.mark.parametrize(
    ("elements", "laws"),
    [
        (("threat_of_violence",), {"Straffeloven § 119, stk. 1"}),
        (("pursues",), {"Straffeloven § 119 a", "Straffeloven § 242"}),
        (("abuse", "photographed"), {"Straffeloven § 121", "Straffeloven § 264 a"}),
        (("private_shared",), {"Straffeloven § 264 d"}),
        (("serious_fear",), {"Straffeloven § 266"}),
        (("accusation",), {"Straffeloven §§ 268 og 269"}),
        (("none",), set()),
        (("unknown",), set()),
        ((), set()),
    ],
)
def test_what_was_answered_suggests_its_provisions_and_the_unknown_none(
    composed: Composed, elements: tuple[str, ...], laws: set[str]
) -> None:
    assert {one.legal[0].reference for one in suggested(composed, {"national_elements": elements})} == laws


def test_without_the_layer_there_are_none() -> None:
    assert compose(load(PACKS / "brovst"), []).pack.offences == ()


def test_what_is_not_verified_is_not_said(composed: Composed) -> None:
    by_law = {one.legal[0].reference: one for one in composed.pack.offences}
    assert {by_law[f"Straffeloven § {number}"].prosecution for number in ("121", "242")} == {"unknown"}
    assert not any("online" in one.report_by for one in composed.pack.offences)
    assert by_law["Straffeloven §§ 268 og 269"].report_by == ("court",)
