"""What is known about an item is only added to: each telling is a row of its own, with the one before it untouched."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction

from vaern.cases import service as cases
from vaern.core.refusal import Refusal, Refused, Unseen
from vaern.core.text import gettext_noop as _
from vaern.evidence import facts, models, queries
from vaern.evidence.provenance import check_said, digest_of_both, said_of, told
from vaern.journal import service as journal
from vaern.people.facts import Actor

NOTHING_SAID = facts.Said()
_TOLD_MEANWHILE = _("En anden har skrevet om beviset imens. Se, hvad der står nu, og gem igen, hvis det stadig passer.")


def describe_evidence(
    *, actor: Actor, case_id: UUID, item_id: UUID, said: facts.Said, seen: int, now: datetime
) -> facts.Provenance:
    """Adds what somebody told about an item, as a whole: a field left empty is not known any more. Telling the same
    again adds nothing. `seen`: the version that was on the page when it was written. `Refused` names the field;
    `Unseen` for an item that is not on the case."""
    if wrong := check_said(said, now):
        raise Refused(*wrong)
    with transaction.atomic():
        cases.hold_case(actor=actor, case_id=case_id, now=now)
        item = models.Item.objects.filter(pk=item_id, case_id=case_id).first()
        if item is None:
            raise Unseen(str(item_id))
        last = models.Provenance.objects.filter(item=item).order_by("-version").first()
        changed = told(said, said_of(last.said) if last else NOTHING_SAID)
        version, found = (last.version, last.found) if last else (0, {})
        if changed and version != seen:
            raise Refused(Refusal("told_meanwhile", _TOLD_MEANWHILE))
        if changed:
            row = models.Provenance(item=item, version=version + 1, found=found, by_id=actor.user_id, at=now)
            row.said = asdict(said)
            row.save(force_insert=True)
            _record(actor, row, changed)
    return queries.provenance(item_id)[0]


def begin_provenance(row: models.Item, actor: Actor, said: facts.Said, found: facts.Found) -> str:
    """The first version, in the transaction of taking the file in; its digest, for the entry of that. What was told
    has an entry of its own as well."""
    by = actor.user_id if said != NOTHING_SAID else None
    known = models.Provenance.objects.create(
        item=row, version=1, said=asdict(said), found=asdict(found), by_id=by, at=row.added_at
    )
    if changed := told(said, NOTHING_SAID):
        _record(actor, known, changed)
    return digest_of_both(known.said, known.found)


def _record(actor: Actor, row: models.Provenance, changed: tuple[str, ...]) -> None:
    """The words themselves stand in the row; their digest in the chain, so that a changed row would be found."""
    item, digest = row.item, digest_of_both(row.said, row.found)
    about = {"item": str(item.pk), "sha256": item.sha256, "number": item.number, "name": item.name}
    journal.record(
        organisation_id=item.organisation_id,
        act="describe_evidence",
        actor_id=actor.user_id,
        actor_name=actor.name,
        subject=f"case:{item.case_id}" if item.case_id else f"draft:{item.draft_id}",
        payload={**about, "version": row.version, "fields": list(changed), "provenance": digest},
        now=row.at,
    )
