"""Ways out of the house, each against a real server: HTTPS with a certificate, SFTP with a host key, SMTP with
STARTTLS, and a folder."""

from __future__ import annotations

import json
import os
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import paramiko
import pytest
from django.utils import timezone
from pytest_django import Settings

from tests.cases_kit import NOW, open_case, row
from tests.handover.kit import again, asked, begun, bytes_of, filled
from tests.mail_kit import certificate, mail_server
from tests.people_kit import Municipality
from vaern.cases.models import Case
from vaern.core.refusal import Refused
from vaern.guideline.facts import State
from vaern.handover import service
from vaern.handover.facts import Handover
from vaern.handover.models import Handover as Row

pytestmark = pytest.mark.django_db


class Endpoint(BaseHTTPRequestHandler):
    """Keeps what it is sent; answers as `answers` says, in turn."""

    got: list[tuple[dict[str, str], bytes]]
    answers: list[tuple[int, bytes]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
        status, said = self.answers.pop(0) if self.answers else (201, b"{}")
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "https://ond.example/")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def endpoint(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Iterator[type[Endpoint]]:
    folder = tmp_path_factory.getbasetemp()
    key, made = certificate(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made, key)
    handler = type("Handler", (Endpoint,), {"got": [], "answers": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    token = folder / "handover.token"
    token.write_text("hemmelig-baerer")
    settings.HANDOVER = {"safetynet": {
        "way": "https", "url": f"https://127.0.0.1:{server.server_port}/in", "ca_file": str(made),
        "token_file": str(token),
    }}  # fmt: skip
    yield handler
    server.shutdown()
    server.server_close()


@pytest.fixture
def case(people: Municipality) -> Case:
    return open_case(people)


@pytest.fixture
def ready(people: Municipality, case: Case) -> Handover:
    return filled(people, begun(people, case, "safetynet", "register_incident"))


def deliver(handover: Handover) -> Handover:
    """As a worker does, whose turn has come."""
    Row.objects.filter(pk=handover.id).update(taken_until=None)
    service.deliver_handover(handover=str(handover.id))
    return again(handover)


def test_an_endpoint_that_answers_with_a_number_has_received_it(
    people: Municipality, case: Case, ready: Handover, endpoint: type[Endpoint]
) -> None:
    endpoint.answers.append((201, b'{"reference": "SN-2026-99"}'))
    assert asked(people, ready, "https").state == "sending"
    assert row(case, "register_incident").state is State.OWED, "asked for is not arrived"
    done = deliver(ready)
    ((headers, body),) = endpoint.got
    assert headers["authorization"] == "Bearer hemmelig-baerer"
    assert headers["idempotency-key"] == f"{ready.id}-{ready.version}"
    assert json.loads(body)["fields"]["affected"] == people.anna.name
    assert body == bytes_of(Row.objects.get(pk=ready.id).kept)
    assert (done.state, done.reference) == ("received", "SN-2026-99")
    assert row(case, "register_incident", timezone.now()).state is State.DONE


def test_a_receiver_that_is_away_is_asked_again_with_the_same_key(
    people: Municipality, ready: Handover, endpoint: type[Endpoint]
) -> None:
    endpoint.answers += [(503, b"travlt"), (302, b""), (200, b"intet nummer")]
    asked(people, ready, "https")
    assert deliver(ready).problem == "status 503"
    with pytest.raises(Refused):
        asked(people, filled_again(people, ready), "mail")
    assert deliver(ready).problem == "status 302", "nothing is sent on to where it points"
    service.deliver_handover(handover=str(ready.id))
    assert len(endpoint.got) == 2, "not before its time has come"
    done = deliver(ready)
    assert (done.state, done.problem, done.reference) == ("sent", "", "")
    assert {headers["idempotency-key"] for headers, _ in endpoint.got} == {f"{ready.id}-{ready.version}"}
    assert len({body for _, body in endpoint.got}) == 1
    deliver(ready)
    assert len(endpoint.got) == 3, "what is sent is not sent again"


def filled_again(people: Municipality, handover: Handover) -> Handover:
    with pytest.raises(Refused):
        filled(people, again(handover))
    return handover


def test_a_certificate_nobody_vouches_for_gets_nothing(
    people: Municipality, ready: Handover, endpoint: type[Endpoint], settings: Settings
) -> None:
    settings.HANDOVER = {"safetynet": {**settings.HANDOVER["safetynet"], "ca_file": ""}}
    asked(people, ready, "https")
    assert deliver(ready).problem == "ConnectError"
    assert endpoint.got == []


def test_private_data_stop_it_until_a_second_person_says_why(
    people: Municipality, case: Case, endpoint: type[Endpoint]
) -> None:
    handover = filled(people, begun(people, case, "safetynet"), done="Anna bor Birkevej 12, cpr 010180-1234.")
    for who, reason in ((people.mads, "Det haster"), (people.signe, "")):
        with pytest.raises(Refused):
            asked(people, handover, "https", who=who, reason=reason)
    assert endpoint.got == []
    let = asked(people, handover, "https", who=people.signe, reason="Forsikringen skal bruge det")
    assert (let.state, let.accepted_reason, len(let.accepted)) == ("sending", "Forsikringen skal bruge det", 2)


def test_a_folder_gets_the_whole_file_under_its_name(
    people: Municipality, ready: Handover, settings: Settings, tmp_path: Path
) -> None:
    drop = tmp_path / "drop"
    settings.HANDOVER = {f"{people.anna.organisation.slug}/safetynet": {"way": "drop", "folder": str(drop)}}
    asked(people, ready, "drop")
    assert deliver(ready).problem == "FileNotFoundError"
    drop.mkdir()
    assert deliver(ready).state == "sent"
    (file,) = drop.iterdir()
    assert file.name == f"safetynet-{ready.id}-{ready.version}.json"
    assert file.read_bytes() == bytes_of(Row.objects.get(pk=ready.id).kept)


def test_a_mail_says_nothing_but_which_system_it_is_for(
    people: Municipality, ready: Handover, settings: Settings, tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    folder = tmp_path_factory.getbasetemp()
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate(folder)[1]))
    with mail_server(folder) as (inbox, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS, settings.EMAIL_TIMEOUT = (
            "127.0.0.1",
            port,
            True,
            5,
        )
        settings.MAIL_FROM = "vaern@kommunen.example"
        settings.HANDOVER = {"safetynet": {"way": "mail", "address": "ind@safetynet.example"}}
        asked(people, ready, "mail")
        inbox.refuse = True
        assert deliver(ready).problem
        inbox.refuse = False
        assert deliver(ready).state == "sent"
    (mail,) = inbox.mails
    assert (mail["Subject"], mail["To"]) == ("Værn: SafetyNet", "ind@safetynet.example")
    assert mail["Message-ID"] == f"<{ready.id}-{ready.version}@kommunen.example>"
    (attached,) = mail.iter_attachments()
    assert attached.get_content() == bytes_of(Row.objects.get(pk=ready.id).kept)
    plain = mail.get_body()
    assert plain is not None
    assert "Anna" not in plain.get_content()


class Folder(paramiko.SFTPServerInterface):
    """A real folder served over SFTP."""

    root: Path

    def open(self, path: str, flags: int, attr: Any) -> Any:
        handle = paramiko.SFTPHandle(flags)
        file = os.fdopen(
            os.open(self.root / path.lstrip("/"), flags | os.O_CREAT, 0o600), "r+b" if flags & os.O_RDWR else "wb"
        )
        handle.readfile = handle.writefile = file  # type: ignore[attr-defined]
        handle.stat = lambda: paramiko.SFTPAttributes.from_stat(os.fstat(file.fileno()))  # type: ignore[method-assign]
        return handle

    def stat(self, path: str) -> Any:
        try:
            return paramiko.SFTPAttributes.from_stat(os.stat(self.root / path.lstrip("/")))
        except OSError as fault:
            return paramiko.SFTPServer.convert_errno(fault.errno or 0)

    def posix_rename(self, oldpath: str, newpath: str) -> int:
        os.replace(self.root / oldpath.lstrip("/"), self.root / newpath.lstrip("/"))
        return paramiko.SFTP_OK


class Gate(paramiko.ServerInterface):
    def check_auth_password(self, username: str, password: str) -> int:
        known = (username, password) == ("vaern", "et-langt-ord")
        return paramiko.AUTH_SUCCESSFUL if known else paramiko.AUTH_FAILED

    def check_channel_request(self, kind: str, chanid: int) -> int:
        return paramiko.OPEN_SUCCEEDED


@contextmanager
def sftp_server(root: Path) -> Iterator[tuple[int, paramiko.PKey]]:
    key, listener = paramiko.ECDSAKey.generate(), socket.create_server(("127.0.0.1", 0))
    serving: list[paramiko.Transport] = []

    def serve() -> None:
        while True:
            try:
                one, _ = listener.accept()
            except OSError:
                return
            transport = paramiko.Transport(one)
            transport.add_server_key(key)
            transport.set_subsystem_handler("sftp", paramiko.SFTPServer, type("Root", (Folder,), {"root": root}))
            serving.append(transport)
            try:
                transport.start_server(server=Gate())
            except (paramiko.SSHException, EOFError):
                continue

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield listener.getsockname()[1], key
    finally:
        listener.close()
        for transport in serving:
            transport.close()


def test_a_server_gets_the_file_only_when_its_key_is_the_known_one(
    people: Municipality, ready: Handover, settings: Settings, tmp_path: Path
) -> None:
    root, known, password = tmp_path / "sftp", tmp_path / "known_hosts", tmp_path / "password"
    (root / "in").mkdir(parents=True)
    password.write_text("et-langt-ord")
    with sftp_server(root) as (port, key):
        other = paramiko.ECDSAKey.generate()
        settings.HANDOVER = {"safetynet": {
            "way": "sftp", "host": "127.0.0.1", "port": str(port), "user": "vaern", "folder": "in",
            "host_key_file": str(known), "password_file": str(password),
        }}  # fmt: skip
        asked(people, ready, "sftp")
        known.write_text(f"[127.0.0.1]:{port} {other.get_name()} {other.get_base64()}\n")
        assert deliver(ready).problem == "BadHostKeyException"
        assert list((root / "in").iterdir()) == []
        known.write_text(f"[127.0.0.1]:{port} {key.get_name()} {key.get_base64()}\n")
        assert deliver(ready).state == "sent"
    (file,) = (root / "in").iterdir()
    assert file.name == f"safetynet-{ready.id}-{ready.version}.json"
    assert file.read_bytes() == bytes_of(Row.objects.get(pk=ready.id).kept)


def test_of_two_workers_one_sends(
    people: Municipality, ready: Handover, endpoint: type[Endpoint], settings: Settings
) -> None:
    asked(people, ready, "https")
    Row.objects.filter(pk=ready.id).update(taken_until=NOW.replace(year=2099))
    service.deliver_handover(handover=str(ready.id))
    assert endpoint.got == []
    settings.HANDOVER = {}
    assert deliver(ready).problem == "not set up any more"
