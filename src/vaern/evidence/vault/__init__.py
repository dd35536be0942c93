"""Where the bytes lie: sealed (age), named by the SHA-256 of what is stored, one folder per organisation.

Only `evidence.service` may come here, because there is no way to a stored byte that leaves no custody entry. The name
tells nothing about the content, and whether an object is whole can be seen without any key: that is what
`evidence check` and a backup need. Two homes stand behind the one interface: files, and any S3-compatible service.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import Any
from uuid import uuid4

from vaern.evidence.facts import Orphan
from vaern.evidence.vault.errors import Damaged, KeyErased, KeyProblem, NotKept, Unreachable
from vaern.evidence.vault.home import CHUNK, Home, home, place, places, spool
from vaern.evidence.vault.seal import Stored, seal, unseal

__all__ = [
    "CHUNK", "Damaged", "Home", "KeyErased", "KeyProblem", "NotKept", "Stored", "Unreachable", "discard", "exists",
    "listing", "open_", "places", "put", "raw", "remove",
]  # fmt: skip


def put(organisation_id: int, recipient: str, chunks: Iterable[bytes]) -> Stored:
    """Seals a stream for `recipient` and returns once it would survive a power cut. `NotKept` leaves nothing behind.

    The sealed bytes are written beside their home first, since nobody knows an object's name before its last byte.
    """
    temporary = spool() / uuid4().hex
    try:
        temporary.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        stored = seal(recipient, chunks, temporary)
        home().keep(temporary, place(organisation_id, stored.object))
    except OSError as error:
        raise NotKept(error.strerror or str(error)) from error
    except Unreachable as error:
        raise NotKept(str(error)) from error
    finally:
        with suppress(NotADirectoryError):
            temporary.unlink(missing_ok=True)
    return stored


def raw(organisation_id: int, object_: str) -> Iterator[bytes]:
    """The stored bytes as they lie there, unverified. `Damaged` when there are none."""
    return home().read(place(organisation_id, object_))


def open_(organisation_id: int, object_: str, digest: str, identity: Any | None) -> Iterator[bytes]:
    """What was put, in chunks: `digest` is of the content. `Damaged` instead of the last chunk when it is not that.

    `identity` None is for what an earlier version stored in clear.
    """
    stored = partial(raw, organisation_id, object_)
    seen, held = sha256(), b""
    for chunk in stored() if identity is None else unseal(identity, stored):
        seen.update(chunk)
        if held:
            yield held
        held = chunk
    if seen.hexdigest() != digest:
        raise Damaged(object_)
    yield held


def listing() -> Iterator[Orphan]:
    """Everything in the vault, whether it belongs there or not, and what was left half written beside it."""
    return home().listing()


def exists(organisation_id: int, object_: str) -> bool:
    return home().exists(place(organisation_id, object_))


def remove(orphan: Orphan, *, older_than: datetime | None = None) -> bool:
    """Deletes an object, or with `older_than` only one that was put before; whether it was deleted."""
    return home().remove(orphan.place, older_than=older_than)


def discard(organisation_id: int, object_: str) -> None:
    """Takes away what was put a moment ago and is not wanted after all. The sweep finds what this cannot take."""
    with suppress(OSError, Unreachable):
        home().remove(place(organisation_id, object_), older_than=None)
