"""A part that came by a post follows the post. The part of whoever has the post no more counts for nothing from that
day on (`rules.still_counts`); here it is ended, and given to whoever has the post now."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from vaern.cases.models import Case, Part
from vaern.cases.rules import DANISH, ENDS, POST_BEHIND, Held, still_counts, successor
from vaern.cases.service.change import add_part, lock, renew, subject_of
from vaern.journal import service as journal
from vaern.people import queries as people


def hand_over_parts() -> int:
    """Hands over in every case, closed ones too, where somebody has lost the post the part came by. How many cases.
    Safe to run twice; the cases are found by the parts themselves, so nothing is lost when it was not run."""
    now = timezone.now()
    cases = dict.fromkeys(part.case_id for part in _lost(now))
    return sum(hand_over(case_id=case_id, now=now) for case_id in cases)


def hand_over(*, case_id: UUID, now: datetime) -> bool:
    """Hands over in one case: one entry, whoever and however many. Where nobody has the post, nor one above it, the
    part waits; it opens nothing meanwhile. False when nothing was changed."""
    with transaction.atomic():
        case = lock(case_id)
        moves = [move for part in _lost(now, case_id) if (move := _move(case, part, now))]
        if not moves:
            return False
        renew(case, now)
        journal.record(
            organisation_id=case.organisation_id, act="hand_over", actor_id=None, subject=subject_of(case_id),
            payload={"moves": moves}, now=now,
        )  # fmt: skip
    return True


def _lost(now: datetime, case_id: UUID | None = None) -> list[Part]:
    """Open parts whose holder has the post they came by no more, nor stands in for it. Three queries."""
    found = Part.objects.filter(until__isnull=True, post_unit__isnull=False).order_by("pk")
    parts = list(found if case_id is None else found.filter(case_id=case_id))
    posts: dict[int, set[tuple[str, int]]] = {}
    today = now.astimezone(DANISH).date()
    for user_id, role, unit_id in people.posts_of({part.user_id for part in parts}, today=today):
        posts.setdefault(user_id, set()).add((role, unit_id))
    return [
        part
        for part in parts
        if not still_counts(Held(part.user_id, part.role, part.post_unit_id), posts.get(part.user_id, ()))
    ]


def _move(case: Case, part: Part, now: datetime) -> dict[str, object] | None:
    """Ends the part and gives it on: from whom, as what, and to whom (None: to nobody)."""
    to = None if part.role in ENDS else _successor(case, part, now)
    if to is None and part.role not in ENDS:
        return None
    Part.objects.filter(pk=part.pk).update(until=now)
    if to is not None:
        add_part(case, to, part.role, part.reason, now)
    elif part.role == "tr":
        case.consents = {**case.consents, "tr_reads": "unknown"}
    return {"user": part.user_id, "role": part.role, "to": to}


def _successor(case: Case, part: Part, now: datetime) -> int | None:
    """Looked for where the post lies, and from there upward."""
    barred = Part.objects.filter(case=case, until__isnull=True, role__in=("affected", "excluded"))
    kept_out = set(barred.values_list("user_id", flat=True))
    today, role = now.astimezone(DANISH).date(), POST_BEHIND[part.role]
    assert part.post_unit_id is not None
    for unit_id in people.path_up(part.post_unit_id):
        found = people.holders(organisation_id=case.organisation_id, unit_id=unit_id, role=role, today=today)
        if (to := successor(found, kept_out)) is not None:
            return to
    return None
