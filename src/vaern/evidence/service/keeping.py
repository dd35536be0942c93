"""Bytes into the vault, sealed for the draft or the case they belong to, before any row says so."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from vaern.core.refusal import Refused, Unseen
from vaern.evidence import models, vault
from vaern.evidence.rules import refuse
from vaern.evidence.service.keys import key_for

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kept:
    key: models.Key
    stored: vault.Stored


@contextmanager
def keeping(
    organisation_id: int,
    chunks: Iterable[bytes],
    name: str,
    *,
    draft_id: UUID | None = None,
    case_id: UUID | None = None,
    now: datetime,
) -> Iterator[Kept]:
    """Stores the bytes and hands them over for their row to be written inside. `Refused` when they cannot be kept.

    A row that is refused takes its object with it. Only that: after a fault of the database nobody knows whether the
    row is there, so the object stays for the sweep to judge.
    """
    try:
        key = key_for(organisation_id, draft_id=draft_id, case_id=case_id, now=now)
        stored = vault.put(organisation_id, key.recipient, chunks)
    except vault.KeyErased as error:
        raise Refused(refuse("erased", name)) from error
    except (vault.NotKept, vault.KeyProblem, OSError) as error:
        _log.error("evidence could not be kept: %s", error)
        raise Refused(refuse("not_kept", name)) from error
    try:
        yield Kept(key, stored)
    except (Refused, Unseen):
        vault.discard(organisation_id, stored.object)
        raise
