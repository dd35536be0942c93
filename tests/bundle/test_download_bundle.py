"""Handing a bundle over: as it is, locked with a passphrase, or locked to a key; each time on record."""

from __future__ import annotations

import io
from hashlib import sha256
from pathlib import Path

import pyrage
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from tests.bundle.kit import a_case, ask, make
from tests.cases_kit import NOW
from tests.people_kit import Municipality, actor
from vaern.bundle import sealing, service
from vaern.bundle.facts import Bundle
from vaern.core.refusal import Refused
from vaern.evidence.models import Kept
from vaern.journal import queries as journal

pytestmark = pytest.mark.one_database
WORDS = "fire ord er nok her"


@pytest.fixture
def ready(people: Municipality) -> Bundle:
    case, items = a_case(people)
    return make(ask(people, case, items[:1]))


def taken(people: Municipality, bundle: Bundle, how: str, **given: str) -> tuple[bytes, str]:
    sent = service.download_bundle(
        actor=actor(people.mads), case_id=bundle.case_id, bundle_id=bundle.id, how=how,  # type: ignore[arg-type]
        may_originals=True, **given, now=NOW,
    )  # fmt: skip
    data = b"".join(sent.chunks)
    assert len(data) == sent.size
    return data, sent.filename


def record(bundle: Bundle) -> dict[str, object]:
    (entry,) = journal.entries_of(f"case:{bundle.case_id}", acts=["download_bundle"])
    return entry.data


def test_as_it_is(people: Municipality, ready: Bundle) -> None:
    data, name = taken(people, ready, "plain")
    assert sha256(data).hexdigest() == ready.sha256
    assert name.startswith("bevispakke-") and name.endswith("-1.zip")  # noqa: PT018
    assert record(ready) == {
        "bundle": str(ready.id), "number": 1, "how": "plain", "key": "", "sha256": ready.sha256,
    }  # fmt: skip


def test_with_a_passphrase_that_is_kept_nowhere(people: Municipality, ready: Bundle) -> None:
    data, name = taken(people, ready, "passphrase", passphrase=WORDS, again=WORDS)
    assert data.startswith(b"age-encryption.org/v1\n-> scrypt ")
    assert name.endswith(".zip.age")
    assert sha256(pyrage.passphrase.decrypt(data, WORDS)).hexdigest() == ready.sha256
    assert WORDS not in str(record(ready))


def test_to_a_key_of_age(people: Municipality, ready: Bundle) -> None:
    identity = pyrage.x25519.Identity.generate()
    key = str(identity.to_public())
    data, _name = taken(people, ready, "key", key=f" {key}\n")
    assert sha256(pyrage.decrypt(data, [identity])).hexdigest() == ready.sha256
    assert record(ready)["key"] == key


def test_to_a_key_of_ssh(people: Municipality, ready: Bundle) -> None:
    secret = Ed25519PrivateKey.generate()
    public = secret.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode() + " anna@politi.example"
    data, _name = taken(people, ready, "key", key=public)
    written = secret.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())
    assert sha256(pyrage.decrypt(data, [pyrage.ssh.Identity.from_buffer(written)])).hexdigest() == ready.sha256


REFUSED: tuple[tuple[str, dict[str, str], str], ...] = (
    ("passphrase", {"passphrase": "kort", "again": "kort"}, "weak_passphrase"),
    ("passphrase", {"passphrase": WORDS, "again": WORDS + "x"}, "not_repeated"),
    ("key", {"key": ""}, "no_key"),
    ("key", {"key": "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq"}, "bad_key"),
    ("key", {"key": "AGE-SECRET-KEY-1QQQ"}, "bad_key"),
    ("key", {"key": "ssh-ed25519 AAAA"}, "bad_key"),
    ("key", {"key": "ssh-dss " + "A" * 60}, "bad_key"),
)


def test_what_cannot_be_locked_so_is_refused_and_nothing_leaves(people: Municipality, ready: Bundle) -> None:
    for how, given, code in REFUSED:
        with pytest.raises(Refused) as refused:
            taken(people, ready, how, **given)
        assert refused.value.refusal.code == code, given
    assert not journal.entries_of(f"case:{ready.case_id}", acts=["download_bundle"])


def test_too_large_for_a_passphrase(people: Municipality, ready: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "PASSPHRASE_BYTES", 100)
    with pytest.raises(Refused) as refused:
        taken(people, ready, "passphrase", passphrase=WORDS, again=WORDS)
    assert refused.value.refusal.code == "too_large"


def test_one_that_is_not_ready_cannot_be_taken(people: Municipality) -> None:
    case, items = a_case(people)
    with pytest.raises(Refused) as refused:
        taken(people, ask(people, case, items), "plain")
    assert refused.value.refusal.code == "not_ready"


def test_a_bundle_changed_behind_our_back_never_arrives_whole(
    people: Municipality, ready: Bundle, vault_folder: Path
) -> None:
    stored = Kept.objects.get(what="bundle").object
    (path,) = [one for one in vault_folder.rglob("*") if stored in one.name]
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    with pytest.raises(Refused):
        taken(people, ready, "plain")


def test_a_stream_of_any_cut_is_sealed_whole(tmp_path: Path) -> None:
    identity = pyrage.x25519.Identity.generate()
    pieces = [b"", b"a", b"b" * 300_000, b"", b"c" * 7]
    sealed = sealing.for_key(str(identity.to_public()), iter(pieces))
    out = io.BytesIO()
    pyrage.decrypt_io(sealed, out, [identity])
    assert out.getvalue() == b"".join(pieces)
