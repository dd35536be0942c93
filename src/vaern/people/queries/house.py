"""What the administrator sees, and each person about herself."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.hashers import is_password_usable
from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch, Q, QuerySet

from vaern.core.refusal import Unseen
from vaern.people.facts import (
    AbsenceLine,
    Actor,
    DeputyLine,
    PersonSheet,
    PostLine,
    Span,
    UnitFacts,
    UnitLine,
    UserLine,
)
from vaern.people.models import Absence, Deputy, Post, Unit, User
from vaern.people.queries.people import on, searched
from vaern.people.queries.units import units
from vaern.people.rules.checks import may_change

PAGE = 50


def people_page(actor: Actor, *, term: str = "", number: str | int = 1, today: date) -> Page[Any]:
    """One page of the organisation's people, by name; `object_list` holds `UserLine`. Every word of `term` must be in
    the name or the address. Four queries."""
    found = User.objects.filter(organisation_id=actor.home)
    for word in searched(term):
        found = found.filter(Q(name_key__contains=word) | Q(email__contains=word))
    rows = _with_posts(found.select_related("unit").order_by("name_key", "pk"), today)
    page: Page[Any] = Paginator(rows, PAGE).get_page(number)
    page.object_list = [_line(user) for user in page.object_list]
    return page


def _with_posts(found: QuerySet[User], today: date) -> QuerySet[User]:
    held = Post.objects.filter(on(today)).order_by("role")
    return found.prefetch_related(Prefetch("posts", queryset=held, to_attr="held"))


def _line(user: User) -> UserLine:
    held: list[Post] = user.held  # type: ignore[attr-defined]
    roles = tuple(dict.fromkeys(post.role for post in held))
    unit = user.unit.name if user.unit else ""
    return UserLine(user.pk, user.name, user.email, user.title, unit, user.is_active, roles)


def person_sheet(actor: Actor, user_id: int, *, today: date) -> PersonSheet:
    """One person on one page, for an administrator or for herself; Unseen for anybody else. Four queries."""
    user = User.objects.select_related("unit").filter(pk=user_id).first()
    if user is None or not may_change(actor, user.pk, user.organisation_id):
        raise Unseen(f"user:{user_id}")
    coming = Q(to_date__isnull=True) | Q(to_date__gte=today)
    absences = Absence.objects.filter(coming, user=user).order_by("from_date", "pk")
    return PersonSheet(
        user.pk,
        user.name,
        user.email,
        user.title,
        user.phone,
        user.language,
        user.is_active,
        is_password_usable(user.password),
        user.unit_id,
        user.unit.name if user.unit else "",
        _posts(user, coming),
        tuple(AbsenceLine(row.pk, Span(row.from_date, row.to_date)) for row in absences),
    )


def _posts(user: User, coming: Q) -> tuple[PostLine, ...]:
    deputies = Deputy.objects.filter(coming).select_related("user").order_by("from_date", "pk")
    rows = Post.objects.filter(user=user).select_related("unit").order_by("-from_date", "pk")
    return tuple(
        PostLine(
            post.pk,
            post.role,
            post.unit.name,
            Span(post.from_date, post.to_date),
            tuple(DeputyLine(row.pk, row.user.name, Span(row.from_date, row.to_date)) for row in post.deputies.all()),
        )
        for post in rows.prefetch_related(Prefetch("deputies", queryset=deputies))
    )


def post_of(actor: Actor, post_id: int) -> tuple[PostLine, int]:
    """One post (without its deputies) and whose it is, when the actor may change that person; Unseen otherwise."""
    post = Post.objects.select_related("unit", "user").filter(pk=post_id).first()
    if post is None or not may_change(actor, post.user_id, post.user.organisation_id):
        raise Unseen(f"post:{post_id}")
    return PostLine(post.pk, post.role, post.unit.name, Span(post.from_date, post.to_date), ()), post.user_id


def unit_tree(actor: Actor) -> tuple[UnitLine, ...]:
    """All units, each below its parent, in the order of a page. Two queries."""
    if actor.organisation_id is None:
        return ()
    counted = Unit.objects.filter(organisation_id=actor.organisation_id)
    people = dict(counted.annotate(n=Count("users", filter=Q(users__is_active=True))).values_list("pk", "n"))
    children: dict[int | None, list[UnitFacts]] = {}
    for unit in units(actor.organisation_id).values():
        children.setdefault(unit.parent_id, []).append(unit)
    lines: list[UnitLine] = []
    waiting = [(unit, 0) for unit in reversed(children.get(None, []))]
    while waiting:
        unit, depth = waiting.pop()
        lines.append(UnitLine(unit.id, unit.parent_id, unit.code, unit.name, depth, people[unit.id]))
        waiting.extend((child, depth + 1) for child in reversed(children.get(unit.id, [])))
    return tuple(lines)
