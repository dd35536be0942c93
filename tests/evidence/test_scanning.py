"""Malware scanning by a real daemon of ClamAV, with one signature of our own: "Værn's test bytes" are the malware."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyrage
import pytest
from django.utils import timezone

from tests.cases_kit import NOW, open_case
from tests.evidence.files import jpeg, png, upload
from tests.people_kit import Municipality, actor, logged_in
from vaern.cases.models import Case
from vaern.core.refusal import Refused
from vaern.evidence import models, queries, service
from vaern.evidence.derive import clam, plan
from vaern.evidence.facts import Item

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
MALWARE = b"Noter fra i gaar: vaern-test-malware-7f3a9c\n"


class Daemon:
    """clamd on a socket in a folder; `stop` and `start` as often as a test likes."""

    def __init__(self, folder: Path) -> None:
        self.socket = str(folder / "clamd.sock")
        base = folder / "signatures"
        base.mkdir()
        (base / "vaern.ndb").write_text(f"Vaern.Test.Malware:0:*:{b'vaern-test-malware-7f3a9c'.hex()}\n")
        self.config = folder / "clamd.conf"
        self.config.write_text(
            f"DatabaseDirectory {base}\nLocalSocket {self.socket}\nForeground yes\nStreamMaxLength 1M\n"
            f"TemporaryDirectory {folder}\nUser {'root' if os.getuid() == 0 else os.environ.get('USER', 'nobody')}\n"
        )
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = ["/usr/sbin/clamd", "-c", str(self.config)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = time.monotonic() + 60
        while time.monotonic() < until:
            assert self.process.poll() is None, "clamd did not start"
            try:
                clam.scan(self.socket, [b"hej"])
                return
            except clam.Unanswered:
                time.sleep(0.2)
        raise AssertionError("clamd does not answer")

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()


@pytest.fixture(scope="module")
def daemon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Daemon]:
    made = Daemon(tmp_path_factory.mktemp("clam"))
    made.start()
    yield made
    made.stop()


@pytest.fixture
def scanner(daemon: Daemon, settings: Any) -> Daemon:
    settings.CLAMAV = daemon.socket
    return daemon


@pytest.fixture
def case(people: Municipality) -> Case:
    return open_case(people)


def scanned(people: Municipality, case: Case, name: str, data: bytes) -> Item:
    item = service.take_in(actor=actor(people.anna), upload=upload(name, data), case_id=case.pk, now=NOW)
    service.scan_item(item=str(item.id))
    return item


def page(people: Municipality, case: Case, item: Item) -> str:
    return logged_in(people.mads).get(f"/case/{case.pk}/evidence/{item.id}/").content.decode()


def test_without_a_scanner_nothing_is_claimed(people: Municipality, case: Case, settings: Any) -> None:
    settings.CLAMAV = ""
    item = scanned(people, case, "skærm.png", png())
    service.scan_evidence()
    assert queries.scans(case.pk) == {}
    assert "Ikke scannet for virus" in page(people, case, item)


def test_a_clean_file_says_when_and_by_which_signatures(people: Municipality, case: Case, scanner: Daemon) -> None:
    item = scanned(people, case, "skærm.png", png())
    scan = queries.scans(case.pk)[item.id]
    assert (scan.state, scan.found) == ("clean", "")
    assert scan.engine.startswith("ClamAV ")
    assert next(entry.act for entry in queries.custody(case.pk)) == "scan_evidence"
    assert "Intet fundet" in page(people, case, item)


def test_a_dangerous_file_stays_and_is_served_to_nobody(people: Municipality, case: Case, scanner: Daemon) -> None:
    item = scanned(people, case, "noter.txt", MALWARE)
    assert queries.scans(case.pk)[item.id].found == "Vaern.Test.Malware.UNOFFICIAL"
    client, address = logged_in(people.mads), f"/case/{case.pk}/evidence/{item.id}/"
    for door in ("preview", "download"):
        answer = client.post(f"{address}{door}/")
        assert answer.status_code == 422
        assert MALWARE not in answer.content
    service.derive_item(item=str(item.id))
    assert queries.renditions(case.pk)[item.id]["text"].reason == plan.NOT_MADE["infected"]
    assert queries.item(case.pk, item.id).sha256 == item.sha256


def test_it_leaves_only_locked_by_those_who_handle_the_case(people: Municipality, case: Case, scanner: Daemon) -> None:
    item = scanned(people, case, "noter.txt", MALWARE)
    address = f"/case/{case.pk}/evidence/{item.id}/infected/"
    assert logged_in(people.anna).get(address).status_code == 404
    client = logged_in(people.mads)
    short = client.post(address, {"passphrase": "kort"})
    assert short.status_code == 422
    assert "mindst 14 tegn" in short.content.decode()
    answer = client.post(address, {"passphrase": "et langt kodeord"})
    locked = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert MALWARE not in locked
    assert pyrage.passphrase.decrypt(locked, "et langt kodeord") == MALWARE
    assert next(entry.act for entry in queries.custody(case.pk)) == "download_infected"


def test_a_file_nobody_calls_dangerous_is_not_locked(people: Municipality, case: Case, scanner: Daemon) -> None:
    item = scanned(people, case, "skærm.png", png())
    with pytest.raises(Refused, match="not_infected"):
        service.download_infected(actor=actor(people.mads), item=item, passphrase="et langt kodeord", now=NOW)


def test_a_daemon_that_is_gone_is_asked_again(people: Municipality, case: Case, settings: Any, tmp_path: Path) -> None:
    own = Daemon(tmp_path)
    settings.CLAMAV = own.socket
    item = scanned(people, case, "noter.txt", MALWARE)
    assert queries.scans(case.pk)[item.id].state == "failed"
    assert "bliver prøvet igen" in page(people, case, item)
    own.start()
    models.Scan.objects.update(at=timezone.now() - timedelta(hours=1))
    service.scan_evidence()
    own.stop()
    assert queries.scans(case.pk)[item.id].state == "found"
    # What is known to be dangerous stays so while the scanner is away.
    service.scan_item(item=str(item.id))
    assert queries.scans(case.pk)[item.id].state == "found"


def test_a_stream_over_the_daemons_own_limit_is_said_so(scanner: Daemon) -> None:
    with pytest.raises(clam.Unanswered, match="large"):
        clam.scan(scanner.socket, (b"\x00" * 100_000 for _ in range(40)))


def test_a_stranger_on_the_line_gives_no_verdict() -> None:
    """Whatever answers that is not ClamAV is no "clean"."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        answering = threading.Thread(target=_say_hello, args=(server,))
        answering.start()
        with pytest.raises(clam.Unanswered, match="refused"):
            clam.scan(f"127.0.0.1:{server.getsockname()[1]}", [b"hej"])
        answering.join()


def _say_hello(server: socket.socket) -> None:
    for _ in range(2):
        line, _ = server.accept()
        with line:
            line.recv(10)
            line.sendall(b"220 hej OK\0")


def test_every_item_is_scanned_once_and_again_after_a_week(people: Municipality, case: Case, scanner: Daemon) -> None:
    for name, data in (("skærm.png", png()), ("foto.jpg", jpeg())):
        service.take_in(actor=actor(people.anna), upload=upload(name, data), case_id=case.pk, now=timezone.now())
    service.scan_evidence()
    service.scan_evidence()
    assert list(models.Scan.objects.values_list("state", "tries")) == [("clean", 1), ("clean", 1)]
    models.Scan.objects.update(at=timezone.now() - timedelta(days=8))
    service.scan_evidence()
    assert set(models.Scan.objects.values_list("tries", flat=True)) == {2}
