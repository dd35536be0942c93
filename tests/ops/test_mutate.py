"""Single bytes are changed in what is stored and recorded; each is found. `./run bench mutate` changes ten thousand."""

from __future__ import annotations

from pathlib import Path

from bench.server import Installation

CHANGES = 200  # a fifth each: objects, entries, what is known of them, stamps, bundles


def test_every_changed_byte_is_found(tmp_path: Path) -> None:
    with Installation(tmp_path / "data") as home:
        found = home.run("bench.mutate", str(CHANGES), "7")
    assert found["changed"] == CHANGES
    assert found["problems"] == []
