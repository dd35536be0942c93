"""One question to a real authority, and every way in which its answer can be wrong."""

from __future__ import annotations

import socket
import subprocess
from base64 import b64decode, encodebytes
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
import time_machine

from tests.stamps.server import MODES
from tests.stamps_kit import Running, openssl_verifies
from vaern.stamps import check, client, der
from vaern.stamps.check import Unfit
from vaern.stamps.facts import Authority
from vaern.stamps.rules import WHY

DIGEST = sha256(b"et bevis").hexdigest()
REFUSED = {
    "expired": "untrusted",
    "stranger": "untrusted",
    "wrong_nonce": "other_answer",
    "wrong_imprint": "other_answer",
    "rejects": "refused",
    "garbage": "garbled",
    "half": "garbled",
    "empty": "garbled",
    "huge": "too_large",
    "busy": "refused",
    "elsewhere": "refused",
    "slow": "slow",
    "drips": "slow",
    "silent": "slow",
}


def test_every_mode_of_the_authority_is_tried() -> None:
    assert {*REFUSED, "good"} == set(MODES)


def test_a_good_answer_is_kept_as_it_came_and_a_stranger_verifies_it(tsa: Running, tmp_path: Path) -> None:
    authority = tsa.as_("good")
    before = datetime.now(UTC).replace(microsecond=0)
    answer = client.ask(authority, DIGEST)
    assert before <= answer.gen_time <= datetime.now(UTC)
    assert openssl_verifies(tmp_path, answer.response, DIGEST, authority.roots)
    assert not openssl_verifies(tmp_path, answer.response, "0" * 64, authority.roots)
    assert not openssl_verifies(tmp_path, answer.response, DIGEST, tsa.as_("good", root="stranger").roots)


def test_a_stamp_outlives_its_certificates(tsa: Running, tmp_path: Path) -> None:
    """Asked about the time of the stamp, and not about today, OpenSSL says yes too: `-attime`."""
    authority = tsa.as_("good")
    answer = client.ask(authority, DIGEST)
    moment = int(answer.gen_time.timestamp())
    late = moment + 10 * 365 * 86400
    assert not openssl_verifies(tmp_path, answer.response, DIGEST, authority.roots, at=late)
    assert openssl_verifies(tmp_path, answer.response, DIGEST, authority.roots, at=moment)
    with time_machine.travel(late):
        assert check.checked(answer.response, bytes.fromhex(DIGEST), authority.roots) == answer.gen_time


@pytest.mark.parametrize("mode", REFUSED)
def test_no_other_answer_is_taken_for_a_stamp(tsa: Running, mode: str) -> None:
    with pytest.raises(Unfit) as unfit:
        client.ask(tsa.as_(mode), DIGEST, seconds=1)
    assert unfit.value.code == REFUSED[mode]
    assert unfit.value.code in WHY


def test_an_authority_that_is_down(tsa: Running) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        with pytest.raises(Unfit) as unfit:
            client.ask(Authority("down", address, tsa.as_("good").roots), DIGEST)
    assert unfit.value.code == "unreachable"


def test_the_policy_that_was_asked_for_is_the_one_in_the_stamp(tsa: Running) -> None:
    assert client.ask(tsa.as_("good", policy="1.2.3.4.2"), DIGEST)
    with pytest.raises(Unfit) as unfit:
        client.ask(tsa.as_("good", policy="1.2.3.4.3"), DIGEST)
    assert unfit.value.code == "refused"
    other = client.ask(tsa.as_("good"), DIGEST)
    with pytest.raises(Unfit):
        check.checked(other.response, bytes.fromhex(DIGEST), tsa.as_("good").roots, policy="1.2.3.4.2")


def test_roots_that_are_no_certificates_trust_nobody(tsa: Running) -> None:
    nonsense = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
    authority = tsa.as_("good")
    with pytest.raises(Unfit) as unfit:
        client.ask(Authority("a", authority.url, nonsense), DIGEST)
    assert unfit.value.code == "untrusted"


def test_a_certificate_that_makes_the_library_panic_is_refused_like_any_other(tsa: Running) -> None:
    """A panic of Rust passes `except Exception`; it would end the worker, and the nightly check with it."""
    authority = tsa.as_("good")
    answer = client.ask(authority, DIGEST)
    plain = b"".join(b64decode(line) for line in authority.roots.splitlines() if "-----" not in line)
    name = plain.rindex(b"\x0c\x22Opdigtet") + 2
    spoiled = plain[:name] + b"\xff" + plain[name + 1 :]
    pem = b"-----BEGIN CERTIFICATE-----\n" + encodebytes(spoiled) + b"-----END CERTIFICATE-----\n"
    with pytest.raises(Unfit) as unfit:
        check.checked(answer.response, bytes.fromhex(DIGEST), pem.decode())
    assert unfit.value.code == "untrusted"


def test_the_certificates_need_not_come_in_order(tsa: Running) -> None:
    """OpenSSL writes them as given; the answers of this authority are out of order about every second time."""
    answer = client.ask(tsa.as_("good"), DIGEST).response
    turned = der.in_order(answer)
    assert len(turned) == len(answer)
    assert der.in_order(turned) == turned
    for scrambled in (b"", b"0", b"\x30\x80", answer[:100], answer[100:]):
        assert der.in_order(scrambled) == scrambled


@pytest.mark.parametrize("nonce", [1, 127, 128, 255, 256, 2**63 - 1, 2**63])
@pytest.mark.parametrize("policy", ["", "1.3.6.1.4.1.99999.1", "2.999.16383.16384", "0.4.0.2023.1.1"])
def test_openssl_reads_the_question(tmp_path: Path, nonce: int, policy: str) -> None:
    (tmp_path / "q").write_bytes(der.request(bytes.fromhex(DIGEST), nonce, policy))
    read = subprocess.run(
        ["openssl", "ts", "-query", "-in", "q", "-text"], cwd=tmp_path, check=True, capture_output=True, text=True
    ).stdout
    said = dict(line.split(": ", 1) for line in read.splitlines() if ": " in line)
    assert (said["Hash Algorithm"], said["Certificate required"]) == ("sha256", "yes")
    assert int(said["Nonce"], 16) == nonce
    assert said["Policy OID"].split()[-1] == (policy or "unspecified")
