"""What an attacker tried, and what it gave: doors opened by another way, records left out, pages broken."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.cases_kit import NOW, fresh, open_case, relations
from tests.people_kit import Municipality, a_municipality, actor, logged_in
from tests.web.case_kit import at
from tests.web.report.kit import a_picture
from vaern.cases import queries, service
from vaern.cases.models import Case, Part
from vaern.cases.service.change import add_holders, lock
from vaern.core.refusal import Refused
from vaern.evidence import queries as evidence_queries
from vaern.evidence import service as evidence
from vaern.journal import queries as journal
from vaern.people import service as people
from vaern.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(settings: LazySettings, tmp_path: Any) -> Municipality:
    settings.EVIDENCE = tmp_path / "evidence"
    return a_municipality()


@pytest.fixture
def case(town: Municipality) -> Case:
    return open_case(town)


def opened(case: Case, name: str) -> list[str]:
    """Which pages this person is on record for, oldest first."""
    found = journal.entries_of(f"case:{case.pk}", acts=["see_case"])
    return [one.data["page"] for one in reversed(found) if one.payload and one.payload.actor_name.startswith(name)]


def test_a_part_without_a_post_needs_the_second_factor_too(
    town: Municipality, case: Case, settings: LazySettings
) -> None:
    """Brought in by name, somebody with no post but that of an employee reads the case."""
    bring_in(town, case, town.olav.pk, "secretariat")
    settings.REQUIRE_TOTP = True
    for name in ("see_case", "see_timeline", "note_facts", "bring_in", "close_case"):
        answer = logged_in(town.olav).get(at(name, case))
        assert answer.headers.get("Location") == reverse("mfa_activate_totp"), name
    assert logged_in(town.anna).get(at("see_my_case", case)).status_code == 200, "her own case is no one else's"


def bring_in(town: Municipality, case: Case, user_id: int, role: str) -> None:
    service.bring_in(
        actor=actor(town.mads), case_id=case.pk, user_id=user_id, role=role, reason="Hjælp", now=NOW
    )  # fmt: skip


def test_a_manager_cannot_bring_in_the_shop_steward_against_her_wish(town: Municipality, case: Case) -> None:
    with pytest.raises(Refused) as refused:
        bring_in(town, case, town.troels.pk, "tr")
    assert refused.value.refusal.code == "no_consent"
    assert relations(town.troels, case) == frozenset()


def test_a_duty_of_the_shop_steward_is_no_way_round_her_wish(town: Municipality) -> None:
    """The example guideline lays one on manager and shop steward together."""
    case = open_case(town, "example", national=False, category=("threat",))
    with transaction.atomic():
        assert add_holders(lock(case.pk), "tr", "owes_a_duty", NOW) == []
        service.give_consent(actor=actor(town.anna), case_id=case.pk, consent="tr_reads", answer="yes", now=NOW)
    assert relations(town.troels, case) == {"tr"}
    with transaction.atomic():
        service.give_consent(actor=actor(town.anna), case_id=case.pk, consent="tr_reads", answer="no", now=NOW)
        assert add_holders(lock(case.pk), "tr", "owes_a_duty", NOW) == []
    assert relations(town.troels, case) == frozenset()


def test_no_page_with_content_is_opened_without_a_trace(town: Municipality, case: Case) -> None:
    picture = evidence.take_in(actor=actor(town.anna), upload=a_picture(), case_id=case.pk, now=NOW)
    manager = logged_in(town.mads)
    manager.get(at("see_evidence", case, item=picture.id))
    manager.get(at("note_facts", case))
    duty = at("fulfil_duty", case, duty="listen_and_note")
    page = manager.post(duty, {"times_seen": "0"})
    assert page.status_code == 422
    assert case.what in page.content.decode()
    assert opened(case, "Mads") == ["facts", "duty"]
    hands = evidence_queries.custody(case.pk)
    assert [entry.act for entry in hands if entry.actor_id == town.mads.pk] == ["see_evidence"]


WRITES: dict[str, tuple[str, dict[str, str]]] = {
    "write_message": ("mads", {"text": "x"}),
    "write_note": ("mads", {"text": "x"}),
    "note_conversation": ("mads", {"way": "phone", "text": "x"}),
    "say_needs": ("anna", {"impact": "x"}),
    "note_facts": ("mads", {"danger_now": "yes"}),
    "add_account": ("anna", {"text": "x"}),
    "step_in": ("lone", {"reason": "x"}),
    "close_case": ("mads", {"words": "x"}),
    "take_in_evidence": ("mads", {}),
    "describe_evidence": ("mads", {"seen": "1", "taken_by": "x"}),
    "capture_page": ("mads", {"address": "https://eksempel.dk/"}),
    "fulfil_duty": ("mads", {"text": "x", "times_seen": "0"}),
}


@pytest.mark.parametrize("name", WRITES)
def test_a_closed_case_stays_as_it_was_closed(town: Municipality, case: Case, name: str) -> None:
    who, given = WRITES[name]
    more: dict[str, object] = {"duty": "listen_and_note"} if name == "fulfil_duty" else {}
    if name == "describe_evidence":
        item = evidence.take_in(actor=actor(town.anna), upload=a_picture(), case_id=case.pk, now=NOW)
        more = {"item": item.id}
    case = fresh(case)
    Case.objects.filter(pk=case.pk).update(state="closed", closed_at=NOW)
    files = {"evidence": a_picture()} if name == "take_in_evidence" else {}
    path = at(name, case, **more)
    if name == "note_facts":
        shown = logged_in(town.mads).get(path).context["form"]
        given = {field.name: str(field.value()) for field in shown if field.value()} | given
    answer = logged_in(getattr(town, who)).post(path, {**given, **files})
    assert answer.status_code == 422
    assert "Sagen er afsluttet" in answer.content.decode() or name == "close_case"
    assert fresh(case).version == case.version
    assert not queries.messages(case)
    assert not queries.notes(case)


def test_in_a_closed_case_a_consent_can_be_taken_back_and_people_taken_out(town: Municipality, case: Case) -> None:
    service.give_consent(actor=actor(town.anna), case_id=case.pk, consent="tr_reads", answer="yes", now=NOW)
    bring_in(town, case, town.hanne.pk, "hr")
    Case.objects.filter(pk=case.pk).update(state="closed", closed_at=NOW)
    service.give_consent(actor=actor(town.anna), case_id=case.pk, consent="tr_reads", answer="no", now=NOW)
    part = Part.objects.get(case=case, user=town.hanne, until__isnull=True).pk
    service.take_out(actor=actor(town.mads), case_id=case.pk, part_id=part, now=NOW)
    assert relations(town.troels, case) == relations(town.hanne, case) == frozenset()
    with pytest.raises(Refused):
        bring_in(town, case, town.hanne.pk, "hr")


@pytest.mark.parametrize("before", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2026", "%00", "x"])
def test_a_cursor_that_is_no_time_is_not_there(town: Municipality, case: Case, before: str) -> None:
    assert logged_in(town.mads).get(f"{at('see_timeline', case)}?before={before}").status_code in (400, 404)


@pytest.mark.parametrize("field", ["discovered_on", "first_absence_day_on"])
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_no_date_breaks_the_page_of_a_case(town: Municipality, case: Case, field: str, day: str) -> None:
    manager, path = logged_in(town.mads), at("note_facts", case)
    shown = {one.name: one.value() for one in manager.get(path).context["form"] if one.value()}
    page = manager.post(path, {**shown, field: day})
    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert manager.get(at("see_case", case)).status_code == 200


@pytest.mark.parametrize("coding", ["utf-7", "utf-16", "unicode_escape", "rot13", "idna", "hex", "latin-1", "no-such"])
def test_a_form_in_another_coding_is_refused(town: Municipality, case: Case, coding: str) -> None:
    body = b'--B\r\nContent-Disposition: form-data; name="text"\r\n\r\n+2AA-\\ud800\r\n--B--\r\n'
    said = f"multipart/form-data; boundary=B; charset={coding}"
    answer = logged_in(town.mads).generic("POST", at("write_message", case), body, content_type=said)
    assert answer.status_code == 400


def test_nul_is_refused_wherever_it_stands(town: Municipality, case: Case) -> None:
    """PostgreSQL keeps no NUL, and says so with a fault."""
    anna, adam = logged_in(town.anna), logged_in(town.adam)
    assert anna.post(at("add_account", case), {"text": "a\x00b"}).status_code == 400
    assert anna.post(at("add_account", case), {"text": "ab", "x\x00": "y"}).status_code == 400
    assert adam.post(reverse("manage_people"), {"term": "\x00"}).status_code == 400
    assert Client().get("/", headers={"cookie": 'vaern_session="\\000abcdefgh"'}).status_code == 400
    assert adam.get("/house/people/%00/").status_code in (400, 404)


def test_a_forged_form_is_refused_at_every_address(town: Municipality, case: Case) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(town.mads)
    for name in ("write_message", "bring_in", "close_case", "take_out"):
        assert client.post(at(name, case), {"text": "x"}).status_code == 403, name


def test_the_way_back_from_a_file_too_large_stays_here(client: Client) -> None:
    page = client.generic("POST", "//evil.example/", b"x", CONTENT_LENGTH="999999999")
    assert page.status_code == 413
    assert 'href="//evil' not in page.content.decode()


def test_an_excluded_manager_does_not_come_back_as_a_stand_in(town: Municipality) -> None:
    """Lone has the case against Mads and goes away; Mads stands in for Lone's post."""
    case = open_case(town, manager_away="part_of_it")
    since = NOW.date()
    people.set_absence(actor=None, user_id=town.lone.pk, from_date=since, now=NOW)
    post = town.lone.posts.get(role="manager").pk
    people.set_deputy(actor=None, post_id=post, user_id=town.mads.pk, from_date=since, now=NOW)
    assert actor(town.mads).posts != ()
    assert relations(town.mads, case) == frozenset()
    assert queries.inbox_lines(actor(town.mads), NOW) == []


def test_an_administrator_cannot_borrow_a_login_in_silence(town: Municipality) -> None:
    """Adam resets Mads' second factor, makes a link, chooses a password and is Mads. Whoever logs in as Mads is told,
    also the second time and also Mads, once he has been let in again."""
    adam, thief = logged_in(town.adam), Client()
    adam.post(reverse("reset_second_factor", args=[town.mads.pk]))
    for password in ("tyvens-egne-ord-17", "mads-egne-ord-her-4"):
        shown = adam.post(reverse("issue_link", args=[town.mads.pk])).content.decode()
        link = re.search(r"/log_in/link/[^<\s]+", shown)
        assert link is not None
        thief.get(link[0], follow=True)
        thief.post(reverse("use_link"), {"password": password, "again": password})
        page = Client().post(reverse("account_login"), {"login": town.mads.email, "password": password}, follow=True)
        said = page.content.decode()
        assert "Adam Abel nulstillede en brugers totrinskode. Har du ikke selv bedt om det" in said
        assert "Adam Abel lavede et engangslink til en bruger. Har du ikke" in said
    profile = logged_in(User.objects.get(pk=town.mads.pk)).get(reverse("keep_profile")).content.decode()
    assert profile.count("lavede et engangslink") == 2
    assert profile.count("Mads Madsen loggede ind") == 2


def test_what_happened_to_one_login_is_nobody_elses_to_read(town: Municipality) -> None:
    logged_in(town.adam).post(reverse("issue_link", args=[town.mads.pk]))
    assert "engangslink" not in logged_in(town.anna).get(reverse("keep_profile")).content.decode()


def test_a_search_for_somebody_puts_no_name_into_an_address(town: Municipality) -> None:
    """Addresses stay in histories, in the logs of proxies and in the way back after logging in."""
    adam, mads = logged_in(town.adam), logged_in(town.mads)
    post = town.mads.posts.get(role="manager").pk
    for client, name, known in ((adam, "manage_people", {}), (mads, "set_my_deputy", {"post_id": post})):
        path = reverse(name, kwargs=known)
        assert 'method="get"' not in client.get(path).content.decode()
        assert "Karim Kaya" in client.post(path, {"term": "kaya"}).content.decode()
        assert "kaya" not in client.get(f"{path}?term=kaya").content.decode()
