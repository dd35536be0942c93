"""Who has a role for a unit today. Four or five queries each, whatever the size of the organisation."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Exists, F, OuterRef, QuerySet

from vaern.people import rules
from vaern.people.facts import Actor, Away, Holding, Person, Pick, Role, Span, StandIn, Standing, UnitFacts
from vaern.people.models import Absence, Deputy, Post, User
from vaern.people.queries.people import on, unit_of
from vaern.people.queries.units import tree_of, units


def holders(
    *, organisation_id: int, unit_id: int, role: str, today: date, excluded: Collection[int] = ()
) -> tuple[Person, ...]:
    """Who has the role at the nearest unit upward that has anybody: those present, then deputies of absent holders,
    last absent holders nobody stands in for. Never closed posts or deactivated users. Four or five queries."""
    tree = units(organisation_id)
    path = rules.path_up(rules.parents_of(tree.values()), unit_id)
    roster = _roster(path, role, today)
    return _people(rules.pick_nearest(roster, path, excluded=excluded), tree)


def managers_for(user_id: int, *, today: date) -> tuple[Person, ...]:
    """Who may get a report about this user: the managers of the own unit or the nearest above, never the user. When
    everybody there is away without a deputy, the levels above follow, so that a report always reaches somebody."""
    unit_id = unit_of(user_id)
    tree = tree_of(unit_id)
    path = rules.path_up(rules.parents_of(tree.values()), unit_id)
    roster = _roster(path, Role.MANAGER, today)
    return _people(rules.pick_reachable(roster, path, excluded={user_id}), tree)


def manager_above(manager_user_id: int, unit_id: int, *, today: date) -> Person | None:
    """The manager of the level above the one where this manager stands, seen from `unit_id`; never the same person."""
    tree = tree_of(unit_id)
    path = rules.path_up(rules.parents_of(tree.values()), unit_id)
    roster = _roster(path, Role.MANAGER, today)
    found = _people(rules.pick_above(roster, path, manager_user_id)[:1], tree)
    return found[0] if found else None


def is_above(user_id: int, managers: Collection[int], unit_id: int, organisation_id: int, *, today: date) -> bool:
    """Whether the user is a manager one level above one of `managers`, seen from `unit_id`. When there are none
    (a case nobody has), the nearest manager of the unit counts as above."""
    tree = units(organisation_id)
    path = rules.path_up(rules.parents_of(tree.values()), unit_id)
    return rules.is_above(_roster(path, Role.MANAGER, today), path, user_id, managers)


def units_one_level_below(actor: Actor, *, today: date) -> frozenset[int]:
    """Units whose cases are handled one level below the actor: where `is_above` holds for the nearest managers."""
    if actor.organisation_id is None or not actor.has(Role.MANAGER):
        return frozenset()
    tree = units(actor.organisation_id)
    roster = _roster(tuple(tree), Role.MANAGER, today)
    return rules.units_one_level_below(roster, rules.parents_of(tree.values()), actor.user_id)


def units_answered_for(actor: Actor, role: str, *, today: date) -> frozenset[int]:
    """Units for which the actor is among those `holders` finds for `role`."""
    if actor.organisation_id is None or not actor.has(role):
        return frozenset()
    tree = units(actor.organisation_id)
    roster, parents = _roster(tuple(tree), role, today), rules.parents_of(tree.values())
    found = {unit: rules.pick_nearest(roster, rules.path_up(parents, unit)) for unit in tree}
    return frozenset(unit for unit, picks in found.items() if actor.user_id in {pick.user_id for pick in picks})


def posts_of(user_ids: Collection[int], *, today: date) -> frozenset[tuple[int, str, int]]:
    """(user, role, unit) of each post one of them holds today, or stands in for while its holder is away. Nobody who
    is deactivated holds any. Two queries."""
    held = Post.objects.filter(on(today), user_id__in=user_ids, user__is_active=True)
    held = held.filter(user__organisation_id=F("unit__organisation_id"))
    stood_in = _standing(today).filter(user_id__in=user_ids).values_list("user_id", "post__role", "post__unit_id")
    return frozenset(held.values_list("user_id", "role", "unit_id")) | frozenset(stood_in)


def standing_in(user_ids: Collection[int], *, today: date) -> tuple[StandIn, ...]:
    """Who stands in today for one of them who is away, once for each post. One query."""
    found = _standing(today).filter(post__user_id__in=user_ids).order_by("from_date", "pk")
    columns = ("user_id", "user__name", "post__user_id", "post__role", "post__unit_id")
    return tuple(StandIn(*row) for row in found.values_list(*columns))


def _standing(today: date) -> QuerySet[Deputy]:
    away = Absence.objects.filter(on(today), user_id=OuterRef("post__user_id"))
    found = Deputy.objects.filter(on(today), on(today, "post__"), Exists(away), user__is_active=True)
    return found.filter(post__user__is_active=True, user__organisation_id=F("post__unit__organisation_id"))


def _roster(unit_ids: Collection[int], role: str, today: date) -> rules.Roster:
    posts = Post.objects.filter(on(today), unit_id__in=unit_ids, role=role, user__is_active=True)
    posts = posts.filter(user__organisation_id=F("unit__organisation_id")).order_by("from_date", "pk")
    holdings = tuple(
        Holding(pk, user_id, at, what, Span(start, end))
        for pk, user_id, at, what, start, end in posts.values_list(
            "pk", "user_id", "unit_id", "role", "from_date", "to_date"
        )
    )
    deputies = _deputies(holdings, today) if holdings else ()
    concerned = {one.user_id for one in holdings} | {one.user_id for one in deputies}
    absences = Absence.objects.filter(on(today), user_id__in=concerned) if concerned else Absence.objects.none()
    away = tuple(Away(who, Span(a, b)) for who, a, b in absences.values_list("user_id", "from_date", "to_date"))
    return rules.Roster(today, holdings, deputies, away)


def _deputies(holdings: Collection[Holding], today: date) -> tuple[Standing, ...]:
    found = Deputy.objects.filter(on(today), post_id__in=[one.post_id for one in holdings], user__is_active=True)
    rows = found.order_by("from_date", "pk").values_list("post_id", "user_id", "from_date", "to_date")
    return tuple(Standing(post, user, Span(start, end)) for post, user, start, end in rows)


def _people(picks: Iterable[Pick], tree: dict[int, UnitFacts]) -> tuple[Person, ...]:
    picks = tuple(picks)
    if not picks:
        return ()
    rows = User.objects.filter(pk__in=[pick.user_id for pick in picks]).values_list("pk", "name", "title")
    known = {pk: (name, title) for pk, name, title in rows}
    return tuple(
        Person(pick.user_id, *known[pick.user_id], pick.role, tree[pick.unit_id].name, pick.absent, pick.deputy_for)
        for pick in picks
    )
