"""One letter as Digital Post: the message's exact bytes are sealed when it is asked for, and a job takes them out.

The recipient's CPR or CVR number stands in those sealed bytes and nowhere else: not in a table, the journal or a name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from vaern.evidence import service as evidence
from vaern.letters import models, queries
from vaern.letters.facts import Post
from vaern.letters.service.enclosing import carried, enclosed
from vaern.people.facts import Actor
from vaern.ways import WAYS
from vaern.ways.facts import Order
from vaern.ways.places import place_of
from vaern.ways.undelivered import Undelivered

PLACE = "digital_post"
_MESSAGE = "vaern.letters.memo.message"


def place(case: Any) -> Mapping[str, str]:
    """Where Digital Post goes out; empty when no place is set up."""
    return place_of(case.organisation.slug, PLACE)


@dataclass(frozen=True, slots=True)
class Sealed:
    """A message that is ready to go: the id the receiver knows it by, and where its bytes lie."""

    key: str
    kept: UUID
    sha256: str


def seal(actor: Actor, case: Any, last: models.Version, number: str, now: datetime) -> Sealed:
    """Makes the message of what was approved, and keeps it under the case's key."""
    row, where = last.letter, place(case)
    assert last.pdf is not None
    made: Callable[[Post], bytes] = import_string(_MESSAGE)
    with translation.override(row.language):
        label = _("Brev fra %(sender)s") % {"sender": where["sender"]}
    post = Post(
        id=uuid4(), label=label, language=row.language, sender=where["sender"], sender_cvr=where["cvr"], number=number,
        pdf=b"".join(evidence.kept(last.pdf)), answer_by=last.answer_by, at=now,
        enclosures=carried(actor, row.pk, enclosed(row.case_id, queries.written(last)), now),
    )  # fmt: skip
    kept = evidence.keep(
        organisation_id=row.organisation_id, case_id=row.case_id, what="letter.memo", chunks=iter([made(post)]), now=now
    )
    return Sealed(str(post.id), kept.id, kept.sha256)


def post_out(row: models.Letter, case: Any) -> str:
    """The receiver's own reference, or "". `Undelivered` when it did not arrive for sure."""
    where = place(case)
    if not where or row.post is None:
        raise Undelivered("not set up any more")
    order = Order(
        key=row.message_id, name=f"digitalpost-{row.message_id}.xml", body=b"".join(evidence.kept(row.post)),
        title="Digital Post", place=where, kind="application/xml",
    )  # fmt: skip
    return WAYS[where["way"]](order)
