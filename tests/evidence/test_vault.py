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
from threading import Barrier, Thread

import grimp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vaern.evidence import vault

ROOT = Path(__file__).resolve().parents[2]
DATA = bytes(range(256)) * 4096  # 1 MiB, several chunks


def chunks(data: bytes, size: int = 100_000) -> Iterator[bytes]:
    for place in range(0, len(data), size):
        yield data[place : place + size]


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and path.name != ".gate"]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(min_size=1, max_size=3000), st.integers(1, 999))
def test_what_is_put_comes_out_again(data: bytes, size: int) -> None:
    stored = vault.put(1, chunks(data, size))
    assert (stored.sha256, stored.size) == (sha256(data).hexdigest(), len(data))
    assert b"".join(vault.open_(1, stored.sha256)) == data


def test_it_lies_where_it_should_readable_by_the_owner_only(vault_folder: Path) -> None:
    digest = vault.put(7, [DATA]).sha256
    path = vault_folder / "7" / digest[:2] / digest
    assert files(vault_folder) == [path]
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_the_same_file_twice_is_kept_once_and_organisations_share_nothing(vault_folder: Path) -> None:
    first, second = vault.put(1, [DATA]), vault.put(1, chunks(DATA))
    assert first == second
    assert len(files(vault_folder)) == 1
    vault.put(2, [DATA])
    assert len(files(vault_folder)) == 2
    with pytest.raises(vault.Damaged):
        list(vault.open_(3, first.sha256))


@pytest.mark.parametrize("place", [0, 500_000, len(DATA) - 1])
def test_one_changed_byte_is_found_before_the_last_chunk(vault_folder: Path, place: int) -> None:
    digest = vault.put(1, [DATA]).sha256
    path = files(vault_folder)[0]
    changed = bytearray(DATA)
    changed[place] ^= 1
    path.write_bytes(changed)
    out: list[bytes] = []
    with pytest.raises(vault.Damaged):
        out.extend(vault.open_(1, digest))
    assert sum(map(len, out)) < len(DATA)
    assert vault.put(1, [DATA]).replaced_damaged
    assert b"".join(vault.open_(1, digest)) == DATA


def test_a_cut_off_or_vanished_file_is_found(vault_folder: Path) -> None:
    digest = vault.put(1, [DATA]).sha256
    path = files(vault_folder)[0]
    path.write_bytes(DATA[:-1])
    with pytest.raises(vault.Damaged):
        list(vault.open_(1, digest))
    path.unlink()
    with pytest.raises(vault.Damaged):
        list(vault.open_(1, digest))


def test_a_name_that_is_no_digest_opens_nothing() -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        list(vault.open_(1, "../../../../etc/passwd"))


def test_a_stream_that_breaks_off_leaves_nothing(vault_folder: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield DATA
        raise ConnectionResetError

    with pytest.raises(vault.NotKept):
        vault.put(1, broken())
    assert files(vault_folder) == []


def child(code: str, folder: Path) -> subprocess.Popen[bytes]:
    """A process of its own that writes to the same vault."""
    script = (
        "import resource, signal, sys\nfrom django.conf import settings\n"
        f"settings.configure(EVIDENCE={str(folder)!r})\nfrom vaern.evidence import vault\n{code}"
    )
    return subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_a_full_disk_is_said_and_leaves_nothing(vault_folder: Path) -> None:
    code = (
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))\n"
        "try:\n    vault.put(1, (bytes(100_000) for _ in range(10)))\n"
        "except vault.NotKept as error:\n    print('not kept:', error)\n"
    )
    out, err = child(code, vault_folder).communicate(timeout=60)
    assert out.startswith(b"not kept:"), err
    assert files(vault_folder) == []


def test_killed_in_the_middle_nothing_half_stands_under_a_digest(vault_folder: Path) -> None:
    code = (
        "import itertools\n"
        "for number in itertools.count():\n"
        "    stored = vault.put(1, (bytes([number % 256]) * 65536 for _ in range(24)))\n"
        "    print(stored.sha256, flush=True)\n"
    )
    for moment in range(6):
        process = child(code, vault_folder)
        assert process.stdout is not None
        receipts = [process.stdout.readline().decode().strip()]
        time.sleep(0.01 * moment)
        os.kill(process.pid, signal.SIGKILL)
        receipts += process.communicate(timeout=60)[0].decode().split()
        assert all(len(b"".join(vault.open_(1, digest))) == 24 * 65536 for digest in receipts if len(digest) == 64)
        for _, digest, orphan in vault.listing():
            assert not digest or sha256((vault_folder / orphan.place).read_bytes()).hexdigest() == digest


def test_memory_stays_flat_however_large_the_file() -> None:
    piece = bytes(vault.CHUNK)
    tracemalloc.start()
    stored = vault.put(1, (piece for _ in range(256)))
    size = sum(len(chunk) for chunk in vault.open_(1, stored.sha256))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert size == 64 * 1024 * 1024
    assert peak < 4 * 1024 * 1024


def test_only_the_service_enters_the_vault() -> None:
    """There is no way to a stored byte that leaves no entry."""
    graph = grimp.build_graph("vaern", cache_dir=None)
    inside = graph.find_modules_that_directly_import("vaern.evidence.vault")
    assert inside
    assert all(name.startswith("vaern.evidence.service.") for name in inside)


def test_a_sweep_spares_what_was_just_put_again(vault_folder: Path) -> None:
    digest = vault.put(1, [DATA]).sha256
    path = files(vault_folder)[0]
    old = time.time() - 90_000
    os.utime(path, (old, old))
    found = [orphan for _, one, orphan in vault.listing() if one == digest]
    vault.put(1, [DATA])
    assert not vault.remove(found[0], older_than=datetime.now(UTC) - timedelta(hours=24))
    assert path.is_file()
    os.utime(path, (old, old))
    assert vault.remove(found[0], older_than=datetime.now(UTC) - timedelta(hours=24))
    assert files(vault_folder) == []


def test_eight_at_once_putting_the_same_file_all_succeed(vault_folder: Path) -> None:
    start, done = Barrier(8), []

    def write() -> None:
        start.wait()
        done.append(vault.put(1, chunks(DATA)))

    threads = [Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one.sha256 for one in done] == [sha256(DATA).hexdigest()] * 8
    assert len(files(vault_folder)) == 1
