"""What every page brings with it is light enough for a phone on a poor line."""

from __future__ import annotations

import gzip

from tests.house.sources import PACKAGE, ROOT

FRONTEND = ROOT / "var" / "frontend" / "dkfds"
OURS = PACKAGE / "web" / "static" / "vaern"


def test_the_frame_leaves_a_quarter_of_the_hundred_kilobytes_to_the_page() -> None:
    text = [
        FRONTEND / "css/dkfds.css",
        FRONTEND / "img/icons.svg",
        OURS / "vaern.css",
        OURS / "vaern.js",
        OURS / "icon.svg",
    ]
    compressed = sum(len(gzip.compress(path.read_bytes(), 9)) for path in text)
    fonts = sum(path.stat().st_size for path in (FRONTEND / "fonts").iterdir())
    assert 0 < compressed + fonts < 75_000
