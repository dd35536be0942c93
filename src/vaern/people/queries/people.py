"""One person, several people, and the one who asks. Nobody is ever found across organisations."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import OuterRef, Q

from vaern.core.refusal import Unseen
from vaern.people.facts import Actor, Person, PostFacts, Span
from vaern.people.models import Absence, Deputy, Organisation, Post, Unit, User
from vaern.people.rules import holds_on

FOUND_AT_MOST = 20


def on(day: date, prefix: str = "") -> Q:
    """Rows whose days include `day`."""
    begun = Q(**{f"{prefix}from_date__lte": day})
    return begun & (Q(**{f"{prefix}to_date__isnull": True}) | Q(**{f"{prefix}to_date__gte": day}))


def actor_of(user: User, *, today: date) -> Actor:
    """The logged-in user with the posts held today, and those stood in for because their holder is away today.

    Every request asks this. Few people stand in for anybody, so days are compared here and absences are only asked
    about when there is somebody to be absent: one question with everything in it took longer to put together than the
    rest of a small page.
    """
    home = user.organisation
    if home is None:
        return Actor(user.pk, user.name, None, user.language, ())
    held = Post.objects.filter(user_id=user.pk, unit__organisation_id=home.pk)
    rows = held.values_list("role", "unit_id", "from_date", "to_date")
    posts = [PostFacts(role, unit, home.pk) for role, unit, begun, end in rows if holds_on(Span(begun, end), today)]
    posts += _stood_in(user, home.pk, today)
    return Actor(user.pk, user.name, home.pk, user.language, tuple(dict.fromkeys(posts)), home.name)


def _stood_in(user: User, home: int, today: date) -> list[PostFacts]:
    named = Deputy.objects.filter(user_id=user.pk, post__unit__organisation_id=home, post__user__is_active=True)
    rows = named.order_by("pk").values_list(
        "post__role", "post__unit_id", "post__user_id", "from_date", "to_date", "post__from_date", "post__to_date"
    )
    found = [
        (role, unit, holder)
        for role, unit, holder, begun, end, post_begun, post_end in rows
        if holds_on(Span(begun, end), today) and holds_on(Span(post_begun, post_end), today)
    ]
    away = absent({holder for _, _, holder in found}, today=today) if found else frozenset()
    return [PostFacts(role, unit, home, holder) for role, unit, holder in found if holder in away]


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
    found = Absence.objects.filter(on(today), user_id__in=user_ids)
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


def searched(term: str) -> list[str]:
    """The words to look for. No name is longer than this, and a database refuses a question of any length."""
    return term[:100].casefold().split()[:10]


def colleagues(actor: Actor, term: str) -> tuple[Person, ...]:
    """Active people of the actor's organisation, at most 20, whose name or e-mail has every word of `term`. Not the
    actor."""
    words = searched(term)
    if not words or actor.organisation_id is None:
        return ()
    found = User.objects.filter(organisation_id=actor.organisation_id, is_active=True).exclude(pk=actor.user_id)
    for word in words:
        found = found.filter(Q(name_key__contains=word) | Q(email__contains=word))
    rows = found.select_related("unit").order_by("name_key", "pk")[:FOUND_AT_MOST]
    return tuple(Person(one.pk, one.name, one.title, "", one.unit.name if one.unit else "", False) for one in rows)


def who_logs_in(email: str) -> User | None:
    """The user with this address, whether active or not."""
    return User.objects.filter(email=email.strip().lower()).first()


def organisation_ids() -> list[int]:
    return list(Organisation.objects.order_by("pk").values_list("pk", flat=True))


def addresses(user_ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """E-mail and language of those of them who can log in."""
    found = User.objects.filter(pk__in=user_ids, is_active=True)
    return {pk: (email, language) for pk, email, language in found.values_list("pk", "email", "language")}


def stand_ins(away: Collection[int], *, today: date) -> dict[int, frozenset[int]]:
    """For each of those away who holds a post somebody stands in for today: who does."""
    named = Deputy.objects.filter(on(today), on(today, "post__"), post__user_id__in=away, user__is_active=True)
    found: dict[int, set[int]] = {}
    for holder, deputy in named.values_list("post__user_id", "user_id"):
        found.setdefault(holder, set()).add(deputy)
    return {holder: frozenset(users) for holder, users in found.items()}
