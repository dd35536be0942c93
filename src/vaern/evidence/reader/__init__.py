"""What a file says of itself: pure functions, bytes in and facts out, that read a bounded part and never run anything.

They stand apart from the rest so that they can be carried into a process without rights as they are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import IO

from vaern.evidence.facts import Found, Kind, Upload
from vaern.evidence.reader import films, letters, office, pages, papers, pictures

_READERS: dict[str, Callable[[IO[bytes]], Found]] = {
    **dict.fromkeys(("png", "jpeg", "heic", "webp", "gif"), pictures.read),
    **dict.fromkeys(("mp4", "mov"), films.read),
    "pdf": papers.read,
    "docx": office.read_docx,
    "msg": office.read_msg,
    "eml": letters.read,
    "mhtml": pages.read_mhtml,
    "html": pages.read_html,
}


def read(file: Upload | IO[bytes], kind: Kind) -> Found:
    """What the file says; empty for a kind that says nothing, and for one that cannot be understood: evidence is taken
    in all the same. `file` is seekable; its position is lost."""
    reader = _READERS.get(kind.id)
    if reader is None:
        return Found()
    try:
        file.seek(0)
        return reader(file)  # type: ignore[arg-type]
    # What is raised on broken input is not one family, and no fault in reading may cost the file its place.
    except Exception:
        return Found()
