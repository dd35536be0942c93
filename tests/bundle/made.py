"""A bundle made from nothing but facts, and a small authority of the tests' own that stamps."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from uuid import UUID

from vaern.bundle import contents, packing, rules
from vaern.bundle.contents import Gathered
from vaern.bundle.facts import About, Included, Stamp
from vaern.bundle.packing import Part
from vaern.core.digest import digest
from vaern.journal import rules as journal
from vaern.journal.facts import Entry, Payload

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
CASE, OTHER = "case:7b1d", "case:9999"
PICTURE, TEXT = b"\x89PNG\r\n" + bytes(range(256)) * 20, "Ord på dansk: æøå\n".encode()
ABOUT = About(
    UUID(int=77), 1, "2026-0001", "Eksempelby Kommune", "org:7", "Anmeldelse", "Østjyllands Politi",
    "Mads Madsen", AT + timedelta(days=3),
)  # fmt: skip


def reader(data: bytes) -> Callable[[], Iterator[bytes]]:
    return lambda: iter([data[:1000], data[1000:]])


def item(number: int, data: bytes, kind: str, **more: object) -> Included:
    fields: dict[str, object] = {
        "id": UUID(int=number), "number": number, "name": f"=navn {number}.{kind}", "kind": kind, "mime": "x/y",
        "extension": f".{kind}", "size": len(data), "sha256": digest(data), "note": "Et opslag", "added_at": AT,
        "chunks": reader(data),
    }  # fmt: skip
    return Included(**{**fields, **more})  # type: ignore[arg-type]


ITEMS = (item(1, PICTURE, "png"), item(2, TEXT, "txt", said={"url": "https://eksempel.example/1"}))


def entries() -> list[Entry]:
    """A chain with this case's entries and, between them, another's."""
    found: list[Entry] = []
    for one in ITEMS:
        _add(found, CASE, "take_in_evidence", {"item": str(one.id), "sha256": one.sha256, "number": one.number})
        _add(found, OTHER, "write_note", {"note": 5})
    _add(found, CASE, "write_note", {"note": 6})
    for one in ITEMS:
        _add(found, CASE, "export_evidence", {"item": str(one.id), "sha256": one.sha256, "number": one.number})
    return found


def _add(found: list[Entry], subject: str, act: str, data: dict[str, object]) -> None:
    seq = len(found) + 41  # a chain that began long before
    payload = Payload(f"{seq:032x}", "Anna Andersen", data)
    prev = found[-1].hash if found else "5" * 64
    at = AT + timedelta(minutes=seq)
    entry = Entry("org:7", seq, at, act, 3, subject, journal.payload_digest(payload), prev, "", payload)
    found.append(replace(entry, hash=journal.hash_of(entry)))


def rows(chain: list[Entry]) -> list[Entry | str]:
    return [one if one.subject == CASE else journal.commitment_of(one) for one in chain]


@cache
def stamps() -> tuple[Stamp, ...]:
    """One of the first item and one of the journal, by a real authority: openssl, with a certificate of its own."""
    folder = Path(mkdtemp(prefix="vaern-authority-"))
    roots = authority(folder)
    chain = entries()
    about_item = Stamp("prøve", AT, stamped(folder, ITEMS[0].sha256), roots, item=ITEMS[0].id)
    return (about_item, Stamp("prøve", AT, stamped(folder, chain[4].hash), roots, seq=chain[4].seq))


CONFIG = """
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
"""


def authority(folder: Path) -> str:
    """A self-signed time-stamping certificate; its PEM."""
    (folder / "serial").write_text("01\n")
    (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder))
    _openssl(
        folder, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "3650",
        "-subj", "/CN=Proevemyndighed", "-keyout", "key.pem", "-out", "cert.pem",
        "-addext", "extendedKeyUsage=critical,timeStamping", "-addext", "keyUsage=critical,digitalSignature",
    )  # fmt: skip
    return (folder / "cert.pem").read_text()


def stamped(folder: Path, digest_hex: str) -> bytes:
    _openssl(folder, "ts", "-query", "-digest", digest_hex, "-sha256", "-cert", "-out", "q")
    _openssl(
        folder, "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "q", "-signer", "cert.pem", "-inkey", "key.pem",
        "-out", "r",
    )  # fmt: skip
    return (folder / "r").read_bytes()


def _openssl(folder: Path, *words: str) -> None:
    subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)


def parts() -> list[Part]:
    slice_ = rules.slice_of(ABOUT, rows(entries()), [one.id for one in ITEMS])
    found = Gathered(ABOUT, ITEMS, stamps(), slice_)
    texts = {"README-da.txt": b"Hej\n", "README-en.txt": b"Hello\n"}
    return contents.parts_of(found, overview=b"%PDF-1.7 not really\n%%EOF\n", readmes=texts)


def zip_of(made: list[Part]) -> bytes:
    return b"".join(packing.zipped(rules.root_of(ABOUT), made))
