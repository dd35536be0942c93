"""A large file goes through the server in pieces, in and out. `./run bench evidence` sends two hundred mebibytes."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.flat import MIB, flat

pytestmark = pytest.mark.one_database
MORE = 1.3
"""Times the memory of a small file: what the allocator keeps, and never the file."""


def test_a_large_file_takes_no_more_memory_than_a_small_one(tmp_path: Path) -> None:
    small, large = flat(tmp_path / "data", (2 * MIB, 64 * MIB))
    assert large < MORE * small, f"{small:.0f} MiB, then {large:.0f} MiB"
