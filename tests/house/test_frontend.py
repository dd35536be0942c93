"""The front-end subset: made the same way each time, whole, and with every icon a page asks for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.sources import PACKAGE, ROOT
from vaern.ops import frontend

PACKAGE_FOLDER = ROOT / "node_modules" / "dkfds"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("frontend") / "dkfds"
    frontend.build(PACKAGE_FOLDER, target)
    return target


def test_every_file_the_style_names_is_there(built: Path) -> None:
    for sheet in (built / "css/dkfds.css", PACKAGE / "web/static/vaern/vaern.css"):
        base = built / "css" if sheet.is_relative_to(built) else built.parent / "vaern"
        urls = re.findall(r"url\(([^)\"':]+)\)", sheet.read_text(encoding="utf-8"))
        assert urls
        assert [url for url in urls if not (base / ".." / url.removeprefix("../")).resolve().is_file()] == []


def test_no_source_map_and_no_font_that_is_not_shipped(built: Path) -> None:
    css = (built / "css/dkfds.css").read_text(encoding="utf-8")
    assert "sourceMappingURL" not in css
    assert "@font-face" not in css
    assert css.count("{") == css.count("}") > 1000


def test_building_twice_gives_the_same_bytes(built: Path, tmp_path: Path) -> None:
    frontend.build(PACKAGE_FOLDER, tmp_path / "dkfds")
    frontend.build(PACKAGE_FOLDER, tmp_path / "dkfds")
    files = {path.relative_to(built): path.read_bytes() for path in built.rglob("*") if path.is_file()}
    assert {
        path.relative_to(tmp_path / "dkfds"): path.read_bytes()
        for path in (tmp_path / "dkfds").rglob("*")
        if path.is_file()
    } == files


def test_an_icon_the_design_system_lacks_is_refused() -> None:
    with pytest.raises(ValueError, match="no icon unicorn"):
        frontend.sprite('<svg><symbol id="check"></symbol></svg>', ("check", "unicorn"))


def test_every_icon_a_template_asks_for_is_in_the_sprite() -> None:
    asked = {
        name
        for path in (PACKAGE / "web").rglob("*.html")
        for name in re.findall(r'icon="([^"]+)"', path.read_text(encoding="utf-8"))
    }
    assert asked
    assert asked - set(frontend.ICONS) == set()
