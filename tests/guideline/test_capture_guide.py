"""The capture guides: those that come along are whole, and a broken folder is refused with file, place and reason."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from vaern.guideline.capture_guide import (
    DEVICES,
    NEEDED,
    ORDER,
    OWED,
    CaptureGuides,
    guide_schema,
    is_capture_folder,
    load_guides,
)
from vaern.guideline.core_facts import PLATFORMS
from vaern.guideline.problem import PackProblems

OURS = Path(__file__).parents[2] / "guidelines" / "capture"
TODAY = date(2026, 11, 26)


@pytest.fixture(scope="module")
def guides() -> CaptureGuides:
    return load_guides(OURS, today=TODAY)


def test_there_is_a_guide_for_each_platform_in_the_order_of_the_report(guides: CaptureGuides) -> None:
    ours = [one.guide.platform for one in guides.platforms]
    assert set(NEEDED) <= set(ours)
    assert ours == [option.id for option in PLATFORMS if option.id in ours]
    assert guides.of("other") is None


def test_each_says_on_each_device_what_to_capture_and_in_which_order(guides: CaptureGuides) -> None:
    for one in guides.platforms:
        for device in DEVICES:
            said = [step.captures for step in one.steps_on(device)]
            left = {gap.captures for gap in one.left_out_on(device)}
            assert {*said} | left >= set(OWED), (one.guide.platform, device)
            assert said == sorted(said, key=ORDER.index)


def test_what_was_not_tried_says_so(guides: CaptureGuides) -> None:
    assert {one.guide.certainty for one in guides.platforms} == {"memory"}


def test_a_guide_is_old_the_day_after_it_expires(guides: CaptureGuides) -> None:
    one = guides.platforms[0]
    assert not one.is_old(one.guide.expires_on)
    assert one.is_old(one.guide.expires_on + timedelta(days=1))


def test_both_languages_are_there_and_are_two(guides: CaptureGuides) -> None:
    texts = [text for one in guides.platforms for text in (*one.steps, *one.left_out)]
    assert len(texts) > 60
    assert [text.da for text in texts if text.said("da") == text.said("en")] == []


def test_the_schema_is_one_an_editor_can_use() -> None:
    made = json.loads(json.dumps(guide_schema()))
    assert {"guide", "steps", "left_out"} <= made["properties"].keys()


def broken(tmp_path: Path, name: str, change: Callable[[str], str]) -> tuple[str, ...]:
    folder = tmp_path / "capture"
    shutil.copytree(OURS, folder)
    path = folder / name
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(PackProblems) as refused:
        load_guides(folder, today=TODAY)
    return tuple(map(str, refused.value.problems))


def swap(old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change


FAULTS: tuple[tuple[str, Callable[[str], str], str], ...] = (
    ("x.toml", swap("[guide]", "[guide"), "x.toml: linje 1, kolonne 7"),
    ("x.toml", swap("[guide]", "[guides]"), "x.toml: guide: Tabellen [guide] mangler."),
    ("x.toml", swap("[guide]", "[guides]"), "x.toml: guides: Tabellen findes ikke i en vejledning."),
    ("x.toml", swap('platform = "x"', 'platform = "myspace"'), "x.toml: guide › platform: Platformen kendes ikke."),
    ("x.toml", swap('platform = "x"', 'platform = "tiktok"'), "x.toml: guide › platform: Filen skal hedde det samme"),
    ("x.toml", swap("checked_on = 2026", "checked_on = 2027"), "x.toml: guide › checked_on: Datoen ligger ude i fremt"),
    ("x.toml", swap("expires_on = 2027", "expires_on = 2025"), "x.toml: guide › expires_on: Datoen ligger før"),
    (
        "x.toml",
        swap("checked_on = 2026-11-25", 'checked_on = "i går"'),
        "x.toml: guide › checked_on: Her skal stå en dato",
    ),
    (
        "x.toml",
        swap('"memory"', '"sure"'),
        "x.toml: guide › certainty: Værdien kan ikke bruges. Vælg mellem: tried, mem",
    ),
    ("x.toml", swap('owner = "Værn"\n', ""), "x.toml: guide › owner: Det mangler"),
    (
        "x.toml",
        swap('captures = "time"', 'captures = "mood"'),
        "x.toml: steps nr. 4 › captures: Værdien kan ikke bruges.",
    ),
    ("x.toml", swap('captures = "time"', 'captures = "profile"'), "x.toml: steps: Der står intet om time på phone."),
    (
        "x.toml",
        swap('captures = "post"', 'captures = "thread"'),
        "x.toml: steps (phone) nr. 2: address: Trinnet kommer fo",
    ),
    ("x.toml", swap("[[steps]]", "[steps]"), "x.toml: linje"),
    ("x.toml", swap('\nen = "', '\nfr = "'), "x.toml: steps nr. 1 › en: Det mangler"),
    ("x.toml", swap('\nda = "', '\nda = "' + "x" * 301), "x.toml: steps nr. 1: Teksten er for lang"),
    ("sms.toml", swap('captures = "address"', 'captures = "post"'), "sms.toml: steps: Der er både et trin for post på"),
    ("sms.toml", swap("[[left_out]]", "[[udeladt]]"), "sms.toml: udeladt: Tabellen findes ikke i en vejledning."),
    ("capture.toml", swap("[capture]", "[kaptajn]"), "capture.toml: capture: Filen capture.toml mangler tabellen"),
    ("capture.toml", swap("[[before]]", "[before]"), "capture.toml: linje"),
    ("capture.toml", swap('on = ["phone"]', 'on = ["fax"]'), "capture.toml: screenshot nr. 1 › on"),
    ("capture.toml", lambda _: "capture = 1\n", "capture.toml: capture: Her skal stå en tabel."),
    (
        "capture.toml",
        lambda text: 'before = "x"\n' + text.split("[[before]]")[0],
        "capture.toml: before: Skriv tabellen med",
    ),
)


@pytest.mark.parametrize(("name", "change", "said"), FAULTS)
def test_a_broken_guide_is_refused_with_file_place_and_reason(
    tmp_path: Path, name: str, change: Callable[[str], str], said: str
) -> None:
    problems = broken(tmp_path, name, change)
    assert any(problem.startswith(said) for problem in problems), problems


@pytest.mark.parametrize("name", ["facebook.toml", "phone.toml", "capture.toml"])
def test_a_guide_that_is_missing_is_named(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "capture"
    shutil.copytree(OURS, folder)
    (folder / name).unlink()
    with pytest.raises(PackProblems) as refused:
        load_guides(folder)
    assert [problem.file for problem in refused.value.problems] == [name]


def test_a_stray_file_and_an_empty_folder_are_refused(tmp_path: Path) -> None:
    assert not is_capture_folder(tmp_path)
    with pytest.raises(PackProblems):
        load_guides(tmp_path)
    folder = tmp_path / "capture"
    shutil.copytree(OURS, folder)
    (folder / "note.txt").write_text("x")
    with pytest.raises(PackProblems, match=r"note\.txt"):
        load_guides(folder)
