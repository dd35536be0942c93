"""Reads about people. Nobody is ever found across organisations; each function makes a bounded number of queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from vaern.core.refusal import Unseen
from vaern.people import rules
from vaern.people.facts import (
    Actor,
    Away,
    Holding,
    OrganisationFacts,
    Person,
    Pick,
    PostFacts,
    Role,
    Span,
    Standing,
    UnitFacts,
)
from vaern.people.models import Absence, Deputy, Organisation, Post, Unit, User

FOUND_AT_MOST = 20


def _on(day: date, prefix: str = "") -> Q:
    """Rows whose days include `day`."""
    begun = Q(**{f"{prefix}from_date__lte": day})
    return begun & (Q(**{f"{prefix}to_date__isnull": True}) | Q(**{f"{prefix}to_date__gte": day}))


# Who asks


def actor_of(user: User, *, today: date) -> Actor:
    """The logged-in user with the posts held today, and those stood in for because their holder is away today."""
    held = Post.objects.filter(_on(today), user_id=user.pk, unit__organisation_id=user.organisation_id)
    away = Absence.objects.filter(_on(today), user_id=OuterRef("post__user_id"))
    stood_in = Deputy.objects.filter(
        _on(today),
        _on(today, "post__"),
        Exists(away),
        user_id=user.pk,
        post__user__is_active=True,
        post__unit__organisation_id=user.organisation_id,
    )
    rows = [
        *held.values_list("role", "unit_id", "unit__organisation_id"),
        *stood_in.values_list("post__role", "post__unit_id", "post__unit__organisation_id"),
    ]
    posts = tuple(dict.fromkeys(PostFacts(*row) for row in rows))
    name = user.organisation.name if user.organisation else ""
    return Actor(user.pk, user.name, user.organisation_id, user.language, posts, name)


# One person, several people


def person(user_id: int, *, today: date | None = None) -> Person | None:
    """Anybody, also somebody deactivated (old cases name them). `absent` is only known when `today` is given."""
    found = User.objects.filter(pk=user_id).select_related("unit").first()
    if found is None:
        return None
    away = today is not None and bool(absent({user_id}, today=today))
    return Person(found.pk, found.name, found.title, "", found.unit.name if found.unit else "", away)


def names(user_ids: Iterable[int]) -> dict[int, str]:
    """Ids and names; an unknown id is left out."""
    return dict(User.objects.filter(pk__in=set(user_ids)).values_list("pk", "name"))


def absent(user_ids: Collection[int], *, today: date) -> frozenset[int]:
    """Those of them who are away today."""
    found = Absence.objects.filter(_on(today), user_id__in=user_ids)
    return frozenset(found.values_list("user_id", flat=True))


def in_organisation(user_id: int, organisation_id: int) -> bool:
    """Whether this is somebody active of the organisation."""
    return User.objects.filter(pk=user_id, organisation_id=organisation_id, is_active=True).exists()


def unit_of(user_id: int) -> int:
    """The unit the user belongs to; the organisation's root when none is known. Unseen when there is neither."""
    root = Unit.objects.filter(organisation__users=OuterRef("pk"), parent__isnull=True).values("pk")
    found = User.objects.filter(pk=user_id).annotate(root_id=root[:1]).values_list("unit_id", "root_id").first()
    unit_id = found and (found[0] or found[1])
    if not unit_id:
        raise Unseen(f"user:{user_id}")
    return int(unit_id)


def colleagues(actor: Actor, term: str) -> tuple[Person, ...]:
    """Active people of the actor's organisation, at most 20, whose name has every word of `term`. Not the actor."""
    words = term.casefold().split()
    if not words or actor.organisation_id is None:
        return ()
    found = User.objects.filter(organisation_id=actor.organisation_id, is_active=True).exclude(pk=actor.user_id)
    for word in words:
        found = found.filter(name_key__contains=word)
    rows = found.select_related("unit").order_by("name_key", "pk")[:FOUND_AT_MOST]
    return tuple(Person(one.pk, one.name, one.title, "", one.unit.name if one.unit else "", False) for one in rows)


# Organisations and units


def organisation(organisation_id: int) -> OrganisationFacts | None:
    return _organisation(Organisation.objects.filter(pk=organisation_id))


def organisation_by_slug(slug: str) -> OrganisationFacts | None:
    return _organisation(Organisation.objects.filter(slug=slug))


def _organisation(found: QuerySet[Organisation]) -> OrganisationFacts | None:
    row = found.values_list("pk", "name", "slug", "silence_days", "demo").first()
    return OrganisationFacts(*row) if row else None


def units(organisation_id: int) -> dict[int, UnitFacts]:
    """The whole tree, by id: one query."""
    rows = Unit.objects.filter(organisation_id=organisation_id).order_by("name", "pk")
    return {row[0]: UnitFacts(*row) for row in rows.values_list("pk", "parent_id", "code", "name")}


def _tree_of(unit_id: int) -> dict[int, UnitFacts]:
    """The tree the unit belongs to; empty when there is no such unit."""
    own = Unit.objects.filter(pk=unit_id).values("organisation_id")
    rows = Unit.objects.filter(organisation_id__in=own)
    return {row[0]: UnitFacts(*row) for row in rows.values_list("pk", "parent_id", "code", "name")}


def unit_path(unit_id: int) -> tuple[UnitFacts, ...]:
    """From the root down to the unit itself."""
    tree = _tree_of(unit_id)
    return tuple(tree[at] for at in reversed(rules.path_up(rules.parents_of(tree.values()), unit_id)))


def units_below(unit_id: int) -> frozenset[int]:
    """The unit and everything under it."""
    tree = _tree_of(unit_id)
    return rules.below(rules.parents_of(tree.values()), unit_id) if tree else frozenset()


# Who has a role


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
    tree = _tree_of(unit_id)
    path = rules.path_up(rules.parents_of(tree.values()), unit_id)
    roster = _roster(path, Role.MANAGER, today)
    return _people(rules.pick_reachable(roster, path, excluded={user_id}), tree)


def manager_above(manager_user_id: int, unit_id: int, *, today: date) -> Person | None:
    """The manager of the level above the one where this manager stands, seen from `unit_id`; never the same person."""
    tree = _tree_of(unit_id)
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


def _roster(unit_ids: Collection[int], role: str, today: date) -> rules.Roster:
    posts = Post.objects.filter(_on(today), unit_id__in=unit_ids, role=role, user__is_active=True)
    posts = posts.filter(user__organisation_id=F("unit__organisation_id")).order_by("from_date", "pk")
    holdings = tuple(
        Holding(pk, user_id, at, what, Span(start, end))
        for pk, user_id, at, what, start, end in posts.values_list(
            "pk", "user_id", "unit_id", "role", "from_date", "to_date"
        )
    )
    deputies = _deputies(holdings, today) if holdings else ()
    concerned = {one.user_id for one in (*holdings, *deputies)}
    absences = Absence.objects.filter(_on(today), user_id__in=concerned) if concerned else Absence.objects.none()
    away = tuple(Away(who, Span(a, b)) for who, a, b in absences.values_list("user_id", "from_date", "to_date"))
    return rules.Roster(today, holdings, deputies, away)


def _deputies(holdings: Collection[Holding], today: date) -> tuple[Standing, ...]:
    found = Deputy.objects.filter(_on(today), post_id__in=[one.post_id for one in holdings], user__is_active=True)
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
