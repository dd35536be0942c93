"""Reads of people. The unit tree and the posts of one role are read once per question: a bounded number of queries."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from vaern.people import rules
from vaern.people.facts import Actor, Person, PostFacts, Role
from vaern.people.models import Absence, Deputy, Organisation, Post, Unit, User
from vaern.people.rules import Held, Picked


def _on(today: date) -> Q:
    return Q(from_date__lte=today) & (Q(to_date__isnull=True) | Q(to_date__gte=today))


def actor_of(user: User, *, today: date) -> Actor:
    """The logged-in person with the posts held today, those stood in for included."""
    own = Post.objects.filter(_on(today), user_id=user.pk)
    standing_in = Deputy.objects.filter(_on(today), user_id=user.pk).values("post_id")
    posts = Post.objects.filter(_on(today), Q(pk__in=own) | Q(pk__in=standing_in)).select_related("unit")
    facts = (PostFacts(post.role, post.unit_id, post.unit.organisation_id) for post in posts)
    return Actor(user.pk, user.name, user.organisation_id, user.language, tuple(facts))


def organisation(organisation_id: int) -> Organisation:
    return Organisation.objects.get(pk=organisation_id)


def person(user_id: int) -> Person | None:
    user = User.objects.filter(pk=user_id).select_related("unit").first()
    return _person(user, Picked(user_id), "") if user else None


def names(user_ids: Collection[int]) -> dict[int, str]:
    return dict(User.objects.filter(pk__in=set(user_ids)).values_list("pk", "name"))


def unit_of(user_id: int) -> int:
    """The unit somebody belongs to; the organisation's root for one who has none."""
    user = User.objects.get(pk=user_id)
    if user.unit_id:
        return user.unit_id
    return Unit.objects.get(organisation_id=user.organisation_id, parent__isnull=True).pk


def in_organisation(user_id: int, organisation_id: int) -> bool:
    return User.objects.filter(pk=user_id, organisation_id=organisation_id, is_active=True).exists()


def absent(user_ids: Collection[int], *, today: date) -> set[int]:
    return set(Absence.objects.filter(_on(today), user_id__in=user_ids).values_list("user_id", flat=True))


def unit_path(unit_id: int) -> list[int]:
    """The unit and everything above it, nearest first."""
    unit = Unit.objects.get(pk=unit_id)
    return rules.path_up(unit_id, _parents(unit.organisation_id))


def units_below(unit_id: int) -> set[int]:
    """The unit and everything below it."""
    parents = _parents(Unit.objects.get(pk=unit_id).organisation_id)
    return {unit for unit in parents if unit_id in rules.path_up(unit, parents)}


def holders(*, organisation_id: int, unit_id: int, role: str, today: date) -> tuple[Person, ...]:
    """Who answers for a role for a unit: the nearest upward, stand-ins for those away."""
    picked = rules.nearest(unit_id, _parents(organisation_id), _held(organisation_id, role, today))
    return _people(picked, role)


def managers_for(user_id: int, *, today: date) -> tuple[Person, ...]:
    """The manager or managers somebody may report to; never oneself, then it is the level above."""
    user = User.objects.get(pk=user_id)
    if user.organisation_id is None:
        return ()
    held = _held(user.organisation_id, Role.MANAGER, today)
    picked = rules.nearest(unit_of(user_id), _parents(user.organisation_id), held, {user_id})
    return _people(picked, Role.MANAGER)


def manager_above(manager_id: int, unit_id: int, *, today: date) -> Person | None:
    """The manager one level above the one who manages this unit; None at the top."""
    organisation_id = Unit.objects.values_list("organisation_id", flat=True).get(pk=unit_id)
    held = _held(organisation_id, Role.MANAGER, today)
    found = _people(rules.above({manager_id}, unit_id, _parents(organisation_id), held), Role.MANAGER)
    return found[0] if found else None


def is_above(user_id: int, manager_ids: set[int], unit_id: int, organisation_id: int, *, today: date) -> bool:
    held = _held(organisation_id, Role.MANAGER, today)
    found = rules.above(manager_ids, unit_id, _parents(organisation_id), held)
    return user_id in {one.user_id for one in found}


def units_one_level_below(actor: Actor, *, today: date) -> set[int]:
    """Units whose manager answers to this one. Empty for somebody who manages nothing."""
    if actor.organisation_id is None or not actor.has(Role.MANAGER):
        return set()
    held = _held(actor.organisation_id, Role.MANAGER, today)
    return rules.one_level_below(actor.user_id, _parents(actor.organisation_id), held)


def colleagues(actor: Actor, term: str) -> list[Person]:
    """At most twenty people of the actor's own organisation whose name or address holds every word of `term`."""
    found = User.objects.filter(organisation_id=actor.organisation_id, is_active=True).select_related("unit")
    for word in term.split()[:5]:
        found = found.filter(Q(name__icontains=word) | Q(email__icontains=word))
    return [_person(user, Picked(user.pk), "") for user in found.order_by("name", "pk")[:20]] if term.strip() else []


def _parents(organisation_id: int) -> dict[int, int | None]:
    return dict(Unit.objects.filter(organisation_id=organisation_id).values_list("pk", "parent_id"))


def _held(organisation_id: int, role: str, today: date) -> list[Held]:
    posts = list(
        Post.objects.filter(_on(today), unit__organisation_id=organisation_id, role=role, user__is_active=True)
    )
    away = absent({post.user_id for post in posts}, today=today)
    deputies: dict[int, list[int]] = {}
    for post_id, user_id in _deputies([post.pk for post in posts if post.user_id in away], today):
        deputies.setdefault(post_id, []).append(user_id)
    return [Held(post.user_id, post.unit_id, post.user_id in away, tuple(deputies.get(post.pk, ()))) for post in posts]


def _deputies(post_ids: list[int], today: date) -> QuerySet[Deputy, tuple[int, int]]:
    rows = Deputy.objects.filter(_on(today), post_id__in=post_ids, user__is_active=True)
    return rows.order_by("pk").values_list("post_id", "user_id")


def _people(picked: list[Picked], role: str) -> tuple[Person, ...]:
    users = User.objects.filter(pk__in=[one.user_id for one in picked]).select_related("unit").in_bulk()
    return tuple(_person(users[one.user_id], one, role) for one in picked)


def _person(user: User, picked: Picked, role: str) -> Person:
    unit_name = user.unit.name if user.unit else ""
    return Person(user.pk, user.name, user.title, role, unit_name, picked.absent, picked.deputy_for)
