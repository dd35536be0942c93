"""From the request to the evidence: the row, the job, the case, and what stands when something is lost on the way."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.utils import timezone
from django_q.models import OrmQ
from pytest_django import Settings

from tests.capture.outside import WORDS, Outside, outside, page
from tests.cases_kit import NOW, fresh, open_case
from tests.evidence.files import upload
from tests.people_kit import Municipality, a_municipality, actor
from vaern.capture import facts, models, queries, service
from vaern.cases.models import Case, Part
from vaern.core.refusal import Refused, Unseen
from vaern.evidence import queries as evidence
from vaern.evidence import service as evidence_service
from vaern.evidence.models import Item
from vaern.journal import queries as journal
from vaern.journal.models import Payload
from vaern.people.facts import Actor

pytestmark = pytest.mark.django_db
PAGE = "https://side.eksempel.dk/opslag"
QUICK = facts.Limits(seconds=40, load_seconds=8, answer_seconds=6)


@pytest.fixture(scope="module")
def net() -> Iterator[Outside]:
    with outside({"/opslag": page(f"<h1>Opslaget</h1><p>{WORDS}</p><img src=/picture.png>", "Et opslag")}) as world:
        yield world


@pytest.fixture(autouse=True)
def _on(settings: Settings, tmp_path: Path) -> None:
    settings.CAPTURE, settings.EVIDENCE = True, tmp_path / "evidence"


@pytest.fixture
def people() -> Municipality:
    return a_municipality()


@pytest.fixture
def case(people: Municipality) -> Case:
    return open_case(people)


def ask(who: Actor, case: Case, address: str = PAGE) -> facts.Capture:
    return service.capture_page(actor=who, case_id=case.pk, address=address, now=timezone.now())


def run(net: Outside, asked: facts.Capture) -> facts.Capture:
    service.run_capture(str(asked.id), net.world(), QUICK)
    return next(one for one in queries.captures_of(asked.case_id) if one.id == asked.id)


def acts(case: Case) -> list[str]:
    return [entry.act for entry in journal.entries_of(f"case:{case.pk}", limit=100)]


def contents(who: Actor, item_id: object, case: Case) -> bytes:
    item = evidence.item(case.pk, item_id)  # type: ignore[arg-type]
    return b"".join(evidence_service.download(actor=who, item=item, now=timezone.now()).chunks)


@pytest.mark.one_database
def test_a_page_becomes_three_pieces_of_evidence_with_where_they_come_from(
    net: Outside, people: Municipality, case: Case, tmp_path: Path
) -> None:
    done = run(net, ask(actor(people.anna), case))
    assert (done.state, done.reason, done.remarks, len(done.items)) == ("done", "", (), 3)
    rows = [Item.objects.get(pk=one) for one in done.items]
    assert [(row.kind, row.made_by, row.number) for row in rows] == [
        ("wacz", "capture", 1), ("png", "capture", 2), ("mhtml", "capture", 3),
    ]  # fmt: skip
    assert [row.derived_from_id for row in rows] == [None, rows[0].pk, rows[0].pk]
    assert {row.added_by_id for row in rows} == {people.anna.pk}
    how = rows[0].how
    assert [row.how for row in rows] == [how] * 3
    assert how["sha256"] == {row.kind: row.sha256 for row in rows}
    assert (how["requested"], how["final"], how["status"]) == (PAGE, PAGE, 200)
    assert how["addresses"] == {"side.eksempel.dk": "203.0.114.7"}
    assert how["redirects"] == [{"url": PAGE, "status": 200, "ip": "203.0.114.7"}]
    assert how["capture"] == str(done.id)
    assert how["begun"] <= how["ended"]
    assert all(how[name] for name in ("tool", "version", "driver", "recorder", "agent", "viewport", "certificate"))
    package = contents(actor(people.anna), done.items[0], case)
    with zipfile.ZipFile(BytesIO(package)) as opened:
        assert opened.testzip() is None
    (tmp_path / "side.wacz").write_bytes(package)
    validator = [sys.executable, "-m", "wacz", "validate", "-f", str(tmp_path / "side.wacz")]
    checked = subprocess.run(validator, capture_output=True, text=True, check=False)
    assert "Validation succeeded" in checked.stdout
    assert {evidence.provenance(row.pk)[0].said.url for row in rows} == {PAGE}, "the address somebody asked for"
    assert "evidence_secured" in fresh(case).events
    assert acts(case).count("take_in_evidence") == 3
    assert {"capture_page", "capture_ended"} <= set(acts(case))


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("path", "state", "reason"),
    [("/members", "failed", "login_wall"), ("/gone", "failed", "gone"), ("/to-inside", "refused", "inside")],
)
def test_a_wall_is_no_evidence_and_secures_nothing(
    net: Outside, people: Municipality, case: Case, path: str, state: str, reason: str
) -> None:
    net.pages["/to-inside"] = (302, {"Location": "http://10.0.0.5/"}, b"")
    ended = run(net, ask(actor(people.anna), case, f"https://side.eksempel.dk{path}"))
    assert (ended.state, ended.reason, ended.items) == (state, reason, ())
    assert "skærmbillede" in queries.words_of(ended)[0] or reason != "login_wall"
    assert evidence.items_of_case(case.pk) == []
    assert "evidence_secured" not in fresh(case).events
    assert acts(case)[0] == "capture_ended"


def test_the_request_stands_or_falls_with_its_job_and_its_entry(people: Municipality, case: Case) -> None:
    asked = ask(actor(people.mads), case)
    assert asked.state == "asked"
    assert OrmQ.objects.count() >= 1
    assert acts(case)[0] == "capture_page"
    entry = journal.entries_of(f"case:{case.pk}", limit=1)[0]
    assert entry.data == {"capture": str(asked.id), "address": PAGE}


@pytest.mark.parametrize("address", ["http://10.0.0.1/", "file:///etc/passwd", "", "https://localhost/x"])
def test_a_bad_address_is_said_beside_the_field_and_nothing_is_asked(
    people: Municipality, case: Case, address: str
) -> None:
    with pytest.raises(Refused) as refused:
        ask(actor(people.anna), case, address)
    assert refused.value.refusal.field == "address"
    assert queries.captures_of(case.pk) == []


def test_there_is_a_measure_in_what_a_case_asks_for(people: Municipality, case: Case) -> None:
    for _ in range(3):
        ask(actor(people.anna), case)
    with pytest.raises(Refused) as refused:
        ask(actor(people.anna), case)
    assert refused.value.refusal.code == "too_many_waiting"


def test_off_closed_and_elsewhere(people: Municipality, case: Case, settings: Settings, net: Outside) -> None:
    with pytest.raises(Unseen):
        ask(actor(people.xenia), case)
    asked = ask(actor(people.anna), case)
    settings.CAPTURE = False
    with pytest.raises(Refused) as refused:
        ask(actor(people.anna), case)
    assert refused.value.refusal.code == "off"
    net.asked.clear()
    assert run(net, asked).reason == "off"
    assert net.asked == []
    Case.objects.filter(pk=case.pk).update(state="closed", closed_at=timezone.now())
    with pytest.raises(Refused) as refused:
        ask(actor(people.anna), case)
    assert refused.value.refusal.code == "case_closed"


def test_a_case_that_was_closed_meanwhile_gets_nothing(net: Outside, people: Municipality, case: Case) -> None:
    asked = ask(actor(people.anna), case)
    Case.objects.filter(pk=case.pk).update(state="closed", closed_at=timezone.now())
    ended = run(net, asked)
    assert (ended.state, ended.reason, ended.items) == ("failed", "case_closed", ())
    assert evidence.items_of_case(case.pk) == []


def test_who_lost_the_case_meanwhile_puts_nothing_on_it(net: Outside, people: Municipality, case: Case) -> None:
    asked = ask(actor(people.mads), case)
    Part.objects.filter(case_id=case.pk, user_id=people.mads.pk).update(until=timezone.now())
    assert run(net, asked).reason == "case_closed"


def test_it_is_done_once_however_often_the_job_runs(net: Outside, people: Municipality, case: Case) -> None:
    asked = ask(actor(people.anna), case, "https://side.eksempel.dk/gone")
    run(net, asked)
    before = acts(case)
    net.asked.clear()
    run(net, asked)
    assert (net.asked, acts(case)) == ([], before)


def test_what_lost_its_worker_is_asked_again_and_given_up_after_a_few_times(people: Municipality, case: Case) -> None:
    asked = ask(actor(people.anna), case)
    row = models.Capture.objects.filter(pk=asked.id)
    row.update(state="running", tries=1, started_at=timezone.now() - timedelta(minutes=5))
    service.sweep_captures()
    assert row.get().state == "running", "it may still be under way"
    long_ago = timezone.now() - timedelta(minutes=7)
    row.update(started_at=long_ago, asked_at=long_ago)
    jobs = OrmQ.objects.count()
    service.sweep_captures()
    assert (row.get().state, OrmQ.objects.count()) == ("asked", jobs + 1)
    row.update(state="running", tries=3)
    service.sweep_captures()
    assert (row.get().state, row.get().reason) == ("failed", "given_up")


def test_what_was_broken_off_after_something_was_kept_says_so(people: Municipality, case: Case) -> None:
    asked = ask(actor(people.anna), case)
    long_ago = timezone.now() - timedelta(minutes=7)
    models.Capture.objects.filter(pk=asked.id).update(
        state="running", started_at=long_ago, items=["00000000-0000-4000-8000-000000000001"]
    )
    service.sweep_captures()
    (found,) = queries.captures_of(case.pk)
    assert (found.state, found.remarks) == ("done", ("broken_off",))
    assert len(queries.words_of(found)) == 1


def test_a_worker_killed_before_it_could_say_what_it_kept_makes_nothing_twice(
    net: Outside, people: Municipality, case: Case
) -> None:
    done = run(net, ask(actor(people.anna), case))
    long_ago = timezone.now() - timedelta(minutes=7)
    row = models.Capture.objects.filter(pk=done.id)
    row.update(state="running", items=[], started_at=long_ago, ended_at=None)
    service.sweep_captures()
    assert (row.get().state, sorted(row.get().items)) == ("done", sorted(map(str, done.items)))
    assert Item.objects.filter(case_id=case.pk).count() == 3


def test_nobody_hands_in_a_recording_of_their_own(people: Municipality, case: Case, net: Outside) -> None:
    """It would look like ours. It is a package of files, and refused as one."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("datapackage.json", "{}")
    for name in ("side.wacz", "side.zip", "side.png"):
        with pytest.raises(Refused) as refused:
            evidence_service.take_in(
                actor=actor(people.anna), upload=upload(name, target.getvalue()), case_id=case.pk, now=timezone.now()
            )
        assert refused.value.refusal.code in {"archive", "disguised"}


def test_with_the_evidence_the_address_of_its_page_is_forgotten(people: Municipality, case: Case) -> None:
    ask(actor(people.mads), case)
    evidence_service.take_in(actor=actor(people.mads), upload=upload("a.txt", b"Ord."), case_id=case.pk, now=NOW)
    Case.objects.filter(pk=case.pk).update(state="closed", closed_at=NOW)
    evidence_service.erase_evidence(
        actor=actor(people.signe), case_id=case.pk, reason="Tiden er gået.", now=NOW + timedelta(days=6 * 366)
    )
    service.sweep_captures()
    assert [row.address for row in models.Capture.objects.filter(case_id=case.pk)] == [""]
    assert PAGE not in "".join(str(one) for one in Payload.objects.values())
    assert journal.entries_of(f"case:{case.pk}", acts=["capture_page"]), "that it was asked for stays"
