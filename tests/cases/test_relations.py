"""Who is what to a case: need to know, per case and not per department."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.cases_kit import NOW, adopt, day, fresh, later, open_case, relations, report, settle
from tests.people_kit import Municipality, a_municipality, actor
from vaern.cases import queries, service
from vaern.cases.models import Case
from vaern.core.refusal import Refused, Unseen
from vaern.evidence import service as evidence
from vaern.people import service as people_service
from vaern.people.models import Post, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Municipality:
    return a_municipality()


def test_at_the_beginning_only_she_and_her_manager_may_read_it(people: Municipality) -> None:
    case = open_case(people)
    assert relations(people.anna, case) == {"affected"}
    assert relations(people.mads, case) == {"manager"}
    assert relations(people.amalie, case) == {"amr"}, "the safety representative sees the state, not the content"
    assert relations(people.lone, case) == {"above"}, "the level above may step in"
    for outsider in (people.karim, people.olav, people.signe, people.henrik, people.hanne, people.adam, people.carla):
        assert relations(outsider, case) == frozenset(), outsider.name
    assert relations(people.xenia, case) == frozenset()
    assert queries.case_for(actor(people.xenia), case.pk) is None


def test_a_manager_who_is_part_of_it_does_not_see_it(people: Municipality) -> None:
    adopt(people.organisation_id)
    case = report(people.anna, people.mads, manager_away="part_of_it")
    assert relations(people.mads, case) == frozenset()
    assert relations(people.lone, case) == {"manager"}, "it went to the level above"
    with pytest.raises(Refused) as refused:
        service.bring_in(
            actor=actor(people.lone), case_id=case.pk, user_id=people.mads.pk, role="hr", reason="Hjælp", now=NOW
        )
    assert refused.value.refusal.code == "excluded", "not by the back door either"
    assert queries.case_lines(actor(people.mads), NOW) == ([], False)
    assert queries.duty_lines(actor(people.mads), NOW) == []


def test_a_manager_who_is_away_gives_it_to_the_level_above_but_is_not_shut_out(people: Municipality) -> None:
    adopt(people.organisation_id)
    case = report(people.anna, people.mads, manager_away="away")
    assert relations(people.lone, case) == {"manager"}
    assert "excluded" not in {part.role for part in queries.parts(fresh(case))}


def test_a_colleague_gets_a_receipt_and_not_the_case(people: Municipality) -> None:
    adopt(people.organisation_id)
    case = report(people.karim, people.mads, who="colleague", affected_id=people.anna.pk)
    assert relations(people.karim, case) == {"reporter"}
    assert relations(people.anna, case) == {"affected"}


def test_the_safety_representative_reads_when_she_says_yes_and_no_longer_when_she_takes_it_back(
    people: Municipality,
) -> None:
    case = open_case(people)
    for answer, wanted in (("yes", {"amr", "amr_reads"}), ("unknown", {"amr"})):
        service.give_consent(actor=actor(people.anna), case_id=case.pk, consent="amr_reads", answer=answer, now=NOW)
        assert relations(people.amalie, case) == wanted


def test_the_shop_steward_comes_and_goes_with_her_consent(people: Municipality) -> None:
    case = open_case(people)
    service.give_consent(actor=actor(people.anna), case_id=case.pk, consent="tr_reads", answer="yes", now=NOW)
    assert relations(people.troels, case) == {"tr"}
    service.give_consent(actor=actor(people.anna), case_id=case.pk, consent="tr_reads", answer="no", now=NOW)
    assert relations(people.troels, case) == frozenset()


def test_the_secretariat_sees_it_once_it_is_referred(people: Municipality) -> None:
    case = open_case(people)
    assert relations(people.signe, case) == frozenset()
    settle(case, people.mads, "refer_to_secretariat")
    assert relations(people.signe, case) == {"secretariat"}
    lines = queries.duty_lines(actor(people.signe), NOW)
    assert "legal_assessment" in {line.duty for line in lines}
    assert [line.id for line in queries.referred_lines(actor(people.signe), NOW)] == [case.pk]
    assert queries.referred_lines(actor(people.mads), NOW) == []


def test_silence_reaches_the_level_above_and_stepping_in_is_on_record(people: Municipality) -> None:
    case = open_case(people)
    assert queries.inbox_lines(actor(people.lone), later(days=1)) == []
    (line,) = queries.inbox_lines(actor(people.lone), later(days=4))
    assert line.silence is not None
    assert line.silence.alarm
    service.step_in(actor=actor(people.lone), case_id=case.pk, reason="Stille for længe", now=later(days=4))
    assert relations(people.lone, case) == {"managers_manager"}
    service.write_message(
        actor=actor(people.lone), case_id=case.pk, from_affected=False, text="Jeg tager over.", now=later(days=4)
    )
    after = queries.inbox_lines(actor(people.lone), later(days=4))
    assert not any(one.silence and one.silence.alarm for one in after)


def test_nobody_from_another_organisation_can_be_brought_in(people: Municipality) -> None:
    case = open_case(people)
    with pytest.raises(Unseen):
        service.bring_in(
            actor=actor(people.mads), case_id=case.pk, user_id=people.xenia.pk, role="hr", reason="Hjælp", now=NOW
        )


def test_the_last_one_who_handles_a_case_cannot_be_taken_out(people: Municipality) -> None:
    case = open_case(people)
    mads = next(part for part in queries.parts(fresh(case)) if part.role == "manager")
    with pytest.raises(Refused) as refused:
        service.take_out(actor=actor(people.mads), case_id=case.pk, part_id=mads.pk, now=NOW)
    assert refused.value.refusal.code == "last_one"


def test_sending_twice_opens_one_case(people: Municipality) -> None:
    adopt(people.organisation_id)
    who = actor(people.anna)
    draft = service.start_report(actor=who, who="me", now=NOW)
    answers: dict[str, object] = {"what": "Et opslag", "manager_id": people.mads.pk}
    service.write_report(actor=who, draft_id=draft.pk, answers=answers, now=NOW)
    first = service_send(people, draft.pk)
    assert service_send(people, draft.pk).pk == first.pk
    assert Case.objects.count() == 1
    with pytest.raises(Refused):
        service.write_report(actor=who, draft_id=draft.pk, answers={"what": "noget andet"}, now=NOW)


def service_send(people: Municipality, draft_id: UUID) -> Case:
    return evidence.send_report(actor=actor(people.anna), draft_id=draft_id, now=NOW)


def away(people: Municipality, who: User, deputy: User) -> None:
    """`who` is away on the day of the tests, and `deputy` stands in for every post."""
    for post in Post.objects.filter(user=who):
        people_service.set_deputy(actor=None, post_id=post.pk, user_id=deputy.pk, from_date=day(NOW), now=NOW)
    people_service.set_absence(actor=None, user_id=who.pk, from_date=day(NOW), now=NOW)


def test_a_manager_who_goes_away_leaves_the_open_case_with_the_deputy(people: Municipality) -> None:
    case = open_case(people)
    assert relations(people.karim, case) == frozenset()
    away(people, people.mads, people.karim)
    assert relations(people.karim, case) == {"manager"}
    assert [line.id for line in queries.case_lines(actor(people.karim), NOW)[0]] == [case.pk]
    assert {line.duty for line in queries.duty_lines(actor(people.karim), NOW)} >= {"notify_head", "not_alone"}
    assert [line.id for line in queries.inbox_lines(actor(people.karim), later(days=4))] == [case.pk]
    settle(case, people.karim, "not_alone")


def test_a_deputy_handles_no_case_about_herself(people: Municipality) -> None:
    case = open_case(people)
    away(people, people.mads, people.anna)
    assert relations(people.anna, case) == {"affected"}
    assert queries.case_lines(actor(people.anna), NOW)[0] == []
    assert "notify_head" not in {line.duty for line in queries.duty_lines(actor(people.anna), NOW)}


def test_the_deputy_of_a_manager_who_is_part_of_it_does_not_see_it_either(people: Municipality) -> None:
    adopt(people.organisation_id)
    case = report(people.anna, people.mads, manager_away="part_of_it")
    away(people, people.mads, people.karim)
    assert relations(people.karim, case) == frozenset()
    assert queries.case_lines(actor(people.karim), NOW)[0] == []
    assert queries.duty_lines(actor(people.karim), NOW) == []
