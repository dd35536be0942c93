"""A part that came by a post follows the post: the one who had it is out at once, the one who has it now gets it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import time_machine

from tests.cases_kit import NOW, adopt, day, fresh, later, open_case, report, settle
from tests.people_kit import SINCE, Municipality, a_municipality, a_person, actor
from vaern.cases import queries, service
from vaern.cases.models import Case, Part
from vaern.cases.rules import nearest, successor
from vaern.journal import queries as journal
from vaern.people import queries as people_queries
from vaern.people import service as people_service
from vaern.people.facts import Person
from vaern.people.models import Post, User

pytestmark = pytest.mark.django_db
AFTER = later(days=10)


@pytest.fixture
def people() -> Municipality:
    return a_municipality()


def relations(user: User, case: Case) -> frozenset[str]:
    return queries.relations(actor(user, day(AFTER)), fresh(case))


def leaves(user: User, role: str = "manager") -> None:
    post = Post.objects.get(user=user, role=role)
    people_service.end_post(actor=None, post_id=post.pk, to_date=day(AFTER) - timedelta(days=1), now=NOW)


def a_new_manager(people: Municipality, unit_id: int) -> User:
    nina = a_person(people.organisation_id, "Nina Nygaard", unit_id, [])
    people_service.give_post(
        actor=None, user_id=nina.pk, unit_id=unit_id, role="manager", from_date=day(AFTER), now=NOW
    )
    return nina


def handed_over_at(moment: datetime) -> int:
    with time_machine.travel(moment, tick=False):
        return service.hand_over_parts()


def handed_over(case: Case) -> list[dict[str, object]]:
    return [entry.data for entry in journal.entries_of(f"case:{case.pk}", acts={"hand_over"}, limit=10)]


def lists_of(user: User) -> set[object]:
    who = actor(user, day(AFTER))
    lines, _ = queries.case_lines(who, AFTER)
    return {*(line.id for line in lines), *(line.case_id for line in queries.duty_lines(who, AFTER))}


def test_the_successor_gets_the_case_and_the_one_before_is_out(people: Municipality) -> None:
    case = open_case(people)
    leaves(people.mads)
    nina = a_new_manager(people, people.jobcenter)
    assert relations(people.mads, case) == frozenset(), "at once, before anything was handed over"
    assert lists_of(people.mads) == set()
    assert handed_over_at(AFTER) == 1
    assert relations(nina, case) == {"manager"}
    assert relations(people.mads, case) == frozenset()
    assert lists_of(nina) == {case.pk}
    assert handed_over(case) == [{"moves": [{"user": people.mads.pk, "role": "manager", "to": nina.pk}]}]
    assert handed_over_at(AFTER) == 0, "once"


def test_while_he_has_the_post_nothing_moves(people: Municipality) -> None:
    case = open_case(people)
    leaves(people.mads)
    a_new_manager(people, people.jobcenter)
    assert handed_over_at(NOW) == 0
    assert queries.relations(actor(people.mads, day(NOW)), fresh(case)) == {"manager"}


def test_a_closed_case_goes_along(people: Municipality) -> None:
    case = open_case(people)
    Case.objects.filter(pk=case.pk).update(state="closed", closed_at=NOW)
    leaves(people.mads)
    nina = a_new_manager(people, people.jobcenter)
    assert handed_over_at(AFTER) == 1
    assert relations(nina, case) == {"manager"}
    assert fresh(case).state == "closed"


def test_without_a_successor_the_level_above_has_it(people: Municipality) -> None:
    case = open_case(people)
    leaves(people.mads)
    assert handed_over_at(AFTER) == 1
    assert relations(people.lone, case) == {"manager"}


def test_nobody_who_is_part_of_it_comes_in_by_the_post(people: Municipality) -> None:
    adopt(people.organisation_id)
    case = report(people.anna, people.mads, manager_away="part_of_it")
    assert relations(people.lone, case) == {"manager"}
    leaves(people.lone)
    people_service.give_post(
        actor=None, user_id=people.mads.pk, unit_id=people.social, role="manager", from_date=day(AFTER), now=NOW
    )
    henrik = a_new_manager(people, people.kommunen)
    assert handed_over_at(AFTER) == 1
    assert relations(people.mads, case) == frozenset()
    assert relations(henrik, case) == {"manager"}


def test_the_employee_does_not_get_her_own_case_to_handle(people: Municipality) -> None:
    case = open_case(people)
    leaves(people.mads)
    people_service.give_post(
        actor=None, user_id=people.anna.pk, unit_id=people.jobcenter, role="manager", from_date=day(AFTER), now=NOW
    )
    assert handed_over_at(AFTER) == 1
    assert relations(people.anna, case) == {"affected"}
    assert relations(people.lone, case) == {"manager"}


def test_where_nobody_has_the_post_the_part_waits_and_opens_nothing(people: Municipality) -> None:
    case = open_case(people)
    leaves(people.mads)
    leaves(people.lone)
    assert handed_over_at(AFTER) == 0
    assert relations(people.mads, case) == frozenset()
    nina = a_new_manager(people, people.jobcenter)
    assert handed_over_at(AFTER) == 1
    assert relations(nina, case) == {"manager"}


def test_a_deputy_who_got_the_report_gives_it_back(people: Municipality) -> None:
    mads = Post.objects.get(user=people.mads)
    people_service.set_deputy(actor=None, post_id=mads.pk, user_id=people.karim.pk, from_date=day(NOW), now=NOW)
    absence = people_service.set_absence(actor=None, user_id=people.mads.pk, from_date=SINCE, now=NOW)
    adopt(people.organisation_id)
    case = report(people.anna, people.karim)
    assert relations(people.karim, case) == {"manager"}
    assert handed_over_at(AFTER) == 0, "he still stands in"
    people_service.end_absence(actor=None, absence_id=absence, now=AFTER)
    assert relations(people.karim, case) == frozenset()
    assert handed_over_at(AFTER) == 1
    assert relations(people.mads, case) == {"manager"}


def test_an_absent_successor_brings_the_deputy_along(people: Municipality) -> None:
    case = open_case(people)
    leaves(people.mads)
    nina = a_new_manager(people, people.jobcenter)
    post = Post.objects.get(user=nina)
    people_service.set_deputy(actor=None, post_id=post.pk, user_id=people.karim.pk, from_date=day(AFTER), now=NOW)
    people_service.set_absence(actor=None, user_id=nina.pk, from_date=day(AFTER), now=NOW)
    assert handed_over_at(AFTER) == 1
    assert relations(nina, case) == relations(people.karim, case) == {"manager"}
    assert ("Karim Kaya", "Nina Nygaard") in queries.stand_ins(queries.parts(fresh(case)), AFTER), "and she is told"


def test_the_secretariat_hands_over_too_in_the_same_entry(people: Municipality) -> None:
    case = open_case(people)
    settle(case, people.mads, "refer_to_secretariat")
    leaves(people.mads)
    leaves(people.signe, "secretariat")
    new = a_person(people.organisation_id, "Sara Sand", people.kommunen, ["secretariat"])
    nina = a_new_manager(people, people.jobcenter)
    assert handed_over_at(AFTER) == 1
    assert (relations(new, case), relations(nina, case)) == ({"secretariat"}, {"manager"})
    (entry,) = handed_over(case)
    assert [move["role"] for move in entry["moves"]] == ["manager", "secretariat"]  # type: ignore[attr-defined]


def test_the_shop_steward_goes_and_nobody_comes_without_her_yes(people: Municipality) -> None:
    case = open_case(people)
    service.give_consent(actor=actor(people.anna), case_id=case.pk, consent="tr_reads", answer="yes", now=NOW)
    leaves(people.troels, "tr")
    new = a_person(people.organisation_id, "Tove Toft", people.jobcenter, ["tr"])
    assert handed_over_at(AFTER) == 1
    assert relations(people.troels, case) == relations(new, case) == frozenset()
    assert fresh(case).consents["tr_reads"] == "unknown", "she is asked again"


def test_somebody_brought_in_by_name_stays(people: Municipality) -> None:
    case = open_case(people)
    service.bring_in(
        actor=actor(people.mads), case_id=case.pk, user_id=people.olav.pk, role="hr", reason="Kender sagen", now=NOW
    )
    assert handed_over_at(AFTER) == 0
    assert relations(people.olav, case) == {"hr"}


def test_a_manager_who_was_deactivated_hands_over(people: Municipality) -> None:
    case = open_case(people)
    people_service.deactivate_user(actor=None, user_id=people.mads.pk, now=NOW)
    nina = a_new_manager(people, people.jobcenter)
    assert handed_over_at(AFTER) == 1
    assert relations(nina, case) == {"manager"}
    assert Part.objects.get(case=case, user=people.mads).until == AFTER


def test_whose_posts_and_who_stands_in(people: Municipality) -> None:
    today = date(2026, 11, 21)
    assert people_queries.posts_of({people.mads.pk, people.olav.pk}, today=today) == {
        (people.mads.pk, "manager", people.jobcenter),
        (people.olav.pk, "employee", people.bibliotek),
    }
    assert people_queries.standing_in({people.mads.pk}, today=today) == ()


def a_holder(user: int, *, absent: bool = False, deputy_for: int | None = None) -> Person:
    return Person(user, "", "", "manager", "", absent, deputy_for)


@pytest.mark.parametrize(
    ("found", "barred", "wanted"),
    [
        ((a_holder(1), a_holder(2)), (), 2),
        ((a_holder(1), a_holder(2)), (2,), 1),
        ((a_holder(1, absent=True),), (), 1),
        ((a_holder(3, deputy_for=1),), (), 1),
        ((a_holder(3, deputy_for=1),), (1,), None),
        ((), (), None),
    ],
)
def test_who_succeeds(found: tuple[Person, ...], barred: tuple[int, ...], wanted: int | None) -> None:
    assert successor(found, barred) == wanted


def test_the_nearest_post_brought_it() -> None:
    assert nearest({7, 2}, (4, 2, 1)) == 2
    assert nearest({7, 9}, (4, 2, 1)) == 7
    assert nearest((), (4,)) is None
