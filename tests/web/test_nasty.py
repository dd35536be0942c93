"""Every address × every field × what no person means to send: answered, refused or not found, and never a fault.

PostgreSQL is stricter than SQLite (NUL, half characters, years, sizes of numbers), so this runs on both.
"""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection

from tests.web.door_people import Stage
from tests.web.test_doors import ON_A_CASE, PATTERNS, Visitors, path_of, stage

pytestmark = pytest.mark.django_db
__all__ = ["stage"]  # the same stage as for the doors

MIXED = "../../etc/passwd %s %(x)s {0} {x} <script>alert(1)</script> \r\nSet-Cookie: a=b 🦄\u202e'\""
NASTY = (
    "\x00", "0001-01-01", "9999-12-31", "9" * 5000, "-1", "٣", "24:60", MIXED, "x" * 100_000, "a " * 3000,
)  # fmt: skip
IN_A_ROW = ("\x00", "9999-12-31", "9" * 5000, "-1", MIXED, "x" * 100_000)
"""What a database may stumble over; the rest never gets as far, and is not asked again on PostgreSQL."""
DAYS = ("0001-01-01", "9999-12-31")
"""Tried in one date at a time, the others as the page offers them: these reach the rules, and what counts with days."""
MORE = {
    "choose_language": {"next": "/", "language": "da"},
    "describe_evidence": {"context": "post", "group_closed": "no"},
    "take_out": {"part": "1"},
    "give_consent": {"consent": "tr_reads", "answer": "yes"},
    "add_account": {"text": "x"},
    "say_needs": {"impact": "x", "needs_practical": "x"},
    "adopt_guideline": {"pack": "brovst", "layers": "national"},
    "bring_in": {"term": "karim", "find": "1", "user": "1", "role": "hr", "reason": "x"},
    "import_people": {"files": "x"},
    "write_report": {"remove": "x", "searched": "a", "affected_name": "a", "go": "next", "manager_id": "1"},
    "step_in": {"reason": "x"},
    "name_affected": {"term": "karim", "user": "1"},
    "shut_out": {"term": "karim", "user": "1", "reason": "x"},
}
READ = (
    ("term", "manage_people"),
    ("page", "manage_people"),
    ("platform", "read_capture_guide"),
    ("platform", "read_privacy_guide"),
    ("before", "see_timeline"),
    ("who", "start_report"),
)
IN_ADDRESSES = ("9" * 40, "%00", "%2e%2e", "x%0d%0ay", "%ff")


@pytest.fixture(scope="module")
def unmoved(stage: Stage) -> Visitors:
    """Who gets a fault as an answer, and not as an exception in the test."""
    visitors = Visitors(stage)
    visitors.client.raise_request_exception = False
    return visitors


class Fields(HTMLParser):
    """Names and offered values of a page's form fields."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name") or (self.select if tag == "option" else "")
        if tag == "select":
            self.select = name
        elif tag in {"input", "textarea", "option"} and name and given.get("type") != "file":
            self.found[name] = self.found.get(name) or given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = ""


def _who(name: str) -> str:
    if name == "step_in":
        return "lone"
    if name not in ON_A_CASE:
        return "nobody" if name in {"account_login", "use_link", "open_link"} else _of_the_house(name)
    return (
        "anna"
        if name in {"see_receipt", "see_my_case", "add_account", "say_needs", "give_consent", "see_openings"}
        else "mads"
    )


def _of_the_house(name: str) -> str:
    draft = name in {"write_report", "send_report", "discard_report"}
    return "anna" if draft else "mads" if name in {"set_my_deputy", "list_cases", "see_inbox"} else "adam"


def _paths(stage: Stage) -> Iterator[tuple[str, str]]:
    for name in PATTERNS:
        path = path_of(name, stage, "new" if name == "step_in" else "full")
        steps = ("what", "evidence", "kind", "you") if name == "write_report" else ("what",)
        yield from ((name, path.replace("/what/", f"/{step}/")) for step in steps)


def _tries(offered: dict[str, str]) -> Iterator[dict[str, str]]:
    values = NASTY if connection.vendor == "sqlite" else IN_A_ROW
    yield from (dict.fromkeys(offered or ("x",), value) for value in values)
    days = [name for name in offered if name.endswith(("_on", "_date"))]
    yield from ({**offered, name: value} for name in days for value in DAYS)


def test_no_field_is_a_fault(stage: Stage, unmoved: Visitors, settings: LazySettings, tmp_path: Path) -> None:
    settings.GUIDELINES = tmp_path  # reading every pack at each try would take most of the time
    wrong: list[str] = []
    for name, path in _paths(stage):
        if unmoved.ask(_who(name), "POST", path).status_code == 405:
            continue
        page: Any = unmoved.ask(_who(name), "GET", path)
        offered = Fields(page.content.decode()).found if page.status_code == 200 and not page.streaming else {}
        offered = {
            key: value for key, value in offered.items() if key not in {"csrfmiddlewaretoken", "next", "language"}
        }
        for given in _tries({**offered, **MORE.get(name, {})}):
            status = unmoved.ask(_who(name), "POST", path, given).status_code
            if status >= 500:
                wrong.append(f"{name}: { ({key: value[:20] for key, value in given.items()}) } gives {status}")
    assert wrong == []


@pytest.mark.parametrize(("field", "page"), READ)
def test_no_question_in_an_address_is_a_fault(stage: Stage, unmoved: Visitors, field: str, page: str) -> None:
    path = path_of(page, stage, "full")
    person = _who(page)
    for value in NASTY[:-2]:
        with_it = f"{path}?{field}={''.join(f'%{byte:02x}' for byte in value.encode())}"
        assert unmoved.ask(person, "GET", with_it).status_code < 500, value


def test_no_part_of_an_address_is_a_fault(stage: Stage, unmoved: Visitors) -> None:
    wrong: list[str] = []
    path_values = {
        *stage.cases.values(),
        *stage.items.values(),
        stage.draft,
        "listen_and_note",
        "what",
        "et-hemmeligt-ord",
    }
    path_values |= {
        str(one) for one in (stage.post, stage.absence, stage.deputy, stage.town.olav.pk, stage.town.bibliotek)
    }
    for name, path in _paths(stage):
        parts = path.strip("/").split("/")
        for at in (at for at, part in enumerate(parts) if part in path_values):
            for value in IN_ADDRESSES:
                tried = "/" + "/".join([*parts[:at], value, *parts[at + 1 :]]) + "/"
                if unmoved.ask(_who(name), "GET", tried).status_code >= 500:
                    wrong.append(tried[:100])
    assert wrong == []
