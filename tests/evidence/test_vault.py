"""The vault: whole files under their digest, or nothing - also when the process dies or the disk is full."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from threading import Barrier, Thread, active_count
from typing import Any

import grimp
import pyrage
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vaern.evidence import vault

ROOT = Path(__file__).resolve().parents[2]
DATA = bytes(range(256)) * 4096  # 1 MiB, several chunks
KEY = pyrage.x25519.Identity.generate()
FOR = str(KEY.to_public())


def chunks(data: bytes, size: int = 100_000) -> Iterator[bytes]:
    for place in range(0, len(data), size):
        yield data[place : place + size]


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and path.name != ".gate"]


def opened(stored: vault.Stored, organisation: int = 1, key: Any = KEY) -> Iterator[bytes]:
    return vault.open_(organisation, stored.object, stored.sha256, key)


def change(path: Path, content: bytes) -> None:
    """What somebody with the rights of the server could do."""
    path.chmod(0o600)
    path.write_bytes(content)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(min_size=1, max_size=3000), st.integers(1, 999))
def test_what_is_put_comes_out_again(data: bytes, size: int) -> None:
    stored = vault.put(1, FOR, chunks(data, size))
    assert (stored.sha256, stored.size) == (sha256(data).hexdigest(), len(data))
    assert b"".join(opened(stored)) == data


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.integers(-2, 2), st.sampled_from([8192, 65536, 262144, 2 * 262144]), st.integers(5_000, 300_000))
def test_whole_pieces_are_no_special_case(beside: int, piece: int, size: int) -> None:
    data = bytes(piece + beside)
    assert b"".join(opened(vault.put(1, FOR, chunks(data, size)))) == data


def test_it_lies_where_it_should_readable_by_the_owner_and_writable_by_nobody(vault_folder: Path) -> None:
    name = vault.put(7, FOR, [DATA]).object
    path = vault_folder / "7" / name[:2] / name
    assert files(vault_folder) == [path]
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o400, 0o700)
    assert sha256(path.read_bytes()).hexdigest() == name


def test_nothing_of_the_content_can_be_read_from_what_lies_there(vault_folder: Path) -> None:
    words = b"Jeg ved, hvor du bor. " * 4000
    first, second = vault.put(1, FOR, [words]), vault.put(1, FOR, [words])
    for path in files(vault_folder):
        assert b"hvor du bor" not in path.read_bytes()
        assert path.read_bytes().startswith(b"age-encryption.org/v1\n")
    assert first.object != second.object, "nobody can see that two cases hold the same file"
    assert first.sha256 == second.sha256


def test_the_standard_tool_opens_it(vault_folder: Path, tmp_path: Path) -> None:
    name = vault.put(1, FOR, [DATA]).object
    key = tmp_path / "case.key"
    key.write_text(str(KEY))
    command = ["age", "--decrypt", "--identity", str(key), str(vault_folder / "1" / name[:2] / name)]
    assert subprocess.run(command, capture_output=True, check=True).stdout == DATA


def test_organisations_share_nothing(vault_folder: Path) -> None:
    first = vault.put(1, FOR, [DATA])
    vault.put(2, FOR, [DATA])
    assert len(files(vault_folder)) == 2
    with pytest.raises(vault.Damaged):
        list(opened(first, organisation=3))


def test_another_key_opens_nothing() -> None:
    with pytest.raises(vault.Damaged):
        list(opened(vault.put(1, FOR, [DATA]), key=pyrage.x25519.Identity.generate()))


@pytest.mark.parametrize("place", [0, 30, 150, 500_000, -1])
def test_one_changed_byte_is_found_before_the_last_chunk(vault_folder: Path, place: int) -> None:
    stored = vault.put(1, FOR, [DATA])
    path = files(vault_folder)[0]
    changed = bytearray(path.read_bytes())
    changed[place] ^= 1
    change(path, bytes(changed))
    out: list[bytes] = []
    with pytest.raises(vault.Damaged):
        out.extend(opened(stored))
    assert sum(map(len, out)) < len(DATA)


def test_a_cut_off_a_vanished_and_an_exchanged_object_are_found(vault_folder: Path) -> None:
    stored = vault.put(1, FOR, [DATA])
    path = files(vault_folder)[0]
    whole = path.read_bytes()
    change(path, whole[:-1])
    with pytest.raises(vault.Damaged):
        list(opened(stored))
    change(path, whole[: -len(whole) % 65552 - 65552])
    with pytest.raises(vault.Damaged):
        list(opened(stored))
    change(path, pyrage.encrypt(b"noget andet", [KEY.to_public()]))
    with pytest.raises(vault.Damaged):
        list(opened(stored))
    path.unlink()
    with pytest.raises(vault.Damaged):
        list(opened(stored))


def test_a_name_that_is_no_digest_opens_nothing() -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        list(vault.open_(1, "../../../../etc/passwd", "", None))


def test_a_reader_who_leaves_half_way_leaves_no_thread_behind() -> None:
    before = active_count()
    reading = opened(vault.put(1, FOR, (DATA for _ in range(8))))
    assert next(reading) == DATA[: vault.CHUNK]
    reading.close()  # type: ignore[attr-defined]
    assert active_count() == before


def test_a_stream_that_breaks_off_leaves_nothing(vault_folder: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield DATA
        raise ConnectionResetError

    with pytest.raises(vault.NotKept):
        vault.put(1, FOR, broken())
    assert files(vault_folder) == []


def child(code: str, folder: Path) -> subprocess.Popen[bytes]:
    """A process of its own that writes to the same vault."""
    script = (
        "import resource, signal, sys\nfrom django.conf import settings\n"
        f"settings.configure(EVIDENCE={str(folder)!r}, EVIDENCE_S3={{}})\nfrom vaern.evidence import vault\n"
        f"FOR = {FOR!r}\n{code}"
    )
    return subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_a_full_disk_is_said_and_leaves_nothing(vault_folder: Path) -> None:
    code = (
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))\n"
        "try:\n    vault.put(1, FOR, (bytes(100_000) for _ in range(10)))\n"
        "except vault.NotKept as error:\n    print('not kept:', error)\n"
    )
    out, err = child(code, vault_folder).communicate(timeout=60)
    assert out.startswith(b"not kept:"), err
    assert files(vault_folder) == []


def test_killed_in_the_middle_nothing_half_stands_under_a_digest(vault_folder: Path) -> None:
    code = (
        "import itertools\n"
        "for number in itertools.count():\n"
        "    stored = vault.put(1, FOR, (bytes([number % 256]) * 65536 for _ in range(24)))\n"
        "    print(stored.object, stored.sha256, flush=True)\n"
    )
    for moment in range(6):
        process = child(code, vault_folder)
        assert process.stdout is not None
        receipts = [process.stdout.readline().decode()]
        time.sleep(0.01 * moment)
        os.kill(process.pid, signal.SIGKILL)
        receipts += process.communicate(timeout=60)[0].decode().splitlines()
        pairs = [one.split() for one in receipts if len(one.strip()) == 129]
        assert all(len(b"".join(vault.open_(1, name, digest, KEY))) == 24 * 65536 for name, digest in pairs)
        for orphan in vault.listing():
            named = vault.places(orphan.place)
            if named is None:
                assert orphan.place.startswith("incoming/")
            else:
                assert sha256((vault_folder / orphan.place).read_bytes()).hexdigest() == named[1]


def test_memory_stays_flat_however_large_the_file() -> None:
    piece = bytes(vault.CHUNK)
    tracemalloc.start()
    stored = vault.put(1, FOR, (piece for _ in range(256)))
    size = sum(len(chunk) for chunk in opened(stored))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert size == 64 * 1024 * 1024
    assert peak < 8 * 1024 * 1024


def test_only_the_service_enters_the_vault() -> None:
    """There is no way to a stored byte that leaves no entry."""
    graph = grimp.build_graph("vaern", cache_dir=None)
    rooms = {"vaern.evidence.vault", *graph.find_descendants("vaern.evidence.vault")}
    outside = {user for room in rooms for user in graph.find_modules_that_directly_import(room)} - rooms
    assert outside
    assert all(name.startswith("vaern.evidence.service") for name in outside)


def test_a_sweep_spares_what_is_younger_than_it_was_told(vault_folder: Path) -> None:
    vault.put(1, FOR, [DATA])
    (found,) = vault.listing()
    yesterday = datetime.now(UTC) - timedelta(hours=24)
    assert not vault.remove(found, older_than=yesterday)
    old = time.time() - 90_000
    os.utime(files(vault_folder)[0], (old, old))
    assert vault.remove(found, older_than=yesterday)
    assert files(vault_folder) == []


def test_eight_at_once_all_succeed(vault_folder: Path) -> None:
    start, done = Barrier(8), list[vault.Stored]()

    def write() -> None:
        start.wait()
        done.append(vault.put(1, FOR, chunks(DATA)))

    threads = [Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [b"".join(opened(one)) for one in done] == [DATA] * 8
    assert len(files(vault_folder)) == 8
