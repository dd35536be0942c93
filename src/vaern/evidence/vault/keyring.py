"""The folder of keys: the secret half of each organisation's key, and each case's key sealed with it.

    keys/7/organisation.key        the organisation's identity, as `age-keygen` writes one
    keys/7/organisation.next.key   the one that takes its place, while keys are being rotated
    keys/7/cases/<key>.age         a case's identity, sealed for the organisation

None of it is in the database, so that taking one file away erases a case's evidence in every backup of database and
evidence at once. Files and not the database's own encryption: the standard `age` tool opens them by hand.
"""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pyrage
from django.conf import settings

from vaern.evidence.vault.errors import KeyProblem
from vaern.evidence.vault.files import folder, sync

CURRENT, NEXT = "organisation.key", "organisation.next.key"
_SECRET = re.compile(r"^AGE-SECRET-KEY-1[0-9A-Z]+$", re.MULTILINE)


def file_of(organisation_id: int, name: str = CURRENT) -> Path:
    return _home(organisation_id) / name


def make(organisation_id: int, name: str = CURRENT) -> str:
    """Makes a key for the organisation unless the file is there; its public half (age1…)."""
    path = file_of(organisation_id, name)
    if not path.exists():
        identity = pyrage.x25519.Identity.generate()
        lines = (
            f"# Vaern: key of organisation {organisation_id}. Whoever has it can read all evidence.",
            f"# created: {datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
            f"# public key: {identity.to_public()}",
            str(identity),
        )
        _write(path, "\n".join([*lines, ""]).encode())
    return str(_identity(path).to_public())


def publics(organisation_id: int) -> list[str]:
    """The public halves of the keys that are there: one, or two while they are being rotated. `KeyProblem`."""
    return [str(one.to_public()) for one in _identities(organisation_id)]


def make_case_key(organisation_id: int, key: UUID) -> str:
    """A new identity for a case, sealed for every key of the organisation that is there; its public half."""
    identity = pyrage.x25519.Identity.generate()
    with _gate(organisation_id, fcntl.LOCK_SH):
        recipients = [one.to_public() for one in _identities(organisation_id)]
        _write(_case_file(organisation_id, key), pyrage.encrypt(str(identity).encode(), recipients))
    return str(identity.to_public())


def case_identity(organisation_id: int, key: UUID) -> Any:
    """The identity that opens a case's evidence. `KeyProblem` when it is gone or sealed for another key."""
    return _unwrapped(organisation_id, key, _identities(organisation_id))


def forget(organisation_id: int, key: UUID) -> bool:
    """Takes a case's key away for good; whether it was there."""
    path = _case_file(organisation_id, key)
    if not path.is_file():
        return False
    # Written over first: that helps on plain disks and does no harm on those that keep old blocks anyway.
    with path.open("r+b") as file:
        file.write(os.urandom(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
    sync(path.parent)
    return True


def case_keys(organisation_id: int) -> dict[UUID, datetime]:
    """Every case key that lies there, and since when."""
    found = (_home(organisation_id) / "cases").glob("*.age")
    return {UUID(path.stem): datetime.fromtimestamp(path.stat().st_mtime, UTC) for path in found}


def rewrap(organisation_id: int) -> int:
    """Seals every case key for the next key alone; how many. May be broken off and begun again at any point.

    Most are done while the house works; the last round holds those back who would make a new one.
    """
    after = _identity(file_of(organisation_id, NEXT))
    before = _identities(organisation_id)
    done = _rewrap_all(organisation_id, before, after)
    with _gate(organisation_id, fcntl.LOCK_EX):
        _rewrap_all(organisation_id, before, after)
        for key in case_keys(organisation_id):
            _unwrapped(organisation_id, key, [after])
    return done


def retire(organisation_id: int) -> Path | None:
    """The next key becomes the organisation's; the old one is set aside. The old one's file, None when already done."""
    current, coming = file_of(organisation_id), file_of(organisation_id, NEXT)
    if not coming.exists():
        return None
    aside = current.with_name(f"retired-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.key")
    with suppress(FileNotFoundError):
        current.rename(aside)
    coming.rename(current)
    sync(current.parent)
    return aside


def _rewrap_all(organisation_id: int, before: list[Any], after: Any) -> int:
    done = 0
    for key in case_keys(organisation_id):
        path = _case_file(organisation_id, key)
        if not _only_for(path.read_bytes(), after, before):
            secret = str(_unwrapped(organisation_id, key, before)).encode()
            _write(path, pyrage.encrypt(secret, [after.to_public()]))
            done += 1
    return done


def _only_for(sealed: bytes, after: Any, before: list[Any]) -> bool:
    """Whether the next key opens it and no other of ours does."""
    others = [one for one in before if str(one) != str(after)]
    return _opens(sealed, [after]) is not None and (not others or _opens(sealed, others) is None)


def _opens(sealed: bytes, identities: list[Any]) -> bytes | None:
    try:
        opened: bytes = pyrage.decrypt(sealed, identities)
    except (pyrage.DecryptError, OSError):
        return None
    return opened


def _unwrapped(organisation_id: int, key: UUID, identities: list[Any]) -> Any:
    path = _case_file(organisation_id, key)
    try:
        sealed = path.read_bytes()
    except OSError as error:
        raise KeyProblem(f"The key of a case cannot be read: {path} ({error.strerror}).") from error
    opened = _opens(sealed, identities)
    if opened is None:
        raise KeyProblem(f"The key of a case was changed, or is sealed for another key of the organisation: {path}.")
    return pyrage.x25519.Identity.from_str(opened.decode())


def _identities(organisation_id: int) -> list[Any]:
    found = [file_of(organisation_id, name) for name in (CURRENT, NEXT) if file_of(organisation_id, name).exists()]
    return [_identity(path) for path in found or [file_of(organisation_id)]]


def _identity(path: Path) -> Any:
    try:
        found = _SECRET.search(path.read_text(encoding="ascii"))
        if found is None:
            raise KeyProblem(f"There is no age key in {path}.")
        return pyrage.x25519.Identity.from_str(found[0])
    except (OSError, UnicodeDecodeError) as error:
        raise KeyProblem(f"The key cannot be read: {path} ({getattr(error, 'strerror', error)}).") from error
    except pyrage.IdentityError as error:
        raise KeyProblem(f"The key is damaged: {path}.") from error


def _home(organisation_id: int) -> Path:
    return Path(settings.KEYS) / str(int(organisation_id))


def _case_file(organisation_id: int, key: UUID) -> Path:
    return _home(organisation_id) / "cases" / f"{key.hex}.age"


def _write(path: Path, content: bytes) -> None:
    """The whole file or none of it, readable by the owner only. OSError."""
    temporary = folder(path.parent) / f".{uuid4().hex}"
    try:
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.rename(path)
        sync(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def _gate(organisation_id: int, how: int) -> Iterator[None]:
    handle = os.open(folder(_home(organisation_id)) / ".gate", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, how)
        yield
    finally:
        os.close(handle)
