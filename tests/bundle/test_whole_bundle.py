"""A bundle of everything a case can hold: stamped by a real authority, told about, and with a file a real scanner calls
dangerous. What came out is checked with the commands that stand in its own README."""

from __future__ import annotations

import json
import shlex
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from tests.bundle.kit import ask, make, zip_of
from tests.cases_kit import open_case
from tests.evidence.files import GOOD, upload
from tests.evidence.test_scanning import MALWARE, Daemon
from tests.pdf_kit import verapdf_agrees
from tests.people_kit import Municipality, actor
from tests.stamps_kit import Running, an_authority
from vaern.bundle import verify
from vaern.evidence import queries
from vaern.evidence import service as evidence
from vaern.evidence.facts import Said
from vaern.stamps import service as stamps


@pytest.fixture
def tsa(tmp_path: Path) -> Iterator[Running]:
    with an_authority(tmp_path / "tsa") as running:
        yield running


@pytest.fixture
def scanner(tmp_path: Path, settings: Any) -> Iterator[Daemon]:
    daemon = Daemon(tmp_path)
    daemon.start()
    settings.CLAMAV = daemon.socket
    yield daemon
    daemon.stop()


def test_what_came_out_is_checked_with_the_commands_of_its_own_readme(
    people: Municipality, tsa: Running, scanner: Daemon, settings: Any, tmp_path: Path
) -> None:
    settings.TSA = (tsa.as_("good"),)
    case, anna, now = open_case(people), actor(people.anna), timezone.now()
    said = Said(url="https://facebook.com/anna/posts/1", context="post", thread="Under et opslag om affald.")
    for name, data, told in ((*GOOD["jpeg"], said), (*GOOD["eml"], Said()), ("noter.txt", MALWARE, Said())):
        item = evidence.take_in(actor=anna, upload=upload(name, data), case_id=case.pk, said=told, now=now)
        evidence.scan_item(item=str(item.id))
    stamps.stamp(now=timezone.now())
    items = queries.items_of_case(case.pk)
    dangerous = make(ask(people, case, items))
    assert (dangerous.state, dangerous.problem) == ("failed", "infected")

    path = zip_of(make(ask(people, case, items[:2])), tmp_path / "pakke.zip")
    assert MALWARE not in path.read_bytes()
    report = verify.check(path, "en")
    assert report.code == 0, list(report.lines())
    with zipfile.ZipFile(path) as package:
        package.extractall(tmp_path)
    (folder,) = tmp_path.glob("bevispakke-*/")
    head = json.loads((folder / "data/bundle.json").read_text())
    assert head["items"][0]["said"]["thread"] == "Under et opslag om affald."
    assert head["items"][1]["found"]["sender"]
    assert len(head["stamps"]) >= 2
    for language in ("da", "en"):
        # A command goes on where its line ends with a backslash.
        text = (folder / f"README-{language}.txt").read_text(encoding="utf-8").replace("\\\n", " ")
        lines = text.splitlines()
        commands = [line.strip() for line in lines if line.strip().startswith("openssl ts -verify")]
        assert len(commands) == len(head["stamps"])
        for command in commands:
            done = subprocess.run(shlex.split(command), cwd=folder, capture_output=True, text=True)
            assert "Verification: OK" in done.stdout, f"{command}: {done.stderr}"
    verapdf_agrees(folder / "data/overview.pdf", "3a", "ua1")
