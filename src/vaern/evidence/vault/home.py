"""The small interface behind which the bytes lie, and which of its two homes the settings chose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from vaern.evidence.facts import Orphan
from vaern.evidence.vault.files import Files

CHUNK = 256 * 1024
_DIGEST = re.compile(r"[0-9a-f]{64}")
_PLACE = re.compile(r"(\d{1,18})/([0-9a-f]{2})/([0-9a-f]{64})")
# Named by its path only: the library behind it costs 33 MiB in every process, and few installations use it.
_BUCKET = "vaern.evidence.vault.bucket.bucket"


class Home(Protocol):
    """Places are "organisation/ab/abcd…"; nothing is ever written twice under one."""

    def keep(self, temporary: Path, place: str) -> None:
        """Takes a whole file over and returns once it would survive a power cut. OSError, Unreachable."""

    def read(self, place: str) -> Iterator[bytes]:
        """In chunks. Damaged when nothing is there, Unreachable."""

    def exists(self, place: str) -> bool: ...

    def listing(self) -> Iterator[Orphan]: ...

    def remove(self, place: str, *, older_than: datetime | None) -> bool: ...


def home() -> Home:
    if settings.EVIDENCE_S3:
        made: Home = import_string(_BUCKET)(settings.EVIDENCE_S3)
        return made
    return Files(Path(settings.EVIDENCE))


def spool() -> Path:
    """Where an object is written before it has a name; never more than what is on its way in right now."""
    return Path(settings.EVIDENCE) / "incoming"


def place(organisation_id: int, digest: str) -> str:
    if not _DIGEST.fullmatch(digest):
        raise ValueError("not a SHA-256")
    return f"{int(organisation_id)}/{digest[:2]}/{digest}"


def places(found: str) -> tuple[int, str] | None:
    """The organisation and the digest a place stands for; None for a place no object can have."""
    match = _PLACE.fullmatch(found)
    return (int(match[1]), match[3]) if match and match[3].startswith(match[2]) else None
