"""Evidence that leaves in a bundle, and the bundle itself, which is sealed in the vault like any evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from io import BytesIO
from uuid import UUID, uuid4

from django.db import transaction
from PIL import Image

from vaern.core.refusal import Refused, Unseen
from vaern.evidence import models, vault
from vaern.evidence.derive.plan import wanted
from vaern.evidence.facts import Exported, Item, Kept
from vaern.evidence.rules import refuse
from vaern.evidence.service.keeping import keeping
from vaern.evidence.service.keys import identity_of
from vaern.evidence.service.opening import made_of, pieces, record_use, refuse_infected
from vaern.people.facts import Actor

THUMBNAIL_SIDE = 480


def export(*, actor: Actor, items: Iterable[Item], bundle: UUID, now: datetime) -> dict[UUID, Exported]:
    """Puts on record that each of these leaves in a bundle, all or none; then they can be read, each as often as a ZIP
    needs. `Refused` for one that is dangerous, and from a reader when what lies there is not what was handed in."""
    items = list(items)
    for item in items:
        refuse_infected(item)
    with transaction.atomic():
        for item in items:
            record_use(actor, item, "export_evidence", now, bundle=str(bundle))
    return {item.id: Exported(partial(pieces, actor, item, now), partial(_small, actor, item, now)) for item in items}


def enclose(*, actor: Actor, item: Item, letter: UUID, now: datetime) -> bytes:
    """The verified bytes of what goes along with a letter, on record before they are given; each time anew, when a mail
    has to be tried again. `Refused` for one that is dangerous."""
    refuse_infected(item)
    record_use(actor, item, "enclose_evidence", now, letter=str(letter))
    return b"".join(pieces(actor, item, now))


def _small(actor: Actor, item: Item, now: datetime) -> bytes | None:
    """A small JPEG of the picture, page or still that was made of it, for the overview; None where there is none."""
    what = [one for one in wanted(item.kind.id) if one != "text"]
    if not what:
        return None
    try:
        shown = made_of(actor, item, what[0], now)
    except Refused:
        return None
    with Image.open(BytesIO(shown), formats=["JPEG"]) as picture:
        picture.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
        out = BytesIO()
        picture.save(out, "JPEG", quality=85)
    return out.getvalue()


def keep(*, organisation_id: int, case_id: UUID, what: str, chunks: Iterator[bytes], now: datetime) -> Kept:
    """Seals a stream under the case's key: with the key goes the bundle, too. `Refused` when it cannot be kept."""
    with keeping(organisation_id, chunks, what, case_id=case_id, now=now) as made:
        row = models.Kept.objects.create(
            id=uuid4(), organisation_id=organisation_id, case_id=case_id, what=what, object=made.stored.object,
            key=made.key, sha256=made.stored.sha256, size=made.stored.size, kept_at=now,
        )  # fmt: skip
    return Kept(row.pk, row.sha256, row.size)


def kept(kept_id: UUID) -> Iterator[bytes]:
    """What was kept, in chunks. Whoever asks has already put on record why. `Refused` instead of the last chunk when it
    is not what was put."""
    row = models.Kept.objects.select_related("key").filter(pk=kept_id).first()
    if row is None:
        raise Unseen(str(kept_id))
    if row.key.erased_at:
        raise Refused(refuse("erased", row.what))
    return _opened(row)


def _opened(row: models.Kept) -> Iterator[bytes]:
    try:
        yield from vault.open_(row.organisation_id, row.object, row.sha256, identity_of(row.key))
    except vault.Unreachable as why:
        raise Refused(refuse("unreachable", row.what)) from why
    except vault.Damaged as why:
        raise Refused(refuse("damaged", row.what)) from why
    except vault.KeyProblem as why:
        raise Refused(refuse("no_key", row.what)) from why
