"""Posts, deputies and absence. Rows are ended, not deleted: who had what then must stay findable."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from vaern.core.refusal import Refusal, Refused, Unseen
from vaern.core.text import gettext_noop as _
from vaern.core.workdays import DANISH_TIME
from vaern.people.facts import Actor, Role
from vaern.people.models import Absence, Deputy, Post, User
from vaern.people.rules import checks
from vaern.people.service.common import changed_user, days, insist, managed_user, record, unit_in
from vaern.people.service.users import administrators


def give_post(
    *,
    actor: Actor | None,
    user_id: int,
    unit_id: int,
    role: str,
    from_date: date,
    to_date: date | None = None,
    now: datetime,
) -> int:
    """Gives a person a role in a unit of the same organisation: the id of the post."""
    try:
        with transaction.atomic():
            user = managed_user(actor, user_id)
            unit_in(user.organisation_id, unit_id)
            insist(checks.check_role(role), checks.check_days(from_date, to_date))
            made = Post.objects.create(user=user, unit_id=unit_id, role=role, from_date=from_date, to_date=to_date)
            payload = {"post": made.pk, "role": role, "unit": unit_id, **days(from_date, to_date)}
            record(actor, user.organisation_id, "give_post", f"user:{user_id}", payload, now)
    except IntegrityError as error:
        refusal = Refusal("post_open", _("Personen har allerede den post og den er ikke slut."), field="role")
        raise Refused(refusal) from error
    return made.pk


def end_post(*, actor: Actor | None, post_id: int, to_date: date, now: datetime) -> None:
    """The last day of the post is `to_date`."""
    with transaction.atomic():
        post = Post.objects.select_related("user").filter(pk=post_id).first()
        if post is None:
            raise Unseen(f"post:{post_id}")
        user = managed_user(actor, post.user_id)
        insist(checks.check_days(post.from_date, to_date), _last(post, user, now))
        Post.objects.filter(pk=post_id).update(to_date=to_date)
        payload: dict[str, object] = {"post": post_id, "role": post.role, "to": str(to_date)}
        record(actor, user.organisation_id, "end_post", f"user:{user.pk}", payload, now)


def _last(post: Post, user: User, now: datetime) -> Refusal | None:
    others = Post.objects.filter(user=user, role=Role.ADMINISTRATOR, to_date__isnull=True).exclude(pk=post.pk)
    if post.role != Role.ADMINISTRATOR or others.exists():
        return None
    return checks.check_last_administrator(administrators(user.organisation_id, now), user.pk)


def set_deputy(
    *, actor: Actor | None, post_id: int, user_id: int, from_date: date, to_date: date | None = None, now: datetime
) -> int:
    """Somebody of the same organisation stands in for a post while its holder is absent; the holder or an
    administrator decides. The id."""
    with transaction.atomic():
        post = Post.objects.filter(pk=post_id).first()
        if post is None:
            raise Unseen(f"post:{post_id}")
        holder = changed_user(actor, post.user_id)
        deputy = User.objects.filter(pk=user_id, is_active=True).first()
        if deputy is None or deputy.organisation_id != holder.organisation_id:
            raise Unseen(f"user:{user_id}")
        insist(checks.check_deputy(post.user_id, user_id), checks.check_days(from_date, to_date))
        made = Deputy.objects.create(post=post, user=deputy, from_date=from_date, to_date=to_date)
        payload = {"post": post_id, "deputy": user_id, **days(from_date, to_date)}
        record(actor, holder.organisation_id, "set_deputy", f"user:{holder.pk}", payload, now)
    return made.pk


def end_deputy(*, actor: Actor | None, deputy_id: int, now: datetime) -> None:
    """From today on nobody stands in by this row. One that has not begun is gone."""
    with transaction.atomic():
        row = Deputy.objects.select_related("post").filter(pk=deputy_id).first()
        if row is None:
            raise Unseen(f"deputy:{deputy_id}")
        holder = changed_user(actor, row.post.user_id)
        _end(row, now)
        payload: dict[str, object] = {"post": row.post_id, "deputy": row.user_id}
        record(actor, holder.organisation_id, "end_deputy", f"user:{holder.pk}", payload, now)


def set_absence(
    *, actor: Actor | None, user_id: int, from_date: date, to_date: date | None = None, now: datetime
) -> int:
    """Days on which somebody is away, said by herself or by an administrator. The id."""
    with transaction.atomic():
        user = changed_user(actor, user_id)
        insist(checks.check_days(from_date, to_date))
        made = Absence.objects.create(user=user, from_date=from_date, to_date=to_date)
        record(actor, user.organisation_id, "set_absence", f"user:{user_id}", days(from_date, to_date), now)
    return made.pk


def end_absence(*, actor: Actor | None, absence_id: int, now: datetime) -> None:
    """She is back today. One that has not begun is gone."""
    with transaction.atomic():
        row = Absence.objects.filter(pk=absence_id).first()
        if row is None:
            raise Unseen(f"absence:{absence_id}")
        user = changed_user(actor, row.user_id)
        _end(row, now)
        record(actor, user.organisation_id, "end_absence", f"user:{user.pk}", {}, now)


def _end(row: Deputy | Absence, now: datetime) -> None:
    """The last day is yesterday; a row that would have no day left is deleted (the journal keeps that it was)."""
    yesterday = now.astimezone(DANISH_TIME).date() - timedelta(days=1)
    rows = type(row).objects.filter(pk=row.pk)
    if row.from_date > yesterday:
        rows.delete()
    else:
        rows.update(to_date=yesterday)
