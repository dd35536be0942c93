"""The package around a recording: whole to the standard validator, and found again record by record."""

from __future__ import annotations

import contextlib
import io
import json
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
import surt
from wacz.main import main as wacz_tool
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from vaern.capture import wacz
from vaern.capture.facts import Exchange
from vaern.capture.recording import Recorder

AT = datetime(2026, 3, 2, 10, 0, 7, tzinfo=UTC)
URL = "https://side.eksempel.dk/opslag?b=2&a=1"
ASKED = [("Host", "side.eksempel.dk")]
ANSWERS = {
    URL: (200, [("Content-Type", "text/html; charset=utf-8")], "<p>ærgerligt".encode()),
    "https://side.eksempel.dk/picture.png": (200, [("Content-Type", "image/png")], b"\x89PNG" + bytes(range(256))),
    "https://side.eksempel.dk/moved": (302, [("Location", "/opslag")], b""),
    "https://side.eksempel.dk/chunked": (
        200,
        [("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")],
        b"\x1f",
    ),
}


def recorded() -> BytesIO:
    file = BytesIO()
    recorder = Recorder(file)
    recorder.begin({"format": "WARC File Format 1.1"})
    for url, (status, headers, body) in ANSWERS.items():
        recorder.keep(Exchange(url, "GET", AT, status, "203.0.114.7"), ASKED, b"", "OK", headers, body)
    sent = Exchange("https://side.eksempel.dk/sent", "POST", AT, 200, "203.0.114.7")
    recorder.keep(sent, ASKED, b"a=1", "OK", [], b"tak")
    return file


def packed(warc: BytesIO) -> bytes:
    target = BytesIO()
    wacz.pack(target, warc, url=URL, title="Et opslag", at=AT)
    return target.getvalue()


def validated(path: Path) -> tuple[int, str]:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        found = wacz_tool(["validate", "-f", str(path)])
    return found, said.getvalue()


def test_the_standard_validator_finds_nothing_wrong(tmp_path: Path) -> None:
    path = tmp_path / "side.wacz"
    path.write_bytes(packed(recorded()))
    assert validated(path) == (0, validated(path)[1])
    assert "Validation succeeded" in validated(path)[1]


@pytest.mark.parametrize("part", ["archive/capture.warc.gz", "indexes/index.cdx", "pages/pages.jsonl"])
def test_a_changed_part_is_found_by_it(tmp_path: Path, part: str) -> None:
    path = tmp_path / "side.wacz"
    with zipfile.ZipFile(BytesIO(packed(recorded()))) as whole, zipfile.ZipFile(path, "w") as changed:
        for name in whole.namelist():
            data = whole.read(name)
            changed.writestr(name, data[:-1] + b"!" if name == part else data)
    assert validated(path)[0] == 1


def test_the_same_recording_gives_the_same_bytes() -> None:
    warc = recorded()
    assert packed(warc) == packed(warc)


def test_the_recording_holds_by_its_own_digests(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "side.warc.gz").write_bytes(recorded().getvalue())
    checked = Checker(type("Command", (), {"inputs": [str(tmp_path / "side.warc.gz")], "verbose": False}))
    checked.process_all()
    assert checked.exit_value == 0, capsys.readouterr().out


def test_every_page_is_found_by_the_index_where_it_says() -> None:
    """As replay tools do: the address gives the place in the recording, and one record is read there."""
    with zipfile.ZipFile(BytesIO(packed(recorded()))) as package:
        lines = package.read("indexes/index.cdx").decode().splitlines()
        warc = package.read("archive/capture.warc.gz")
        assert package.getinfo("archive/capture.warc.gz").compress_type == zipfile.ZIP_STORED
    assert lines == sorted(lines)
    found = {}
    for line in lines:
        key, moment, data = line.split(" ", 2)
        about = json.loads(data)
        assert (key, moment) == (wacz.sort_key(about["url"]), "20260302100007")
        place = int(about["offset"])
        record = next(iter(ArchiveIterator(BytesIO(warc[place : place + int(about["length"])]))))
        assert record.rec_headers["WARC-Target-URI"] == about["url"]
        found[about["url"]] = (int(about["status"]), record.raw_stream.read())
    assert found == {url: (status, body) for url, (status, _, body) in ANSWERS.items()}, (
        "and no answer to what was sent"
    )


def test_what_describes_the_framing_is_kept_beside_and_believed_by_nobody() -> None:
    records = [one for one in ArchiveIterator(BytesIO(recorded().getvalue())) if one.rec_type == "response"]
    headers = records[3].http_headers
    assert headers["X-Archive-Orig-Transfer-Encoding"] == "chunked"
    assert headers["Transfer-Encoding"] is None
    assert headers["Content-Encoding"] == "gzip"


@pytest.mark.parametrize(
    "url",
    [
        "https://eksempel.dk/", "https://www.eksempel.dk/Sti/", "http://www2.eksempel.dk/a?B=2&a=1", "https://e.dk",
        "https://eksempel.dk/a#b", "https://192.0.2.1/a", "https://a.b.eksempel.dk/x.php?q=%C3%A6&p",
        "https://eksempel.dk/a/b/?", "https://eksempel.dk/?a=1&a=0",
    ],
)  # fmt: skip
def test_addresses_are_sorted_as_the_tools_of_the_field_do(url: str) -> None:
    assert wacz.sort_key(url) == surt.surt(url)
