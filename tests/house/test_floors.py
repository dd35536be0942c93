"""The floors hold, and the tool that holds them would notice if they did not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.house.sources import PACKAGE, ROOT

LINT = (sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache")


def test_the_floors_hold() -> None:
    result = subprocess.run(LINT, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


def test_every_room_is_on_a_floor() -> None:
    floors = (ROOT / ".importlinter").read_text(encoding="utf-8")
    rooms = [path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()]
    assert [room for room in rooms if f"\n    {room}" not in floors and f"| {room}" not in floors] == []


def test_an_import_upward_is_caught(tmp_path: Path) -> None:
    house = tmp_path / "house"
    for room in ("low", "high"):
        (house / room).mkdir(parents=True)
        (house / room / "__init__.py").touch()
    (house / "__init__.py").touch()
    (house / "low" / "rules.py").write_text("import house.high\n")
    (tmp_path / ".importlinter").write_text(
        "[importlinter]\nroot_package = house\n[importlinter:contract:floors]\nname = floors\ntype = layers\n"
        "containers = house\nlayers =\n    high\n    low\n"
    )
    result = subprocess.run(LINT, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "house.low.rules -> house.high" in result.stdout
