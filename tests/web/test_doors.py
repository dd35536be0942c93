"""Every address × everybody × every relation to a case.

The table stands here a second time on purpose, in words: a door that is changed in the program fails here until
somebody has read and changed this page too.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.web.door_people import EVERYBODY, PARTS, Stage, a_stage, parts_as_the_program_sees_them
from vaern.cases.models import Part
from vaern.people.doors import DOORS

HANDLERS = "the manager; the level above, stepped in; the secretariat"
READERS = (
    f"{HANDLERS}; the head of authority; HR; the shop steward, with her yes; the safety representative, with her yes"
)
AFFECTED = "the affected employee"

# The name of an address on a case: who may.
ON_A_CASE = {
    "see_receipt": f"{AFFECTED}; who reported it",
    "see_my_case": AFFECTED,
    "add_account": AFFECTED,
    "say_needs": AFFECTED,
    "give_consent": AFFECTED,
    "see_openings": AFFECTED,
    "see_status": "the safety representative; the safety representative, with her yes; the level above",
    "step_in": "the level above",
    "see_case": READERS,
    "see_timeline": READERS,
    "fulfil_duty": READERS,
    "see_evidence": f"{AFFECTED}; {READERS}",
    "preview_evidence": f"{AFFECTED}; {READERS}",
    "download_evidence": f"{AFFECTED}; {HANDLERS}",
    "describe_evidence": f"{AFFECTED}; {HANDLERS}",
    "download_infected": HANDLERS,
    "search_evidence": f"{AFFECTED}; {READERS}",
    "take_in_evidence": f"{AFFECTED}; {HANDLERS}",
    "hold_evidence": HANDLERS,
    "lift_hold": HANDLERS,
    "erase_evidence": "the secretariat; HR",
    "mask_evidence": f"{AFFECTED}; {HANDLERS}",
    "set_mask_aside": f"{AFFECTED}; {HANDLERS}",
    "capture_page": f"{AFFECTED}; {HANDLERS}",
    "see_bundles": f"{AFFECTED}; {HANDLERS}",
    "make_bundle": HANDLERS,
    "download_bundle": HANDLERS,
    "see_letters": HANDLERS,
    "see_letter": HANDLERS,
    "draft_letter": HANDLERS,
    "write_letter": HANDLERS,
    "download_letter": HANDLERS,
    "approve_letter": HANDLERS,
    "reopen_letter": HANDLERS,
    "send_letter": HANDLERS,
    "confirm_letter": HANDLERS,
    "see_referrals": HANDLERS,
    "make_referral": HANDLERS,
    "revoke_referral": HANDLERS,
    "see_watches": f"{AFFECTED}; {HANDLERS}",
    "start_watch": HANDLERS,
    "look_at_post": f"{AFFECTED}; {HANDLERS}",
    "end_watch": HANDLERS,
    "see_handovers": HANDLERS,
    "start_handover": HANDLERS,
    "see_handover": HANDLERS,
    "fill_handover": HANDLERS,
    "download_handover": HANDLERS,
    "send_handover": HANDLERS,
    "keep_halfway": HANDLERS,
    "follow_up_handover": HANDLERS,
    "confirm_handover": HANDLERS,
    "write_message": f"{AFFECTED}; {HANDLERS}",
    "write_note": HANDLERS,
    "note_conversation": HANDLERS,
    "note_facts": HANDLERS,
    "bring_in": HANDLERS,
    "take_out": HANDLERS,
    "name_affected": HANDLERS,
    "shut_out": HANDLERS,
    "unname_affected": HANDLERS,
    "close_case": HANDLERS,
    "reopen_case": HANDLERS,
}
# Everything else: who may, in words that `WHO` below explains.
ELSEWHERE = {
    "check_health": "anybody",
    "choose_language": "anybody",
    "read_statement": "anybody",
    "read_calendar": "who has the address",
    "read_referral": "who has the address",
    "account_login": "anybody",
    "mfa_authenticate": "anybody",
    "account_inactive": "anybody",
    "use_link": "anybody",
    "open_link": "anybody",
    "start": "who is logged in",
    "account_logout": "anybody",
    "keep_profile": "who is logged in",
    "mfa_index": "who is logged in",
    "set_my_absence": "who is logged in",
    "end_my_absence": "whom the absence belongs to, or an administrator",
    "set_my_deputy": "whom the post belongs to, or an administrator",
    "end_my_deputy": "whom the post belongs to, or an administrator",
    "account_change_password": "who is logged in",
    "account_reauthenticate": "who is logged in",
    "mfa_reauthenticate": "who is logged in",
    "mfa_activate_totp": "who is logged in",
    "mfa_deactivate_totp": "who has a second factor",
    "mfa_view_recovery_codes": "who has a second factor",
    "mfa_generate_recovery_codes": "who is logged in",
    "see_my_duties": "who is logged in",
    "read_privacy_guide": "who is logged in",
    "read_capture_guide": "who is logged in",
    "see_notices": "who is logged in",
    "keep_calendar": "who is logged in",
    "close_calendar": "who is logged in",
    "read_guideline": "who is logged in",
    "start_report": "who is logged in",
    "write_report": "the author of the draft",
    "send_report": "the author of the draft",
    "discard_report": "the author of the draft",
    "list_cases": "a manager, the secretariat, a head of authority, HR or a representative",
    "see_inbox": "a manager or the secretariat",
    "manage_guidelines": "an administrator",
    "adopt_guideline": "an administrator",
    "manage_people": "an administrator",
    "see_health": "an administrator",
    "create_user": "an administrator",
    "import_people": "an administrator",
    "see_person": "an administrator of the same organisation",
    "change_user": "an administrator of the same organisation",
    "deactivate_user": "an administrator of the same organisation",
    "activate_user": "an administrator of the same organisation",
    "issue_link": "an administrator of the same organisation",
    "reset_second_factor": "an administrator of the same organisation",
    "give_post": "an administrator of the same organisation",
    "set_absence": "an administrator of the same organisation",
    "end_absence": "an administrator of the same organisation",
    "end_deputy": "an administrator of the same organisation",
    "end_post": "an administrator of the same organisation",
    "set_deputy": "an administrator of the same organisation",
    "manage_units": "an administrator",
    "create_unit": "an administrator",
    "change_unit": "an administrator of the same organisation",
}
# Words -> who they mean here, and what the others of the house are answered.
WHO: dict[str, tuple[set[str], str]] = {
    "anybody": ({*EVERYBODY, "a stray", "nobody"}, ""),
    "who is logged in": ({*EVERYBODY}, ""),
    "whom the absence belongs to, or an administrator": ({"olav", "adam"}, "404"),
    "whom the post belongs to, or an administrator": ({"mads", "adam"}, "404"),
    "who has a second factor": (set(), "404"),
    "the author of the draft": ({"anna"}, "404"),
    "a manager, the secretariat, a head of authority, HR or a representative": (
        {"mads", "lone", "signe", "henrik", "hanne", "amalie", "troels", "xenia"},
        "403",
    ),
    "a manager or the secretariat": ({"mads", "lone", "signe", "xenia"}, "403"),
    "who has the address": (set(), "404"),
    "an administrator": ({"adam", "xenia"}, "403"),
    "an administrator of the same organisation": ({"adam"}, "403"),
}
OPEN_TO_ALL = {"anybody", "who is logged in"}
ELSEWHERE_ADMINISTRATOR = {"xenia": "404"}
pytestmark = pytest.mark.django_db
OTHER_METHODS = ("PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")


def addresses(resolver: URLResolver | None = None, before: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    """Every name and pattern of the URL configuration. Static files are served before it is asked."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from addresses(one, before)
        else:
            yield str(one.name), one


PATTERNS = dict(addresses())


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Built once: each request is taken back, so nobody finds it changed."""
    quiet = logging.getLogger("django.request")
    quiet.disabled = True
    with (
        django_db_blocker.unblock(),
        override_settings(EVIDENCE=tmp_path_factory.mktemp("evidence")),
        transaction.atomic(),
    ):
        yield a_stage()
        transaction.set_rollback(True)
    quiet.disabled = False


class Visitors:
    """One logged-in browser for each person; whatever a request changes is taken back."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.cookies = stage, {}
        for name, user in stage.people.items():
            client = Client()
            if user is not None:
                client.force_login(user)
                client.get("/statement/")  # a session is renewed once, and then left alone for a while
            self.cookies[name] = client.cookies.output()
        self.client = Client()

    def ask(self, name: str, method: str, path: str, data: dict[str, str] | None = None) -> HttpResponseBase:
        self.client.cookies = SimpleCookie(self.cookies[name].replace("Set-Cookie: ", ""))
        with transaction.atomic():
            response = self.client.generic(method, path) if method not in ("GET", "POST") else (
                self.client.post(path, data or {}) if method == "POST" else self.client.get(path)
            )  # fmt: skip
            transaction.set_rollback(True)
        return response


@pytest.fixture(scope="module")
def visitors(stage: Stage) -> Visitors:
    return Visitors(stage)


def outcome(response: HttpResponseBase) -> str:
    """ "in" when the view answered, also with what is missing or with "not this way"; else what kept one out."""
    if response.status_code >= 500:
        return "fault"
    if response.status_code in (403, 404, 405):
        return str(response.status_code)
    asked_to_log_in = response.status_code == 302 and response.headers["Location"].startswith("/log_in/")
    return "login" if asked_to_log_in else "in"


def path_of(name: str, stage: Stage, case: str = "new") -> str:
    values = {
        "case": stage.cases[case],
        "item": (stage.masks if name == "set_mask_aside" else stage.items)[case],
        "bundle": stage.bundles[case],
        "letter": stage.letters[case],
        "handover": stage.handovers[case],
        "watch": stage.watches[case],
        "referral": stage.referrals[case],
        "duty": "listen_and_note",
        "draft": stage.draft,
        "step": "what",
        "user_id": stage.town.olav.pk,
        "post_id": stage.post,
        "absence_id": stage.absence,
        "deputy_id": stage.deputy,
        "unit_id": stage.town.bibliotek,
        "secret": "et-hemmeligt-ord",
    }
    return reverse(name, kwargs={key: values[key] for key in PATTERNS[name].pattern.converters})


def test_every_address_has_a_door_and_stands_in_the_table_here() -> None:
    without = [name for name, pattern in addresses() if getattr(pattern.callback, "door", None) not in DOORS]
    assert without == []
    assert {name for name, _ in addresses()} == {*ON_A_CASE, *ELSEWHERE}


def test_every_act_of_the_programs_table_has_an_address() -> None:
    assert {pattern.callback.door for _, pattern in addresses()} == set(DOORS)


@pytest.mark.parametrize("case", PARTS)
def test_what_everybody_is_to_the_three_cases(stage: Stage, case: str) -> None:
    """That the stage is set as the table says, before anybody tries a door."""
    assert set(parts_as_the_program_sees_them(stage, case)) == set(PARTS[case])


@pytest.mark.one_database
@pytest.mark.parametrize("case", PARTS)
def test_a_case_opens_to_those_named_and_does_not_exist_for_the_others(
    stage: Stage, visitors: Visitors, case: str
) -> None:
    """The administrator, another organisation, an excluded manager and every role without a part are all told 404."""
    wrong: list[str] = []
    for at, (name, who) in enumerate(ON_A_CASE.items()):
        may = {person for person, words in PARTS[case].items() if words in who.split("; ")}
        for which, person in enumerate(stage.people):
            out = {"nobody": "login", "a stray": "403"}.get(person, "404")
            # Who is kept out is kept out whatever the method: the door is asked before the view is. So in turn.
            for method in ("GET", "POST") if person in may else (("GET", "POST")[(at + which) % 2],):
                if person in may and method == "POST" and name == "take_out":
                    continue  # without saying whom, this is 404 for anybody: see the test of its own
                found = outcome(visitors.ask(person, method, path_of(name, stage, case)))
                if found not in ({"in", "405"} if person in may else {out}):
                    wrong.append(f"{person}, {PARTS[case].get(person, 'no part')}: {method} {name} gives {found}")
    assert wrong == []


@pytest.mark.one_database
@pytest.mark.parametrize("words", WHO)
def test_everything_else_opens_to_those_named(stage: Stage, visitors: Visitors, words: str) -> None:
    wrong: list[str] = []
    may, others = WHO[words]
    for name in (name for name, who in ELSEWHERE.items() if who == words):
        for person in stage.people:
            out = {"nobody": "login", "a stray": "403"}.get(person, others)
            if words == "who has the address":
                out = others  # its secret is the door: who is logged in makes no difference
            if words.endswith("same organisation"):
                out = ELSEWHERE_ADMINISTRATOR.get(person, out)
            for method in _methods(words, person, may):
                found = outcome(visitors.ask(person, method, path_of(name, stage)))
                if found not in _right(words, person, may, out):
                    wrong.append(f"{person}: {method} {name} gives {found}")
    assert wrong == []


def _methods(words: str, person: str, may: set[str]) -> tuple[str, ...]:
    """What is open to everybody is tried both ways by a few; who is kept out is kept out of doing something."""
    if words in OPEN_TO_ALL:
        return ("GET", "POST") if person in {"anna", "a stray", "nobody"} else ("GET",)
    return ("GET", "POST") if person in may else ("POST",)


def _right(words: str, person: str, may: set[str], out: str) -> set[str]:
    if words == "anybody":
        # Of the login's own pages some send whoever has not begun a login back to its start.
        return {"in", "405", "login"}
    if person in may:
        return {"in", "405"}
    # The door knows the person, the view knows whose it is: only the right method gets as far as that.
    return {out, "405"} if out == "404" else {out}


@pytest.mark.one_database
def test_no_method_is_a_fault(stage: Stage, visitors: Visitors) -> None:
    """Whoever may come in gets an answer to every method, if only that this one is not allowed."""
    wrong: list[str] = []
    for name in PATTERNS:
        for method in OTHER_METHODS:
            status = visitors.ask(_one_who_may(name), method, path_of(name, stage, "full")).status_code
            if status >= 500:
                wrong.append(f"{method} {name} gives {status}")
    assert wrong == []


def _one_who_may(name: str) -> str:
    if name in ON_A_CASE:
        may = [person for person, words in PARTS["full"].items() if words in ON_A_CASE[name].split("; ")]
        return sorted(may)[0] if may else "mads"
    return sorted(WHO[ELSEWHERE[name]][0] or {"anna"})[0]


@pytest.mark.parametrize("person", ["nobody", "olav", "adam", "xenia", "mads"])
def test_a_case_one_has_no_part_in_looks_like_one_that_is_not_there(
    stage: Stage, visitors: Visitors, person: str
) -> None:
    """Mads is the manager, and part of it: to him, too, the case against him does not exist."""
    nowhere = "00000000-0000-4000-8000-000000000000"
    for name in ON_A_CASE:
        there = visitors.ask(person, "GET", path_of(name, stage, "against"))
        missing = visitors.ask(person, "GET", path_of(name, stage, "against").replace(stage.cases["against"], nowhere))
        assert there.status_code == missing.status_code, name
        if person != "nobody":
            assert _plain(there) == _plain(missing), name


def _plain(response: Any) -> bytes:
    """The page without what differs at each request."""
    return b"".join(
        line for line in response.content.splitlines() if b"csrf" not in line and b'name="next"' not in line
    )


def test_a_case_is_no_way_in_to_the_evidence_of_another(stage: Stage, visitors: Visitors) -> None:
    """Anna is the affected employee in all three cases; an item is found only on its own."""
    for name in ("see_evidence", "preview_evidence", "download_evidence"):
        path = path_of(name, stage, "new").replace(stage.items["new"], stage.items["full"])
        for method in ("GET", "POST"):
            assert visitors.ask("anna", method, path).status_code in (404, 405), name


def test_who_handles_a_case_may_take_somebody_out_of_it(stage: Stage, visitors: Visitors) -> None:
    """Tried with the affected employee's own part, which nobody may end: the answer is a refusal in words, not 404."""
    path = path_of("take_out", stage, "full")
    part = Part.objects.get(case_id=stage.cases["full"], role="affected").pk
    may = {person for person, words in PARTS["full"].items() if words in HANDLERS.split("; ")}
    asked = {person: visitors.ask(person, "POST", path, {"part": str(part)}) for person in stage.people}
    assert {person for person, answer in asked.items() if outcome(answer) == "in"} == may


DUTIES = {
    "say_impact": f"{AFFECTED}; {READERS}",
    "listen_and_note": READERS,
    "legal_assessment": READERS,
}


@pytest.mark.parametrize("duty", DUTIES)
def test_a_duty_opens_to_those_who_read_the_case_and_to_those_who_owe_it(
    stage: Stage, visitors: Visitors, duty: str
) -> None:
    path = path_of("fulfil_duty", stage, "full").replace("listen_and_note", duty)
    may = {person for person, words in PARTS["full"].items() if words in DUTIES[duty].split("; ")}
    assert {person for person in stage.people if outcome(visitors.ask(person, "GET", path)) == "in"} == may
