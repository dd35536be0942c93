"""The closed table of channels: each is whole, documented, and found by the duties of the guidelines."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases_kit import NOW, guideline, open_case
from tests.house.sources import ROOT
from tests.people_kit import Municipality, actor
from vaern.handover.channels import CHANNELS
from vaern.handover.facts import Channel
from vaern.handover.files import Sender, csv_of, json_of
from vaern.handover.rules import channel_for, sheet_of
from vaern.handover.service.known import EVENTS, known_of

SENDER = Sender("eksempelby", "2026-0007", "en-noegle-1")
# What the case may come to know later, by name.
LATER = {*EVENTS, *(f"{one}_at" for one in EVENTS)}


def served(pack: str) -> dict[str, str]:
    duties = guideline(pack).pack.duties
    return {one.id: found.id for one in duties if (found := channel_for(one)) is not None}


def test_every_registration_of_the_guidelines_has_a_channel() -> None:
    for pack in ("brovst", "albertslund"):
        wanted = {one.id for one in guideline(pack).pack.duties if one.kind == "registration"}
        assert wanted - set(served(pack)) <= {"national_self_report_accident"}, pack


def test_each_duty_goes_where_the_guideline_says() -> None:
    brovst, albertslund = served("brovst"), served("albertslund")
    assert brovst["register_incident"] == "safetynet"
    assert brovst["contact_psychologist"] == "crisis_help"
    assert albertslund["register_decline_note"] == "insubiz_declined"
    assert albertslund["register_apv"] == "defgo"
    assert albertslund["police_report"] == "police"
    assert albertslund["remove_content"] == "platform"
    assert albertslund["save_on_case"] == "esdh"
    assert albertslund["national_report_work_accident"] == "easy"


@pytest.mark.parametrize("channel", CHANNELS.values(), ids=list(CHANNELS))
def test_every_channel_is_whole_and_documented(channel: Channel) -> None:
    assert len({one.id for one in channel.fields}) == len(channel.fields)
    assert any(one.required for one in channel.fields)
    assert channel.registers or channel.acts
    assert all(bool(one.choices) == (one.kind == "choice") for one in channel.fields)
    paper = (ROOT / "docs/channels.md").read_text(encoding="utf-8")
    section = paper.partition(f"\n## `{channel.id}`\n")[2].partition("\n## ")[0]
    documented = re.findall(r"^\| `([a-z_]+)` \|", section, re.MULTILINE)
    assert documented == [one.id for one in channel.fields], f"docs/channels.md, {channel.id}"


@pytest.mark.django_db
def test_a_channel_asks_the_case_only_for_what_it_can_know(people: Municipality) -> None:
    case = open_case(people)
    known = {*known_of(actor(people.mads), case, NOW), *LATER}
    sources = {one.source for channel in CHANNELS.values() for one in channel.fields if one.source}
    assert {one for one in sources if not one.startswith("said:")} <= known


@given(st.data())
def test_nothing_is_made_up(data: st.DataObject) -> None:
    """Whatever the case knows and somebody wrote: a value is one of the two; required and empty is missing."""
    channel = data.draw(st.sampled_from(list(CHANNELS.values())))
    texts = st.text(max_size=8)
    known = data.draw(st.dictionaries(st.sampled_from(sorted({one.source for one in channel.fields})), texts))
    answers = data.draw(st.dictionaries(st.sampled_from([one.id for one in channel.fields]), texts))
    sheet = sheet_of(channel, known, answers)
    assert [line.field for line in sheet.lines] == list(channel.fields)
    for line in sheet.lines:
        expected = answers.get(line.field.id, known.get(line.field.source, "") if line.field.source else "")
        assert line.value == expected
        assert (line.field in sheet.missing) == (line.field.required and not expected.strip())


def test_the_files_read_back_as_what_stands_on_the_sheet() -> None:
    channel = CHANNELS["safetynet"]
    nasty = '=1+1;"hej"\nny linje'
    sheet = sheet_of(channel, {"what": nasty}, {"done": "Ringet; talt"})
    body = json.loads(json_of(sheet, SENDER))
    assert (body["format"], body["id"], body["case"]) == ("vaern-handover-1", "en-noegle-1", "2026-0007")
    assert list(body["fields"]) == sorted(one.id for one in channel.fields)
    assert (body["fields"]["course"], body["fields"]["done"]) == (nasty, "Ringet; talt")
    assert json_of(sheet, SENDER) == json_of(sheet, SENDER)
    rows = list(csv.reader(io.StringIO(csv_of(sheet, SENDER).decode("utf-8-sig"), newline=""), delimiter=";"))
    values = {label: value for *_, label, value in rows[1:]}
    assert values["Beskrivelse af hændelsen"] == f"'{nasty}", "a spreadsheet would run it otherwise"
    assert len(rows) == 1 + len(channel.fields)


NEW = '''
"""A system nobody has heard of."""
from vaern.handover.facts import Channel, Field, Section

CHANNEL = Channel(id="nyt", title="Nyt", takes="Noget", receipt="Nummer", acts=frozenset({"listen"}),
    sections=(Section("Det hele", (Field("what", "Hvad", "text", "what", True),)),))
'''


IMPORTED = "from vaern.handover.channels.nyt import CHANNEL as NYT\nfrom vaern.handover.facts"


def test_a_new_channel_is_a_folder_a_line_and_a_section(tmp_path: Path) -> None:
    """Really added, in a copy: nothing else of the program is touched, and the tests above hold for it."""
    for part in ("src", "tests", "docs", "guidelines", "bench", "pyproject.toml"):
        source = ROOT / part
        ignored = shutil.ignore_patterns("__pycache__", "*.mo")
        shutil.copytree(source, tmp_path / part, ignore=ignored) if source.is_dir() else shutil.copy(source, tmp_path)
    channels = tmp_path / "src/vaern/handover/channels"
    (channels / "nyt").mkdir()
    (channels / "nyt/__init__.py").write_text(NEW, encoding="utf-8")
    table = channels / "__init__.py"
    table.write_text(
        table.read_text(encoding="utf-8").replace("from vaern.handover.facts", IMPORTED).replace("ESDH)", "ESDH, NYT)"),
        encoding="utf-8",
    )
    paper = tmp_path / "docs/channels.md"
    paper.write_text(paper.read_text(encoding="utf-8") + "\n## `nyt`\n\n| `what` | Hvad |\n", encoding="utf-8")
    tests = "tests/handover/test_channels.py::test_every_channel_is_whole_and_documented"
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", tests, "-k", "nyt or easy"]
    done = subprocess.run(
        command,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(tmp_path / "src"), "PATH": "/usr/bin:/bin"},
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-500:]
    assert "2 passed" in done.stdout
