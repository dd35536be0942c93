"""Who is found, by whom, and with how many queries."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest

from tests.people_kit import BEFORE, SINCE, Municipality, a_municipality, a_person, actor
from vaern.core.refusal import Unseen
from vaern.people import queries, service
from vaern.people.facts import PostFacts, Role
from vaern.people.models import User

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
Counting = Callable[..., AbstractContextManager[object]]


@pytest.fixture
def town() -> Municipality:
    return a_municipality()


def away(user: User) -> None:
    service.set_absence(actor=None, user_id=user.pk, from_date=TODAY, now=BEFORE)


def stand_in(user: User, deputy: User) -> None:
    post = user.posts.get()
    service.set_deputy(actor=None, post_id=post.pk, user_id=deputy.pk, from_date=TODAY, now=BEFORE)


def holders(town: Municipality, unit_id: int, role: str) -> list[str]:
    found = queries.holders(organisation_id=town.organisation_id, unit_id=unit_id, role=role, today=TODAY)
    return [person.name.split()[0] for person in found]


@pytest.mark.parametrize(
    ("unit", "role", "expected"),
    [
        ("jobcenter", "manager", ["Mads"]),
        ("social", "manager", ["Lone"]),
        ("bibliotek", "manager", []),
        ("jobcenter", "amr", ["Amalie"]),
        ("bibliotek", "amr", []),
        ("jobcenter", "secretariat", ["Signe"]),
        ("bibliotek", "head_of_authority", ["Henrik"]),
    ],
)
def test_a_post_holds_for_its_unit_and_everything_below(
    town: Municipality, unit: str, role: str, expected: list[str]
) -> None:
    assert holders(town, getattr(town, unit), role) == expected


def test_another_organisations_unit_finds_nobody(town: Municipality) -> None:
    assert holders(town, town.elsewhere_root, "manager") == []


def test_closed_posts_and_users_never_count(town: Municipality) -> None:
    service.deactivate_user(actor=None, user_id=town.mads.pk, now=BEFORE)
    assert holders(town, town.jobcenter, "manager") == ["Lone"]
    service.end_post(actor=None, post_id=town.lone.posts.get().pk, to_date=TODAY - timedelta(days=1), now=BEFORE)
    assert holders(town, town.jobcenter, "manager") == []


def test_the_deputy_of_an_absent_manager(town: Municipality) -> None:
    stand_in(town.mads, town.karim)
    assert not actor(town.karim).has("manager")
    away(town.mads)
    (found,) = queries.managers_for(town.anna.pk, today=TODAY)
    assert (found.user_id, found.deputy_for, found.unit_name) == (town.karim.pk, town.mads.pk, "Jobcenter")
    assert actor(town.karim).has("manager")
    assert PostFacts("manager", town.jobcenter, town.organisation_id, town.mads.pk) in actor(town.karim).posts


def test_an_absent_manager_without_deputy_is_named_with_the_level_above(town: Municipality) -> None:
    away(town.mads)
    found = queries.managers_for(town.anna.pk, today=TODAY)
    assert [(person.user_id, person.absent) for person in found] == [(town.mads.pk, True), (town.lone.pk, False)]


def test_nobody_is_her_own_manager(town: Municipality) -> None:
    assert [person.user_id for person in queries.managers_for(town.mads.pk, today=TODAY)] == [town.lone.pk]
    assert queries.managers_for(town.lone.pk, today=TODAY) == ()
    stand_in(town.mads, town.anna)
    away(town.mads)
    assert town.anna.pk not in {person.user_id for person in queries.managers_for(town.anna.pk, today=TODAY)}


def test_the_manager_above(town: Municipality) -> None:
    above = queries.manager_above(town.mads.pk, town.jobcenter, today=TODAY)
    assert above is not None
    assert above.user_id == town.lone.pk
    assert queries.manager_above(town.lone.pk, town.jobcenter, today=TODAY) is None


def test_is_above_agrees_with_the_units_below(town: Municipality) -> None:
    home = town.organisation_id
    assert queries.is_above(town.lone.pk, {town.mads.pk}, town.jobcenter, home, today=TODAY)
    assert not queries.is_above(town.mads.pk, {town.mads.pk}, town.jobcenter, home, today=TODAY)
    assert not queries.is_above(town.xenia.pk, {town.mads.pk}, town.jobcenter, home, today=TODAY)
    assert queries.units_one_level_below(actor(town.lone), today=TODAY) == {town.jobcenter}
    assert queries.units_one_level_below(actor(town.mads), today=TODAY) == frozenset()
    assert queries.units_one_level_below(actor(town.anna), today=TODAY) == frozenset()


def test_colleagues_are_found_by_every_word_and_never_across_the_wall(town: Municipality) -> None:
    def found(term: str) -> list[int]:
        return [person.user_id for person in queries.colleagues(actor(town.anna), term)]

    assert found("karim") == [town.karim.pk]
    assert found("ØSTERGÅRD olav") == [town.olav.pk]
    assert found("Xenia") == []
    assert found("anna") == [], "not herself"
    assert found("  ") == []
    service.deactivate_user(actor=None, user_id=town.karim.pk, now=BEFORE)
    assert found("karim") == []


def test_at_most_twenty_colleagues(town: Municipality) -> None:
    for number in range(25):
        a_person(town.organisation_id, f"Klon{number} Hansen", town.bibliotek, ())
    assert len(queries.colleagues(actor(town.anna), "hansen")) == 20


def test_one_person_and_names(town: Municipality) -> None:
    away(town.mads)
    found = queries.person(town.mads.pk, today=TODAY)
    assert found is not None
    assert (found.name, found.unit_name, found.absent) == ("Mads Madsen", "Jobcenter", True)
    assert queries.person(0) is None
    assert queries.names([town.anna.pk, 0]) == {town.anna.pk: "Anna Ankersen"}
    assert queries.absent({town.mads.pk, town.lone.pk}, today=TODAY) == {town.mads.pk}
    assert queries.in_organisation(town.anna.pk, town.organisation_id)
    assert not queries.in_organisation(town.xenia.pk, town.organisation_id)


def test_units(town: Municipality) -> None:
    assert [unit.name for unit in queries.unit_path(town.jobcenter)] == ["Kommunen", "Social", "Jobcenter"]
    assert queries.units_below(town.social) == {town.social, town.jobcenter}
    assert queries.units_below(0) == frozenset()
    assert queries.unit_of(town.anna.pk) == town.jobcenter
    User.objects.filter(pk=town.anna.pk).update(unit=None)
    assert queries.unit_of(town.anna.pk) == town.kommunen
    with pytest.raises(Unseen):
        queries.unit_of(0)


def test_the_tree_in_page_order(town: Municipality) -> None:
    lines = [(unit.name, unit.depth, unit.people) for unit in queries.unit_tree(actor(town.adam))]
    assert lines == [("Kommunen", 0, 5), ("Bibliotek", 1, 1), ("Social", 1, 1), ("Jobcenter", 2, 5)]


def test_the_sheet_is_for_the_administrator_and_oneself(town: Municipality) -> None:
    assert queries.person_sheet(actor(town.adam), town.anna.pk, today=TODAY).email == "anna@kommunen.example"
    assert queries.person_sheet(actor(town.anna), town.anna.pk, today=TODAY).posts[0].role == Role.EMPLOYEE
    for outsider in (town.karim, town.mads, town.xenia):
        with pytest.raises(Unseen):
            queries.person_sheet(actor(outsider), town.anna.pk, today=TODAY)


def test_the_list_is_searched_and_paged(town: Municipality) -> None:
    for number in range(60):
        a_person(town.organisation_id, f"Klon{number:02} Hansen", town.bibliotek, (), domain="klon")
    first = queries.people_page(actor(town.adam), number=1, today=TODAY)
    assert (len(first.object_list), first.paginator.count) == (50, 72)
    found = queries.people_page(actor(town.adam), term="hansen klon07", today=TODAY)
    assert [line.name for line in found.object_list] == ["Klon07 Hansen"]
    assert queries.people_page(actor(town.adam), term="xenia", today=TODAY).paginator.count == 0
    assert queries.people_page(actor(town.adam), number="nonsense", today=TODAY).number == 1


def test_each_question_takes_a_bounded_number_of_queries(
    town: Municipality, django_assert_max_num_queries: Counting
) -> None:
    parent = town.jobcenter
    for number in range(30):
        parent = service.create_unit(
            actor=None,
            organisation_id=town.organisation_id,
            code=f"U{number}",
            name="Dyb",
            parent_id=parent,
            now=BEFORE,
        )
    boss = a_person(town.organisation_id, "Dybe Chef", parent, (Role.MANAGER,))
    for person in (town.mads, town.lone, boss):
        stand_in(person, town.karim)
        away(person)
    asks, today = actor(town.adam), TODAY
    user = User.objects.get(pk=boss.pk)
    with django_assert_max_num_queries(3):
        queries.actor_of(user, today=today)
    with django_assert_max_num_queries(5):
        queries.holders(organisation_id=town.organisation_id, unit_id=parent, role="manager", today=today)
    with django_assert_max_num_queries(6):
        queries.managers_for(boss.pk, today=today)
    with django_assert_max_num_queries(5):
        queries.manager_above(boss.pk, parent, today=today)
    deputy = actor(town.karim)
    assert deputy.has("manager")
    with django_assert_max_num_queries(4):
        queries.units_one_level_below(deputy, today=today)
    with django_assert_max_num_queries(4):
        queries.people_page(asks, today=today)
    with django_assert_max_num_queries(4):
        queries.person_sheet(asks, boss.pk, today=today)


def test_posts_not_yet_begun_or_over_are_nobodys_today(town: Municipality) -> None:
    service.give_post(
        actor=None, user_id=town.olav.pk, unit_id=town.bibliotek, role="manager", from_date=TODAY + timedelta(days=1),
        now=BEFORE,
    )  # fmt: skip
    service.give_post(
        actor=None, user_id=town.karim.pk, unit_id=town.bibliotek, role="manager", from_date=SINCE,
        to_date=TODAY - timedelta(days=1), now=BEFORE,
    )  # fmt: skip
    assert holders(town, town.bibliotek, "manager") == []
    assert not actor(town.olav).has("manager")
