"""A bundle of a real case: asked for, made by the job, and checked by whoever gets it with programs of their own."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from tests.bundle.kit import a_case, ask, make, zip_of
from tests.cases_kit import later
from tests.pdf_kit import verapdf_agrees
from tests.people_kit import Municipality, actor
from vaern.bundle import queries, verify
from vaern.bundle.models import Bundle as Row
from vaern.bundle.service import making, overview
from vaern.core.refusal import Refused, Unseen
from vaern.evidence import service as evidence
from vaern.evidence.models import Item, Kept
from vaern.journal import queries as journal
from vaern.journal.facts import Entry

pytestmark = pytest.mark.one_database


def entries(case: Any, *acts: str) -> list[Entry]:
    return list(reversed(journal.entries_of(f"case:{case.pk}", acts=acts)))


def inside(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name.split("/", 1)[1]: package.read(name) for name in package.namelist()}


def test_from_asking_to_a_bundle_that_holds(people: Municipality, tmp_path: Path) -> None:
    case, items = a_case(people)
    bundle = ask(people, case, items)
    assert (bundle.state, bundle.number) == ("asked", 1)
    made = make(bundle)
    assert (made.state, made.problem) == ("ready", "")
    path = zip_of(made, tmp_path / "p.zip")
    assert (made.sha256, made.size) == (sha256(path.read_bytes()).hexdigest(), path.stat().st_size)
    report = verify.check(path, "en")
    assert report.code == 0, list(report.lines())
    head = json.loads(inside(path)["data/bundle.json"])
    assert (head["purpose"], head["recipient"], head["asked_by"]) == ("Anmeldelse", "Politiet", people.mads.name)
    assert [item["name"] for item in head["items"]] == [item.name for item in items]
    assert [item["sha256"] for item in head["items"]] == [item.sha256 for item in items]


def test_everything_about_it_is_on_record_in_order(people: Municipality, tmp_path: Path) -> None:
    case, items = a_case(people)
    made = make(ask(people, case, items))
    told = entries(case, "make_bundle", "export_evidence", "bundle_made")
    assert [one.act for one in told] == ["make_bundle", "export_evidence", "export_evidence", "bundle_made"]
    assert told[0].data["recipient"] == "Politiet"
    assert {one.data["item"] for one in told[1:3]} == {str(item.id) for item in items}
    assert told[3].data["sha256"] == made.sha256
    assert {one.actor_name for one in told} == {people.mads.name}
    shown = json.loads(inside(zip_of(made, tmp_path / "p.zip"))["data/custody.json"])
    assert [row["act"] for row in shown] == ["take_in_evidence"] * 2 + ["export_evidence"] * 2


def test_nothing_of_another_case_and_no_word_of_this_one_but_its_evidence(people: Municipality, tmp_path: Path) -> None:
    case, items = a_case(people)
    rows = inside(zip_of(make(ask(people, case, items[:1])), tmp_path / "p.zip"))["data/journal.jsonl"].splitlines()
    told = [json.loads(row) for row in rows]
    assert any(set(row) == {"commitment"} for row in told)
    own = [row for row in told if "act" in row]
    assert {row["subject"] for row in own} <= {f"case:{case.pk}"} | {
        row["subject"] for row in own if row["subject"][:6] == "draft:"
    }
    # The second item was not chosen: that something was taken in is there, what it was is not.
    hidden = [row for row in own if row["act"] == "take_in_evidence" and row["payload"] is None]
    assert len(hidden) == 1
    assert items[1].sha256.encode() not in b"\n".join(rows)


def test_standard_programs_check_it(people: Municipality, tmp_path: Path) -> None:
    case, items = a_case(people)
    with zipfile.ZipFile(zip_of(make(ask(people, case, items)), tmp_path / "p.zip")) as package:
        package.extractall(tmp_path)
    folder = next(one for one in tmp_path.iterdir() if one.name.startswith("bevispakke-"))
    for name in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        subprocess.run(["sha256sum", "--strict", "-c", name], cwd=folder, check=True, capture_output=True)
    subprocess.run([sys.executable, "-m", "bagit", "--validate", folder], check=True, capture_output=True)
    alone = subprocess.run([sys.executable, "-I", "-S", "verify.py"], cwd=folder, capture_output=True, text=True)
    assert (alone.returncode, alone.stderr) == (0, "")
    assert (folder / "data/items/001.png").read_bytes()[:4] == b"\x89PNG"
    assert (folder / "verify.py").read_bytes() == Path(verify.__file__).read_bytes()


def test_the_overview_is_pdf_a_and_pdf_ua(people: Municipality, tmp_path: Path) -> None:
    """The structure that ISO 19005-3 level A and ISO 14289-1 ask for, and qpdf finds nothing wrong."""
    case, items = a_case(people)
    data = inside(zip_of(make(ask(people, case, items)), tmp_path / "p.zip"))["data/overview.pdf"]
    (tmp_path / "o.pdf").write_bytes(data)
    subprocess.run(["qpdf", "--check", tmp_path / "o.pdf"], check=True, capture_output=True)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        with pdf.open_metadata() as told:
            assert (told["pdfaid:part"], told["pdfaid:conformance"], told["pdfuaid:part"]) == ("3", "A", "1")
            assert told["dc:title"].startswith("Bevispakke 1")
        root = pdf.Root
        assert (root.Lang, root.MarkInfo.Marked, root.ViewerPreferences.DisplayDocTitle) == ("da", True, True)
        assert "/StructTreeRoot" in root
        assert root.OutputIntents[0].S == "/GTS_PDFA1"
        assert not pdf.is_encrypted
        assert not {"/AA", "/OpenAction"} & set(root.keys())
        fonts = [
            one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"
        ]
        assert fonts
        assert all({"/FontFile2", "/FontFile3"} & set(one.keys()) for one in fonts)
        pictures = [one for one in pdf.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"]
        assert len(pictures) == 1
        assert all(not one.get("/Interpolate", False) for one in pictures)
    text = subprocess.run(["qpdf", "--qdf", "--object-streams=disable", tmp_path / "o.pdf", "-"], capture_output=True)
    assert b"/Alt" in text.stdout
    verapdf_agrees(tmp_path / "o.pdf", "3a", "ua1")


def test_made_again_from_the_same_it_has_the_same_bytes(people: Municipality, tmp_path: Path) -> None:
    """The overview is the kept one; everything else follows from the rows."""
    case, items = a_case(people)
    made = make(ask(people, case, items))
    first = zip_of(made, tmp_path / "a.zip").read_bytes()
    row = Row.objects.select_related("asked_by").get(pk=made.id)
    pdf = inside(tmp_path / "a.zip")["data/overview.pdf"]
    exported = evidence.export(actor=actor(people.mads), items=items, bundle=made.id, now=later(days=9))
    found = making.gathered(row, items, items, exported)
    assert b"".join(making.packed(found, pdf)) == first


def test_what_is_missing_is_said_all_at_once_and_nothing_is_written(people: Municipality) -> None:
    case, _items = a_case(people)
    with pytest.raises(Refused) as refused:
        ask(people, case, [], purpose=" ", recipient="")
    assert {one.code for one in refused.value.refusals} == {"no_purpose", "no_recipient", "no_items"}
    assert not Row.objects.exists()
    assert not entries(case, "make_bundle")


def test_items_of_another_case_are_refused(people: Municipality) -> None:
    case, _items = a_case(people)
    other = Item.objects.exclude(case_id=case.pk).get()
    with pytest.raises(Refused) as refused:
        ask(people, case, [], items=(other.pk,))
    assert refused.value.refusal.code == "not_here"


def test_a_job_run_twice_makes_one_bundle(people: Municipality) -> None:
    case, items = a_case(people)
    made = make(ask(people, case, items))
    make(made)
    assert len(entries(case, "bundle_made")) == 1
    assert Kept.objects.filter(what="bundle").count() == 1


def test_what_a_worker_left_half_made_is_taken_up_again(people: Municipality) -> None:
    case, items = a_case(people)
    bundle = ask(people, case, items)
    Row.objects.filter(pk=bundle.id).update(state="making", started_at="2020-01-01T00:00:00Z", tries=1)
    assert make(bundle).state == "ready"


def test_a_damaged_item_stops_the_bundle_and_says_so(people: Municipality, vault_folder: Path) -> None:
    case, items = a_case(people)
    bundle = ask(people, case, items)
    for path in vault_folder.rglob("*"):
        if path.is_file() and path.stat().st_size > 50:
            data = path.read_bytes()
            path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    made = make(bundle)
    assert (made.state, made.problem) == ("failed", "damaged")
    assert entries(case, "bundle_failed")[0].data["problem"] == "damaged"


def test_without_a_renderer_it_fails_and_says_so(people: Municipality, monkeypatch: pytest.MonkeyPatch) -> None:
    case, items = a_case(people)
    monkeypatch.setattr(overview, "RENDERER", "vaern.bundle.missing")
    made = make(ask(people, case, items))
    assert (made.state, made.problem) == ("failed", "overview")


def test_the_zip_lies_sealed_and_the_sweep_leaves_it(people: Municipality, vault_folder: Path) -> None:
    case, items = a_case(people)
    make(ask(people, case, items))
    stored = [path.read_bytes() for path in vault_folder.rglob("*") if path.is_file()]
    assert not any(data.startswith((b"PK", b"%PDF")) for data in stored)
    assert evidence.sweep(older_than=timedelta(hours=1), now=later(days=400)) == []


def test_the_nightly_check_reads_bundles_too(people: Municipality, vault_folder: Path) -> None:
    case, items = a_case(people)
    make(ask(people, case, items))
    assert evidence.check_evidence(deep=True, now=later(days=2)).findings == ()
    stored = Kept.objects.get(what="bundle").object
    (path,) = [one for one in vault_folder.rglob("*") if stored in one.name]
    path.write_bytes(path.read_bytes()[:-1])
    assert [found.code for found in evidence.check_evidence(deep=True, now=later(days=2)).findings] == ["changed"]


def test_a_bundle_of_another_case_is_not_there(people: Municipality) -> None:
    case, items = a_case(people)
    bundle = ask(people, case, items)
    other = Item.objects.exclude(case_id=case.pk).get()
    with pytest.raises(Unseen):
        queries.bundle(other.case_id, bundle.id)  # type: ignore[arg-type]


def test_the_web_process_never_loads_the_renderer_nor_the_browsers_driver() -> None:
    code = (
        "import django, sys; django.setup(); import vaern.config.urls; "
        "print([name for name in ('weasyprint', 'pikepdf', 'playwright') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_nothing_is_fetched_for_the_overview(tmp_path: Path) -> None:
    """A page that asks for a file of the machine, or for another host, gets neither."""
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"hemmeligt")
    page = f'<html lang="da"><title>x</title><img alt="a" src="{secret.as_uri()}"><img alt="b" src="http://127.0.0.1:9/x.png"></html>'
    done = subprocess.run(
        [sys.executable, "-m", "vaern.bundle.pdf"], input=page.encode(), capture_output=True, check=True
    )
    with pikepdf.open(io.BytesIO(done.stdout)) as pdf:
        assert not [one for one in pdf.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"]
    assert b"hemmeligt" not in done.stdout
