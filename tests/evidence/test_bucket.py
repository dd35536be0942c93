"""The other home: the same vault in a bucket, against a real S3 server, also when that goes away in the middle."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import SHUT_RDWR
from threading import Thread
from typing import Any, ClassVar
from uuid import uuid4

import boto3
import grimp
import pyrage
import pytest

from tests.cases_kit import NOW, open_case
from tests.evidence.files import GOOD, upload
from tests.evidence.s3_server import KEYS, Server, served
from tests.people_kit import Municipality, actor, logged_in
from vaern.config import env
from vaern.core.refusal import Refused
from vaern.evidence import models, queries, service, vault

KEY = pyrage.x25519.Identity.generate()
FOR = str(KEY.to_public())


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with served() as one:
        yield one


@pytest.fixture
def bucket(server: Server, settings: Any) -> Any:
    """An empty bucket that is the vault's home."""
    if server.process is None:
        server.start()
    name = f"beviser-{uuid4().hex[:12]}"
    settings.EVIDENCE_S3 = {**KEYS, "url": server.url, "bucket": name}
    client = boto3.client(
        "s3", endpoint_url=server.url, region_name=KEYS["region"], aws_access_key_id=KEYS["key"],
        aws_secret_access_key=KEYS["secret"],
    )  # fmt: skip
    client.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": KEYS["region"]})
    return client


def places(bucket: Any, settings: Any) -> list[str]:
    found = bucket.list_objects_v2(Bucket=settings.EVIDENCE_S3["bucket"])
    return [one["Key"] for one in found.get("Contents", ())]


@pytest.mark.parametrize("size", [1, 300_000, 17 * 1024 * 1024])
def test_what_is_put_comes_out_again_and_nothing_of_it_stays_here(
    bucket: Any, settings: Any, vault_folder: Path, size: int
) -> None:
    data = os.urandom(size)
    stored = vault.put(7, FOR, [data])
    assert places(bucket, settings) == [f"7/{stored.object[:2]}/{stored.object}"]
    assert b"".join(vault.open_(7, stored.object, stored.sha256, KEY)) == data
    assert sha256(b"".join(vault.raw(7, stored.object))).hexdigest() == stored.object
    assert vault.exists(7, stored.object)
    assert [path for path in vault_folder.rglob("*") if path.is_file()] == []


def test_what_is_not_there_is_damaged_and_not_merely_unreachable(bucket: Any) -> None:
    with pytest.raises(vault.Damaged):
        list(vault.raw(7, "0" * 64))
    assert not vault.exists(7, "0" * 64)


def test_the_sweep_and_the_check_work_there_too(bucket: Any, settings: Any, people: Municipality) -> None:
    case = open_case(people).pk
    item = service.take_in(actor=actor(people.mads), upload=upload(*GOOD["png"]), case_id=case, now=NOW)
    assert service.check_evidence(deep=True, now=datetime.now(UTC)).findings == ()
    vault.put(people.organisation_id, FOR, [b"left over"])
    assert len(service.sweep(older_than=None, now=datetime.now(UTC))) == 1
    tomorrow = datetime.now(UTC) + timedelta(days=2)
    assert len(service.sweep(older_than=timedelta(days=1), now=tomorrow)) == 1
    (place,) = places(bucket, settings)
    assert place.endswith(item.object)
    bucket.put_object(Bucket=settings.EVIDENCE_S3["bucket"], Key=place, Body=b"exchanged")
    found = service.check_evidence(now=datetime.now(UTC)).findings
    assert [(one.code, one.item) for one in found] == [("changed", str(item.id))]


def test_a_service_that_goes_away_loses_nothing_and_says_so_beside_the_field(
    bucket: Any, server: Server, people: Municipality
) -> None:
    case = open_case(people).pk
    item = service.take_in(actor=actor(people.mads), upload=upload(*GOOD["png"]), case_id=case, now=NOW)
    server.stop()
    with pytest.raises(Refused) as refused:
        service.take_in(actor=actor(people.mads), upload=upload(*GOOD["txt"]), case_id=case, now=NOW)
    assert (refused.value.refusal.code, refused.value.refusal.field) == ("not_kept", "evidence")
    page = logged_in(people.mads).post(
        f"/case/{case}/take_in_evidence/", {"note": "Det han skrev i går.", "evidence": [upload(*GOOD["txt"])]}
    )
    assert page.status_code == 422
    assert "kunne ikke gemmes lige nu" in page.content.decode()
    assert "Det han skrev i går." in page.content.decode()
    assert [one.id for one in queries.items_of_case(case)] == [item.id]
    with pytest.raises(Refused) as refused:
        service.preview(actor=actor(people.mads), item=item, now=NOW)
    assert refused.value.refusal.code == "unreachable", "nobody is told that the evidence was changed"
    with pytest.raises(vault.Unreachable):
        service.check_evidence(now=datetime.now(UTC))
    assert models.Check.objects.filter(finished_at__isnull=False).count() == 0


class _Forgetful(BaseHTTPRequestHandler):
    """Says that it stored what it got, and gives other bytes back."""

    deleted: ClassVar[list[str]] = []

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self._answer(b"", ETag='"0"')

    def do_GET(self) -> None:
        self._answer(b"not what was sent")

    def do_HEAD(self) -> None:
        self._answer(b"", **{"Last-Modified": "Wed, 25 Nov 2026 12:00:00 GMT"})

    def do_DELETE(self) -> None:
        self.deleted.append(self.path)
        self._answer(b"")

    def _answer(self, body: bytes, **headers: str) -> None:
        self.send_response(200)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Quiet."""


def test_a_service_that_says_stored_and_has_other_bytes_is_not_believed(settings: Any, vault_folder: Path) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Forgetful) as liar:
        Thread(target=liar.serve_forever, daemon=True).start()
        settings.EVIDENCE_S3 = {**KEYS, "url": f"http://127.0.0.1:{liar.server_port}", "bucket": "beviser"}
        with pytest.raises(vault.NotKept, match="not what was sent"):
            vault.put(7, FOR, [b"words"])
        liar.shutdown()
    assert len(_Forgetful.deleted) == 1
    assert [path for path in vault_folder.rglob("*") if path.is_file()] == []


class _Dying(BaseHTTPRequestHandler):
    """Begins an upload in parts, takes 1 MiB of one, and is gone: nobody answers at its port again."""

    def do_POST(self) -> None:
        body = b"<InitiateMultipartUploadResult><UploadId>1</UploadId></InitiateMultipartUploadResult>"
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_PUT(self) -> None:
        self.rfile.read(1024 * 1024)
        self.server.socket.close()
        self.connection.shutdown(SHUT_RDWR)
        self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """Quiet."""


def test_a_service_that_dies_in_the_middle_of_an_upload_leaves_nothing_here(settings: Any, vault_folder: Path) -> None:
    dying = ThreadingHTTPServer(("127.0.0.1", 0), _Dying)
    Thread(target=dying.serve_forever, daemon=True).start()
    settings.EVIDENCE_S3 = {**KEYS, "url": f"http://127.0.0.1:{dying.server_port}", "bucket": "beviser"}
    with pytest.raises(vault.NotKept, match="does not answer"):
        vault.put(7, FOR, [os.urandom(20 * 1024 * 1024)])
    assert [path for path in vault_folder.rglob("*") if path.is_file()] == []


def test_half_a_description_stops_the_start() -> None:
    whole = {f"VAERN_EVIDENCE_S3_{name}": "x" for name in ("URL", "BUCKET", "KEY", "SECRET")}
    assert env.evidence_s3({}) == {}
    assert env.evidence_s3(whole)["bucket"] == "x"
    for name in whole:
        with pytest.raises(env.SettingProblem, match=name):
            env.evidence_s3({one: value for one, value in whole.items() if one != name})


def test_the_library_stays_out_of_a_process_that_does_not_need_it() -> None:
    graph = grimp.build_graph("vaern", include_external_packages=True, cache_dir=None)
    assert graph.find_modules_that_directly_import("boto3") == {"vaern.evidence.vault.bucket"}
    assert graph.find_modules_that_directly_import("vaern.evidence.vault.bucket") == set()
