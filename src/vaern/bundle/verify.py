"""Checks a bundle of evidence made by Værn. Needs Python 3.8 or newer, nothing installed, and no network.

    python3 verify.py [--english] [BUNDLE]

BUNDLE is the ZIP, or the folder it was unpacked to; without it, the folder this file lies in.
Exit code 0: all of it holds. 1: something was changed, and what. 2: it cannot be judged.

This one file is at the same time the part of Værn that reads and describes the format, so that what makes a bundle and
what checks it cannot drift apart. It is meant to be read: nothing in it is clever, and it trusts nothing it reads.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import re
import shutil
import struct
import subprocess  # nosec B404 - runs openssl only, without a shell, on files this program wrote
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, NamedTuple

FORMAT = "vaern-bundle/1"
CHUNK = 256 * 1024
BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MANIFEST, TAGMANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
HEAD, JOURNAL = "data/bundle.json", "data/journal.jsonl"
CUSTODY, CUSTODY_CSV = "data/custody.json", "data/custody.csv"
TAG_FILES = ("bagit.txt", "bag-info.txt", "README-da.txt", "README-en.txt", "verify.py")
CUSTODY_COLUMNS = ("seq", "at", "act", "actor_id", "actor_name", "item", "number", "sha256")
# Every name in a bundle is one of ours: plain letters, no way up or out, nothing hidden.
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}(/[A-Za-z0-9][A-Za-z0-9._-]{0,99}){0,5}")
FILES_MAX = 100_000
JSON_MAX = 64 * 1024 * 1024
LINE_MAX = 4 * 1024 * 1024

WORDS = {
    "holds": ("ALT HOLDER", "ALL OF IT HOLDS"),
    "changed": ("NOGET ER ÆNDRET", "SOMETHING WAS CHANGED"),
    "unknown": ("KAN IKKE BEDØMMES", "CANNOT BE JUDGED"),
    "content": ("{0}: indholdet er ikke det, pakken blev lavet med", "{0}: is not what the bundle was made with"),
    "missing": ("{0}: mangler", "{0}: is missing"),
    "surplus": ("{0}: hører ikke til i pakken", "{0}: does not belong in the bundle"),
    "manifest": ("{0}: er ikke den liste, filerne giver", "{0}: is not the list that these files make"),
    "bagit": ("bagit.txt: er ændret", "bagit.txt: was changed"),
    "oxum": ("bag-info.txt: mål passer ikke til filerne", "bag-info.txt: its sizes do not fit the files"),
    "wrapping": (
        "ZIP-filens indpakning er ikke den, Værn lavede (ved byte {0}). Pak ud, og prøv mappen, for indholdet alene",
        "the wrapping of the ZIP is not the one Værn made (at byte {0}). Unpack it and try the folder, to judge the "
        "content alone",
    ),
    "form": ("{0}: følger ikke formatet ({1})", "{0}: does not follow the format ({1})"),
    "item": ("bevis {0}: filen er ikke den, pakken beskriver", "item {0}: the file is not the one described"),
    "item_entry": (
        "bevis {0}: journalen siger ikke, at netop denne fil blev taget ind",
        "item {0}: the journal does not say that this very file was taken in",
    ),
    "chain": ("journalen holder ikke ved nummer {0}", "the journal does not hold at number {0}"),
    "payload": (
        "journalens indhold er ændret ved nummer {0}",
        "the content of the journal was changed at number {0}",
    ),
    "journal_end": ("journaludskriften ender ikke, hvor den skal", "the journal does not end where it should"),
    "custody": ("{0}: siger ikke det samme som journalen", "{0}: does not say what the journal says"),
    "overview": ("oversigten er ikke den, pakken blev lavet med", "the overview is not the one it was made with"),
    "stamp": ("{0}: tidsstemplet gælder noget andet", "{0}: the time stamp is about something else"),
    "stamp_form": ("{0}: er ikke et tidsstempel, der kan læses", "{0}: is no time stamp that can be read"),
    "signature": ("{0}: underskriften holder ikke", "{0}: its signature does not hold"),
    "signature_not": (
        "{0}: {1}; underskriften er ikke prøvet her ({2})",
        "{0}: {1}; its signature was not judged here ({2})",
    ),
    "signature_ok": ("{0}: {1}; underskriften holder", "{0}: {1}; its signature holds"),
    "no_stamps": ("der er ingen tidsstempler i pakken", "there are no time stamps in the bundle"),
    "refused": ("{0}: bliver ikke åbnet ({1})", "{0}: is not opened ({1})"),
    "other_format": ("formatet “{0}” kendes ikke", "the format “{0}” is not known"),
    "unreadable": ("{0}: kan ikke læses ({1})", "{0}: cannot be read ({1})"),
    "counted": (
        "{0} filer, {1} beviser, {2} journalnumre (heraf {3} vist), {4} tidsstempler",
        "{0} files, {1} items, {2} journal entries ({3} of them shown), {4} time stamps",
    ),
    "whole": ("ZIP-filens SHA-256: {0}", "SHA-256 of the ZIP: {0}"),
}


class CannotJudge(Exception):
    """Why it is not read further: a code of WORDS, and what it is about."""

    def __init__(self, code: str, *about: object) -> None:
        super().__init__(code)
        self.code, self.about = code, about


class Report:
    """What was found, in the reader's language."""

    def __init__(self, language: str = "da") -> None:
        self.column = 0 if language == "da" else 1
        self.changed: list[str] = []
        self.unknown: list[str] = []
        self.notes: list[str] = []

    def say(self, code: str, *about: object) -> str:
        return WORDS[code][self.column].format(*about)

    def found(self, code: str, *about: object) -> None:
        line = self.say(code, *about)
        if line not in self.changed:
            self.changed.append(line)

    def note(self, code: str, *about: object) -> None:
        self.notes.append(self.say(code, *about))

    @property
    def code(self) -> int:
        return 1 if self.changed else 2 if self.unknown else 0

    def lines(self) -> Iterator[str]:
        yield self.say({0: "holds", 1: "changed", 2: "unknown"}[self.code])
        for line in (*self.changed, *self.unknown):
            yield "  ! " + _printable(line)
        for line in self.notes:
            yield "  - " + _printable(line)


def _printable(line: str) -> str:
    """What comes from the bundle must not be able to steer the terminal it is shown on."""
    return "".join(one if one.isprintable() else "?" for one in line)


class Digest(NamedTuple):
    sha256: str
    size: int
    crc: int


def digest_of(chunks: Iterable[bytes]) -> Digest:
    seen, size, crc = sha256(), 0, 0
    for chunk in chunks:
        seen.update(chunk)
        size += len(chunk)
        crc = zlib.crc32(chunk, crc)
    return Digest(seen.hexdigest(), size, crc)


def chunks_of(file: IO[bytes]) -> Iterator[bytes]:
    while True:
        chunk = file.read(CHUNK)
        if not chunk:
            return
        yield chunk


# --- the format: what makes a bundle writes with these, what checks one compares with them -----------------------


def canonical(value: object) -> bytes:
    """The one way a value becomes bytes before it is digested: JSON, keys sorted, no spaces, UTF-8."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode("utf-8")


def hash_of(value: object) -> str:
    return sha256(canonical(value)).hexdigest()


def manifest(digests: dict[str, Digest], *, tags: bool) -> bytes:
    """A BagIt manifest: of what lies in data/, or of the files beside it (but itself), sorted by name."""
    names = [n for n in sorted(digests) if n.startswith("data/") != tags and n != TAGMANIFEST]
    return "".join(f"{digests[name].sha256}  {name}\n" for name in names).encode("ascii")


def oxum(digests: dict[str, Digest]) -> str:
    sizes = [digest.size for name, digest in digests.items() if name.startswith("data/")]
    return f"{sum(sizes)}.{len(sizes)}"


def custody_row(entry: dict[str, Any]) -> dict[str, Any]:
    """A line of the custody log, from an entry of the journal whose content is shown."""
    data = entry["payload"]["data"]
    said = {name: data.get(name) for name in ("item", "number", "sha256")}
    names = {name: entry[name] for name in ("seq", "at", "act", "actor_id")}
    return {**names, "actor_name": entry["payload"]["actor_name"], **said}


def custody_csv(rows: Iterable[dict[str, Any]]) -> bytes:
    """The same as a table. What a spreadsheet would take for a formula gets an apostrophe before it."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(CUSTODY_COLUMNS)
    for row in rows:
        table.writerow([_cell(row[name]) for name in CUSTODY_COLUMNS])
    return out.getvalue().encode("utf-8")


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def pretty(value: object) -> bytes:
    """JSON for people to read, always in the same bytes."""
    return json.dumps(value, sort_keys=True, indent=1, ensure_ascii=False, allow_nan=False).encode("utf-8") + b"\n"


_FULL = 0xFFFFFFFF  # stands for "see the longer number"
BIG = _FULL  # from here on a ZIP needs its longer numbers


def zip_frame(files: Iterable[tuple[str, int, int]]) -> Iterator[tuple[bytes, str, int]]:
    """A ZIP without its contents: for each file (name, size, CRC) the bytes before its content, its name and its size;
    at last the directory, with the name "". Stored, never compressed, all of it dated 1 January 1980: the same files
    make the same ZIP, byte for byte, whichever program version writes it."""
    directory: list[bytes] = []
    place = 0
    for name, size, crc in files:
        before = _zip_local(name, size, crc)
        yield before, name, size
        directory.append(_zip_central(name, size, crc, place))
        place += len(before) + size
    listed = b"".join(directory)
    yield listed + _zip_end(len(directory), len(listed), place), "", 0


_ZIP_DATE = 0x21


def _short(number: int) -> int:
    return _FULL if number >= BIG else number


def _zip_local(name: str, size: int, crc: int) -> bytes:
    big = size >= BIG
    extra = struct.pack("<2H2Q", 1, 16, size, size) if big else b""
    told, need = _short(size), 45 if big else 20
    raw = name.encode("ascii")
    head = struct.pack("<4s5H3L2H", b"PK\x03\x04", need, 0, 0, 0, _ZIP_DATE, crc, told, told, len(raw), len(extra))
    return head + raw + extra


def _zip_central(name: str, size: int, crc: int, place: int) -> bytes:
    longer = ([size, size] if size >= BIG else []) + ([place] if place >= BIG else [])
    extra = struct.pack(f"<2H{len(longer)}Q", 1, 8 * len(longer), *longer) if longer else b""
    told, need = _short(size), 45 if longer else 20
    raw = name.encode("ascii")
    head = struct.pack(
        "<4s6H3L5H2L", b"PK\x01\x02", (3 << 8) | need, need, 0, 0, 0, _ZIP_DATE, crc, told, told,
        len(raw), len(extra), 0, 0, 0, 0o100644 << 16, _short(place),
    )  # fmt: skip
    return head + raw + extra


def _zip_end(count: int, size: int, place: int) -> bytes:
    longer = b""
    if count >= 0xFFFF or size >= BIG or place >= BIG:
        longer = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, size, place)
        longer += struct.pack("<4sLQL", b"PK\x06\x07", 0, place + size, 1)
    few = min(count, 0xFFFF)
    return longer + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, few, few, _short(size), _short(place), 0)


# --- where a bundle is read from ------------------------------------------------------------------------------


class Folder:
    """An unpacked bundle. Links are not followed: they could lead anywhere."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.names = sorted(self._walk())

    def _walk(self) -> Iterator[str]:
        for folder, inner, files in os.walk(str(self.path)):
            for name in (*inner, *files):
                whole = Path(folder) / name
                told = whole.relative_to(self.path).as_posix()
                if whole.is_symlink() or not (whole.is_file() or whole.is_dir()):
                    raise CannotJudge("refused", told, "link")
                if whole.is_file():
                    yield told

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        with (self.path / name).open("rb") as file:
            yield file


class Zipped:
    """A bundle as one ZIP. Refused before a byte is unpacked: odd names, links, doubles, anything compressed (a small
    file could then grow without end), and more content than the file is long."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.package = zipfile.ZipFile(str(path))
        found = self.package.infolist()
        if len(found) > FILES_MAX:
            raise CannotJudge("refused", path.name, "too many files")
        roots = {one.filename.split("/")[0] for one in found}
        self.root = roots.pop() if len(roots) == 1 else ""
        self.inner: dict[str, zipfile.ZipInfo] = {}
        for one in found:
            self._let_in(one)
        if sum(one.file_size for one in found) > path.stat().st_size:
            raise CannotJudge("refused", path.name, "more content than the file is long")
        self.names = sorted(self.inner)

    def _let_in(self, one: zipfile.ZipInfo) -> None:
        kind = (one.external_attr >> 16) & 0o170000
        name = one.filename[len(self.root) + 1 :]
        if not NAME.fullmatch(one.filename) or not name or one.orig_filename != one.filename:
            raise CannotJudge("refused", repr(one.filename), "name")
        if kind not in (0, 0o100000):
            raise CannotJudge("refused", one.filename, "link")
        if one.flag_bits & 1 or one.compress_type != zipfile.ZIP_STORED or one.file_size != one.compress_size:
            raise CannotJudge("refused", one.filename, "compressed or encrypted: unpack it first")
        if name in self.inner:
            raise CannotJudge("refused", one.filename, "twice")
        self.inner[name] = one

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        with self.package.open(self.inner[name]) as file:
            yield file

    def first_difference(self, digests: dict[str, Digest]) -> int | None:
        """Where the ZIP is not the one that Værn makes of these files; None when it is that one to the last byte. What
        the files hold is judged elsewhere, so the comparison steps over it."""
        files = [(self.root + "/" + name, digests[name].size, digests[name].crc) for name in self.names]
        place = 0
        with self.path.open("rb") as raw:
            for frame, _name, size in zip_frame(files):
                raw.seek(place)
                told = raw.read(len(frame))
                if told != frame:
                    return place + _common(told, frame)
                place += len(frame) + size
            raw.seek(place)
            return place if raw.read(1) else None


def _common(one: bytes, other: bytes) -> int:
    return next((n for n in range(min(len(one), len(other))) if one[n] != other[n]), min(len(one), len(other)))


def source_of(path: Path) -> Any:
    if path.is_dir():
        return Folder(path)
    return Zipped(path)


# --- what is checked ------------------------------------------------------------------------------------------


def check_bag(source: Any, digests: dict[str, Digest], report: Report) -> None:
    """RFC 8493: each file is the one listed, none is missing and none is there that is not listed. Our lists have one
    spelling only, so they are compared as a whole after the differences were named."""
    for list_name, tags in ((MANIFEST, False), (TAGMANIFEST, True)):
        if list_name not in digests:
            report.found("missing", list_name)
            continue
        told = _read(source, list_name)
        listed = _listed(told)
        there = {n for n in digests if n.startswith("data/") != tags and n != TAGMANIFEST}
        for name in sorted(listed):
            if name not in there:
                report.found("missing", name)
            elif digests[name].sha256 != listed[name]:
                report.found("content", name)
        for name in sorted(there - set(listed)):
            report.found("surplus", name)
        if told != manifest(digests, tags=tags):
            report.found("manifest", list_name)
    if "bagit.txt" not in digests or _read(source, "bagit.txt") != BAGIT:
        report.found("bagit")
    if "bag-info.txt" not in digests or f"\nPayload-Oxum: {oxum(digests)}\n".encode() not in _read(
        source, "bag-info.txt"
    ):
        report.found("oxum")


def _listed(told: bytes) -> dict[str, str]:
    lines = re.findall(r"^([0-9a-f]{64})  (.+)$", told.decode("utf-8", "replace"), re.MULTILINE)
    return {name: digest for digest, name in lines}


def check_shape(head: dict[str, Any], digests: dict[str, Digest], report: Report) -> None:
    """Nothing lies in the bundle that bundle.json does not speak of."""
    told = {HEAD, JOURNAL, CUSTODY, CUSTODY_CSV, head["overview"]["file"], MANIFEST, TAGMANIFEST, *TAG_FILES}
    told.update(item["file"] for item in head["items"])
    for stamp in head["stamps"]:
        told.update((stamp["file"], stamp["roots"]))
    for name in sorted(set(digests) - told):
        report.found("surplus", name)
    for name in sorted(told - set(digests)):
        report.found("missing", name)


def check_items(head: dict[str, Any], digests: dict[str, Digest], shown: list[dict[str, Any]], report: Report) -> None:
    """Each file is the one described, and the journal says that this very file was taken in or made."""
    said = {
        (entry["payload"]["data"].get("item"), entry["payload"]["data"].get("sha256"), entry["seq"]) for entry in shown
    }
    for item in head["items"]:
        there = digests.get(item["file"])
        if there is None or (there.sha256, there.size) != (item["sha256"], item["size"]):
            report.found("item", item["number"])
        if (item["id"], item["sha256"], item["entry"]) not in said:
            report.found("item_entry", item["number"])


class Walked(NamedTuple):
    entries: int
    shown: list[dict[str, Any]]
    heads: dict[int, str]


def walk_journal(lines: Iterable[bytes], told: dict[str, Any], wanted: Iterable[int], report: Report) -> Walked:
    """Recomputes the chain link by link. An entry about something else is given as its commitment alone, which is
    enough to reach the next hash and tells nothing about what it was."""
    seq, reached, count = int(told["first"]), _hex(told["prev"]), 0
    shown: list[dict[str, Any]] = []
    heads: dict[int, str] = {}
    asked = set(wanted)
    for line in lines:
        row = _json(line)
        count += 1
        commitment = row["commitment"] if set(row) == {"commitment"} else _commitment(row)
        reached = hash_of([reached, _hex(commitment)])
        if "commitment" not in row:
            _check_entry(row, seq, reached, told["chain"], report)
            if row["payload"] is not None:
                shown.append(row)
        if seq in asked:
            heads[seq] = reached
        seq += 1
    if (seq - 1, reached) != (told["last"], told["head"]):
        report.found("journal_end")
    return Walked(count, shown, heads)


def _commitment(row: dict[str, Any]) -> str:
    names = ("chain", "seq", "at", "act", "actor_id", "subject", "payload_digest")
    return hash_of([row[name] for name in names])


def _check_entry(row: dict[str, Any], seq: int, reached: str, chain: str, report: Report) -> None:
    if (row["seq"], row["chain"], row["hash"]) != (seq, chain, reached):
        report.found("chain", seq)
    content = row["payload"]
    if content is not None:
        digest = hash_of([content["salt"], content["actor_name"], content["data"]])
        if digest != row["payload_digest"]:
            report.found("payload", seq)


def check_custody(source: Any, head: dict[str, Any], shown: list[dict[str, Any]], report: Report) -> None:
    """The custody log is nothing but the journal's entries about the items, in another form."""
    items = {item["id"] for item in head["items"]}
    rows = [custody_row(entry) for entry in shown if entry["payload"]["data"].get("item") in items]
    if _read(source, CUSTODY) != pretty(rows):
        report.found("custody", CUSTODY)
    if _read(source, CUSTODY_CSV) != custody_csv(rows):
        report.found("custody", CUSTODY_CSV)


def check_stamps(source: Any, head: dict[str, Any], heads: dict[int, str], report: Report) -> None:
    """Each time stamp is about an item of this bundle or a head of its journal; the signature is openssl's to judge."""
    items = {item["id"]: item["sha256"] for item in head["items"]}
    for stamp in head["stamps"]:
        wanted = items.get(stamp["item"]) if "item" in stamp else heads.get(stamp["seq"])
        try:
            imprint, at = read_stamp(_read(source, stamp["file"]))
        except (ValueError, IndexError):
            report.found("stamp_form", stamp["file"])
            continue
        if wanted is None or imprint != wanted:
            report.found("stamp", stamp["file"])
        else:
            _check_signature(source, stamp, imprint, at, report)
    if not head["stamps"]:
        report.note("no_stamps")


def _check_signature(source: Any, stamp: dict[str, Any], imprint: str, at: datetime, report: Report) -> None:
    when = at.strftime("%Y-%m-%d %H:%M:%S UTC")
    program = shutil.which("openssl")
    if program is None or not stamp["roots"]:
        why = "openssl" if program is None else "no certificates in the bundle"
        report.note("signature_not", stamp["file"], when, why)
        return
    done = _openssl(program, source, stamp, imprint, at)
    if done is None or (done.returncode and b"Verification: FAILED" not in done.stdout + done.stderr):
        report.note("signature_not", stamp["file"], when, "openssl ts")
    elif done.returncode:
        report.found("signature", stamp["file"])
    else:
        report.note("signature_ok", stamp["file"], when)


def _openssl(program: str, source: Any, stamp: dict[str, Any], imprint: str, at: datetime) -> Any:
    """The command that the README shows. `-attime`: a certificate run out since was good when it signed."""
    with tempfile.TemporaryDirectory() as folder:
        paths = {}
        for name in ("file", "roots", "chain"):
            if stamp.get(name):
                paths[name] = str(Path(folder) / name)
                Path(paths[name]).write_bytes(_read(source, stamp[name]))
        command = [program, "ts", "-verify", "-digest", imprint, "-in", paths["file"], "-CAfile", paths["roots"]]
        command += ["-token_in"] if stamp["bare"] else []
        command += ["-untrusted", paths["chain"]] if "chain" in paths else []
        command += ["-attime", str(int(at.timestamp()))]
        try:
            return subprocess.run(command, capture_output=True, timeout=60, stdin=subprocess.DEVNULL)  # nosec B603
        except (OSError, subprocess.SubprocessError):
            return None


# --- time stamps: as much of DER (X.690) as RFC 3161 needs -------------------------------------------------------

_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
_TST_INFO = bytes.fromhex("2a864886f70d0109100104")
_SHA256 = bytes.fromhex("608648016503040201")


def read_stamp(data: bytes) -> tuple[str, datetime]:
    """The digest that was stamped and the time the authority says, of a response or a bare token. `ValueError`."""
    parts = _inside(data, 0x30)
    if parts[0][0] == 0x30:  # a response: its status stands before the token
        if int.from_bytes(_inside_of(parts[0])[0][1], "big") not in (0, 1):
            raise ValueError("refused by the authority")
        parts = _inside_of(parts[1])
    _expect(parts[0], 0x06, _SIGNED_DATA)
    signed = _inside(_only(parts[1], 0xA0), 0x30)
    about = _inside_of(signed[2])
    _expect(about[0], 0x06, _TST_INFO)
    info = _inside(_only_content(_only(about[1], 0xA0), 0x04), 0x30)
    algorithm, imprint = _inside_of(info[2])
    _expect(_inside_of(algorithm)[0], 0x06, _SHA256)
    if (imprint[0], len(imprint[1])) != (0x04, 32) or info[4][0] != 0x18:
        raise ValueError("no SHA-256 imprint, or no time")
    return imprint[1].hex(), _moment(info[4][1].decode("ascii"))


def _moment(text: str) -> datetime:
    found = re.fullmatch(r"(\d{14})(?:\.\d+)?Z", text)
    if not found:
        raise ValueError("no time")
    return datetime.strptime(found.group(1), "%Y%m%d%H%M%S").replace(tzinfo=timezone.utc)  # noqa: UP017 - Python 3.8


def _elements(data: bytes) -> list[tuple[int, bytes]]:
    """The elements one after the other: tag and content. Lengths must be definite and fit exactly."""
    found, place = [], 0
    while place < len(data):
        tag, length = data[place], data[place + 1]
        place += 2
        if length & 0x80:
            count = length & 0x7F
            if not 1 <= count <= 4:
                raise ValueError("length")
            length = int.from_bytes(data[place : place + count], "big")
            place += count
        if place + length > len(data):
            raise ValueError("length")
        found.append((tag, data[place : place + length]))
        place += length
    return found


def _only_content(data: bytes, tag: int) -> bytes:
    found = _elements(data)
    if len(found) != 1 or found[0][0] != tag:
        raise ValueError("structure")
    return found[0][1]


def _only(element: tuple[int, bytes], tag: int) -> bytes:
    if element[0] != tag:
        raise ValueError("structure")
    return element[1]


def _inside(data: bytes, tag: int) -> list[tuple[int, bytes]]:
    return _elements(_only_content(data, tag))


def _inside_of(element: tuple[int, bytes]) -> list[tuple[int, bytes]]:
    return _elements(_only(element, 0x30))


def _expect(element: tuple[int, bytes], tag: int, content: bytes) -> None:
    if element != (tag, content):
        raise ValueError("structure")


# --- reading, and the whole of it ------------------------------------------------------------------------------


def _read(source: Any, name: str, most: int = JSON_MAX) -> bytes:
    if name not in source.names:
        return b""
    with source.open(name) as file:
        data: bytes = file.read(most + 1)
    if len(data) > most:
        raise CannotJudge("refused", name, "too long")
    return data


def _json(data: bytes) -> Any:
    return json.loads(data.decode("utf-8"), object_pairs_hook=_once, parse_float=_never, parse_constant=_never)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) != len(pairs):
        raise ValueError("a name twice")
    return dict(pairs)


def _never(text: str) -> None:
    raise ValueError("no such number: " + text)


def _hex(text: Any) -> str:
    if not isinstance(text, str) or not re.fullmatch("[0-9a-f]{64}", text):
        raise ValueError("no SHA-256")
    return text


def _lines(file: IO[bytes]) -> Iterator[bytes]:
    while True:
        line = file.readline(LINE_MAX)
        if not line:
            return
        if not line.endswith(b"\n"):
            raise ValueError("a line is too long, or not ended")
        yield line


def check(path: Path, language: str = "da") -> Report:
    """Everything about one bundle. What cannot be read at all is no proof of anything: exit code 2."""
    report = Report(language)
    try:
        source = source_of(path)
        _check(source, path, report)
    except CannotJudge as why:
        report.unknown.append(report.say(why.code, *why.about))
    except (OSError, zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, MemoryError) as why:
        report.unknown.append(report.say("unreadable", path.name, type(why).__name__))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, struct.error) as why:
        # In a bundle as Værn makes it nothing of this can happen.
        report.found("form", path.name, type(why).__name__)
    return report


def _check(source: Any, path: Path, report: Report) -> None:
    digests = {}
    for name in source.names:
        with source.open(name) as file:
            digests[name] = _digest_or_change(file, name, report)
    if HEAD not in digests and MANIFEST not in digests:
        raise CannotJudge("refused", path.name, "no bundle of evidence")
    check_bag(source, digests, report)
    if isinstance(source, Zipped):
        place = source.first_difference(digests)
        if place is not None:
            report.found("wrapping", place)
    check_content(source, digests, report)
    if isinstance(source, Zipped):
        with path.open("rb") as file:
            report.note("whole", digest_of(chunks_of(file)).sha256)


def _digest_or_change(file: IO[bytes], name: str, report: Report) -> Digest:
    """The reader of ZIPs finds a changed content by its CRC before we do by its digest."""
    try:
        return digest_of(chunks_of(file))
    except zipfile.BadZipFile:
        report.found("content", name)
        return Digest("", 0, 0)


def check_content(source: Any, digests: dict[str, Digest], report: Report) -> None:
    head = _json(_read(source, HEAD))
    if head["format"] != FORMAT:
        raise CannotJudge("other_format", head["format"])
    check_shape(head, digests, report)
    wanted = [stamp["seq"] for stamp in head["stamps"] if "seq" in stamp]
    with source.open(JOURNAL) as file:
        walked = walk_journal(_lines(file), head["journal"], wanted, report)
    check_items(head, digests, walked.shown, report)
    check_custody(source, head, walked.shown, report)
    overview = head["overview"]
    if digests[overview["file"]].sha256 != overview["sha256"]:
        report.found("overview")
    check_stamps(source, head, walked.heads, report)
    shown = sum(1 for entry in walked.shown if entry)
    report.note("counted", len(digests), len(head["items"]), walked.entries, shown, len(head["stamps"]))


def main(arguments: list[str] | None = None, *, prog: str = "verify.py") -> int:
    alone = prog == "verify.py"  # only then does it lie in a bundle
    parser = argparse.ArgumentParser(prog=prog, description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("bundle", nargs="?" if alone else None, type=Path, default=Path(__file__).resolve().parent)
    parser.add_argument("--english", action="store_true", help="say it in English")
    asked = parser.parse_args(arguments)
    report = check(asked.bundle, "en" if asked.english else "da")
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    print("\n".join(report.lines()))
    return report.code


if __name__ == "__main__":
    sys.exit(main())
