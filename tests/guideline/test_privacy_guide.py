"""The privacy guides: those that come along are whole, and a broken folder is refused with file, place and reason."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from vaern.guideline.core_facts import PLATFORMS
from vaern.guideline.privacy_guide import NEEDED, ORDER, PrivacyGuides, load_privacy_guides
from vaern.guideline.problem import PackProblems

OURS = Path(__file__).parents[2] / "guidelines" / "privacy"
TODAY = date(2026, 11, 27)


@pytest.fixture(scope="module")
def guides() -> PrivacyGuides:
    return load_privacy_guides(OURS, today=TODAY)


def test_there_is_one_for_each_profile_and_each_says_something_of_everything_in_order(guides: PrivacyGuides) -> None:
    ours = [one.guide.platform for one in guides.platforms]
    assert set(ours) == set(NEEDED)
    assert ours == [option.id for option in PLATFORMS if option.id in ours]
    for one in guides.platforms:
        said = [step.covers for step in one.steps]
        assert {*said} | {gap.covers for gap in one.left_out} == set(ORDER), one.guide.platform
        assert said == sorted(said, key=ORDER.index)


def test_evidence_is_secured_before_anybody_is_blocked(guides: PrivacyGuides) -> None:
    """Whoever blocks first cannot see the post any more."""
    assert "Gem beviset først" in guides.before[0].da
    for one in guides.platforms:
        assert all("beviset er gemt" in step.da for step in one.steps if step.covers == "block"), one.guide.platform


def test_what_was_not_tried_says_so(guides: PrivacyGuides) -> None:
    assert {one.guide.certainty for one in guides.platforms} == {"memory"}


def _without(old: str, new: str = "") -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        file = folder / "facebook.toml"
        text = file.read_text()
        assert old in text
        file.write_text(text.replace(old, new))

    return change


@pytest.mark.parametrize(
    ("change", "file", "words"),
    [
        (lambda folder: (folder / "privacy.toml").unlink(), "privacy.toml", "mangler tabellen"),
        (lambda folder: (folder / "tiktok.toml").unlink(), "tiktok.toml", "Vejledningen mangler"),
        (_without('platform = "facebook"', 'platform = "facebok"'), "facebook.toml", "Platformen kendes ikke"),
        (_without('platform = "facebook"', 'platform = "x"'), "facebook.toml", "skal hedde det samme"),
        (_without('covers = "tags"', 'covers = "old"'), "facebook.toml", "intet om tags"),
        (_without('covers = "audience"', 'covers = "block"'), "facebook.toml", "kommer for sent"),
        (_without("checked_on = 2026-11-27", "checked_on = 2027-11-28"), "facebook.toml", "fremtiden"),
        (_without("expires_on = 2027-05-27", "expires_on = 2026-05-27"), "facebook.toml", "ligger før"),
        (_without('certainty = "memory"', 'certainty = "sure"'), "facebook.toml", ""),
        (_without("Åbn Indstillinger", "Å" * 301), "facebook.toml", "for lang"),
        (_without("[[steps]]", "[[stps]]"), "facebook.toml", "findes ikke"),
    ],
)
def test_a_broken_folder_is_refused_with_file_and_reason(
    tmp_path: Path, change: Callable[[Path], None], file: str, words: str
) -> None:
    shutil.copytree(OURS, tmp_path / "privacy")
    change(tmp_path / "privacy")
    with pytest.raises(PackProblems) as refused:
        load_privacy_guides(tmp_path / "privacy", today=TODAY)
    assert any(problem.file == file and words in problem.sentence for problem in refused.value.problems)
