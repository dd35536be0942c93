"""The server is killed while people report. Whoever got a receipt finds the report whole; nobody's is there in half."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bench.kill import kill
from bench.server import Installation

REPORTS = 3
"""`./run bench kill` makes two hundred."""


@pytest.mark.both_databases
def test_every_report_that_got_a_receipt_outlives_the_server(tmp_path: Path) -> None:
    with Installation(tmp_path / "data", workers=1) as home:
        found = kill(home, reports=REPORTS, most=14, least=2)
        assert found["problems"] == [], f"with seed {found['seed']}"
        made = len(found["receipts"])
        assert made >= REPORTS
        assert len({one["case"] for one in found["receipts"]}) == made, "no report became two cases"
        assert found["kills"] >= 2
        assert _seen_after_harm(home, found) == HARM


HARM = ["the file is damaged", "no file", "not there"]


def _seen_after_harm(home: Installation, found: dict[str, Any]) -> list[str]:
    """That the audit above sees anything at all: one file changed, one taken away, one receipt for nothing. Both are
    files with a receipt: a report given up half-way leaves one nobody would miss."""
    kept = {found["objects"][receipt["sha256"]] for receipt in found["receipts"]}
    changed, gone, *_ = sorted(path for path in (home.folder / "evidence").glob("*/??/*") if path.name in kept)
    changed.chmod(0o600)
    changed.write_bytes(b"x" + changed.read_bytes()[1:])
    gone.unlink()
    nothing = {"case": "00000000-0000-4000-8000-000000000000", "words": "", "sha256": "", "by": ""}
    problems = home.run("bench.audit", given=[*found["receipts"], nothing])["problems"]
    return [words for words in HARM if any(words in one for one in problems)]
