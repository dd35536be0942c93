"""Looked through, sent once, and seen only by those it concerns."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.test import Client

from tests.cases_kit import report
from tests.people_kit import Municipality, actor, logged_in
from tests.web.report.kit import a_picture, begin, put, saved
from vaern.cases import queries
from vaern.cases.models import Case
from vaern.evidence import queries as evidence
from vaern.journal import queries as journal


def filled(client: Client, town: Municipality, **you: object) -> UUID:
    draft = begin(client)
    client.post(f"/report/{draft}/evidence/", {"files": [a_picture(), a_picture("to.png", (3, 3, 3))]})
    put(client, draft, "kind", category=["digital_threats"], author_known="no")
    put(client, draft, "you", **{"impact": "Jeg er bange.", "manager_id": town.mads.pk, "manager_away": "", **you})
    return draft


def relations(user: object, case: Case) -> frozenset[str]:
    return queries.relations(actor(user), Case.objects.get(pk=case.pk))  # type: ignore[arg-type]


def test_the_summary_says_everything_and_who_gets_it(town: Municipality) -> None:
    client = logged_in(town.anna)
    draft = filled(client, town)
    page = client.get(f"/report/{draft}/send/").content.decode()
    for said in ("Et opslag med mit navn.", "opslag.png", "Digitale trusler", "Jeg er bange.", "Mads Madsen"):
        assert said in page
    for step in ("what", "evidence", "kind", "you"):
        assert f'href="/report/{draft}/{step}/"' in page


def test_sending_opens_one_case_with_its_files(town: Municipality) -> None:
    client = logged_in(town.anna)
    draft = filled(client, town)
    answer = client.post(f"/report/{draft}/send/")
    case = Case.objects.get()
    assert answer.url == f"/case/{case.pk}/receipt/"
    assert [item.number for item in evidence.items_of_case(case.pk)] == [1, 2]
    assert relations(town.anna, case) == {"affected"}
    assert "manager" in relations(town.mads, case)
    assert relations(town.xenia, case) == relations(town.karim, case) == frozenset()
    assert saved(draft) == {}


def test_sending_twice_gives_the_same_case(town: Municipality) -> None:
    client = logged_in(town.anna)
    draft = filled(client, town)
    first, second = (client.post(f"/report/{draft}/send/").url for _ in range(2))
    assert first == second
    assert Case.objects.count() == 1
    for step in ("what", "send", "discard"):
        assert client.get(f"/report/{draft}/{step}/").url == first


def test_nothing_is_sent_without_what_is_needed(town: Municipality) -> None:
    client = logged_in(town.anna)
    draft = begin(client)
    looked = client.get(f"/report/{draft}/send/")
    assert looked.status_code == 200
    assert "Vælg den leder, der skal have sagen." in looked.content.decode()
    answer = client.post(f"/report/{draft}/send/")
    assert answer.status_code == 422
    assert f'<a href="/report/{draft}/you/">Vælg den leder' in answer.content.decode()
    assert not Case.objects.exists()


@pytest.mark.parametrize(("away", "hidden"), [("away", False), ("part_of_it", True)])
def test_the_level_above_gets_it_when_the_manager_is_away_or_part_of_it(
    town: Municipality, away: str, hidden: bool
) -> None:
    client = logged_in(town.anna)
    draft = filled(client, town, manager_away=away)
    assert "Lone Lauridsen" in client.get(f"/report/{draft}/send/").content.decode()
    client.post(f"/report/{draft}/send/")
    case = Case.objects.get()
    assert "manager" in relations(town.lone, case)
    assert relations(town.mads, case) == frozenset()
    excluded = {part.user_id for part in queries.parts(case) if part.role == "excluded"}
    assert excluded == ({town.mads.pk} if hidden else set())


def test_a_colleague_opens_a_case_about_somebody_else(town: Municipality) -> None:
    client = logged_in(town.karim)
    draft = begin(client, "colleague", affected_name="Anna", searched="Anna", affected_id=town.anna.pk)
    put(client, draft, "you", manager_id=town.mads.pk, manager_away="")
    answer = client.post(f"/report/{draft}/send/")
    case = Case.objects.get()
    assert answer.url == f"/case/{case.pk}/receipt/"
    assert relations(town.karim, case) == {"reporter"}
    assert relations(town.anna, case) == {"affected"}


def test_a_colleague_reads_who_gets_it_and_not_that_nothing_was_answered(town: Municipality) -> None:
    client = logged_in(town.karim)
    draft = begin(client, "colleague", affected_name="Anna", searched="Anna", affected_id=town.anna.pk)
    put(client, draft, "you", manager_id=str(town.mads.pk))
    page = client.get(f"/report/{draft}/send/").content.decode()
    asked = page[page.index('id="section-you"') :]
    assert "Mads Madsen" in asked
    assert "Ikke udfyldt" not in asked


def test_a_manager_who_was_told_has_the_case(town: Municipality) -> None:
    client = logged_in(town.mads)
    draft = begin(client, "manager", affected_name="Anna", searched="Anna", affected_id=town.anna.pk)
    assert "Sagen bliver din." in client.get(f"/report/{draft}/send/").content.decode()
    client.post(f"/report/{draft}/send/")
    case = Case.objects.get()
    assert "manager" in relations(town.mads, case)
    assert relations(town.anna, case) == {"affected"}


def test_nobody_takes_a_case_as_manager_of_somebody_he_does_not_lead(town: Municipality) -> None:
    client = logged_in(town.mads)
    draft = begin(client, "manager", affected_name="Olav", searched="Olav", affected_id=town.olav.pk)
    answer = client.post(f"/report/{draft}/send/")
    assert answer.status_code == 422
    assert "ikke som leder for den medarbejder" in answer.content.decode()
    assert not Case.objects.exists()


def test_a_draft_of_an_employee_cannot_be_sent_as_the_manager(town: Municipality) -> None:
    client = logged_in(town.karim)
    draft = begin(client, "colleague", affected_name="Anna", searched="Anna", affected_id=town.anna.pk)
    put(client, draft, "what", what="x", who="manager", affected_name="Anna", searched="Anna")
    assert saved(draft)["who"] == "colleague"


def test_only_the_author_sends_or_discards(town: Municipality) -> None:
    draft = filled(logged_in(town.anna), town)
    for other in (town.mads, town.karim, town.xenia):
        for act in ("send", "discard"):
            assert logged_in(other).post(f"/report/{draft}/{act}/").status_code == 404
    assert not Case.objects.exists()


def test_a_draft_is_discarded_with_its_files(town: Municipality) -> None:
    client = logged_in(town.anna)
    draft = filled(client, town)
    assert "slette kladden" in client.get(f"/report/{draft}/discard/").content.decode()
    assert client.post(f"/report/{draft}/discard/").url == "/"
    assert client.get(f"/report/{draft}/what/").status_code == 404
    assert not evidence.items_of_draft(draft)


def test_no_words_of_the_report_are_in_the_journal(town: Municipality) -> None:
    client = logged_in(town.anna)
    draft = filled(client, town)
    client.post(f"/report/{draft}/send/")
    case = Case.objects.get()
    entries = [*journal.entries_of(f"draft:{draft}"), *journal.entries_of(f"case:{case.pk}")]
    assert {"start_report", "write_report", "take_in_evidence", "send_report"} <= {entry.act for entry in entries}
    assert "Et opslag med mit navn" not in str([entry.data for entry in entries])


def test_the_summary_makes_few_queries_however_many_files(
    town: Municipality, django_assert_max_num_queries: object
) -> None:
    client = logged_in(town.anna)
    draft = filled(client, town)
    files = [a_picture(f"{n}.png", (n, n, n)) for n in range(10, 20)]
    client.post(f"/report/{draft}/evidence/", {"files": files})
    client.get(f"/report/{draft}/send/")
    with django_assert_max_num_queries(25):  # type: ignore[operator]
        client.get(f"/report/{draft}/send/")


def test_the_time_of_the_case_is_now(town: Municipality) -> None:
    client = logged_in(town.anna)
    client.post(f"/report/{filled(client, town)}/send/")
    assert abs((datetime.now(UTC) - Case.objects.get().opened_at).total_seconds()) < 60


def test_an_address_on_a_case_of_ones_own_is_pointed_out_and_on_anothers_it_is_not(town: Municipality) -> None:
    case = report(town.anna, town.mads, link="https://www.facebook.com/vred/posts/1")
    written = "https://m.facebook.com/Vred/posts/1/?fbclid=x"
    for who, told in ((town.anna, True), (town.karim, False)):
        client = logged_in(who)
        draft = begin(client)
        put(client, draft, "evidence", link=written)
        page = client.get(f"/report/{draft}/send/").content.decode()
        assert (f"sag {queries.label(case)}" in page) is told
        assert (f'href="/case/{case.pk}/mine/"' in page) is told
    put(client, draft, "evidence", link="https://m.facebook.com/Vred/posts/2")
    assert "med den samme adresse" not in client.get(f"/report/{draft}/send/").content.decode()
