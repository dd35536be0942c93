"""Untrusted bytes are opened by a process that can do nothing else: no network, no second process, no file, no more
memory, time or output than it is given - and what becomes of it never reaches whoever started it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import pytest

from vaern.evidence.derive import sandbox, syscalls
from vaern.evidence.derive.sandbox import FILE, Bounds, NotRun, run

MIB = 1024 * 1024
SHORT = Bounds(cpu=20, seconds=60)


@pytest.fixture
def file() -> Iterator[IO[bytes]]:
    with TemporaryFile() as made:
        made.write(b"bytes of a stranger")
        made.flush()
        yield made


def code(text: str, bounds: Bounds = SHORT, file: IO[bytes] | None = None) -> bytes:
    """What a program of Python prints that is run shut in."""
    return run([sys.executable, "-I", "-c", text, FILE] if file else [sys.executable, "-I", "-c", text], file, bounds)


def says(attempt: str) -> str:
    """What stands in the way of one line of Python: the kind of its fault, or "done"."""
    tried = f"try:\n  {attempt}\n  print('done')\nexcept BaseException as e: print(type(e).__name__)"
    return code(f"import os, socket, ctypes, sys\n{tried}").decode().strip()


def test_the_locks_close_here() -> None:
    assert sandbox.works()


def test_it_reads_the_file_it_was_given_and_answers(file: IO[bytes]) -> None:
    assert code("import sys; print(open(sys.argv[1]).read())", file=file) == b"bytes of a stranger\n"


@pytest.mark.parametrize("family", ["AF_INET", "AF_INET6", "AF_UNIX", "AF_NETLINK", "AF_PACKET"])
def test_no_socket_of_any_kind(family: str) -> None:
    assert says(f"socket.socket(socket.{family}, socket.SOCK_DGRAM)") == "PermissionError"


def test_no_pair_of_sockets_and_no_other_road_to_one() -> None:
    assert says("socket.socketpair()") == "PermissionError"
    assert (
        says("assert ctypes.CDLL(None).syscall(425, 8, ctypes.create_string_buffer(200)) < 0; raise OSError")
        == "OSError"
    )


@pytest.mark.parametrize("attempt", ["os.fork()", "os.forkpty()", "os.posix_spawn('/bin/true', ['true'], {})"])
def test_no_second_process(attempt: str) -> None:
    assert says(attempt) == "PermissionError"


def test_no_shell(tmp_path: Path) -> None:
    assert code("import os; print(os.system('true') == 0)") == b"False\n"


def test_threads_are_allowed() -> None:
    assert code("import threading; t = threading.Thread(target=print, args=('hej',)); t.start(); t.join()") == b"hej\n"


def test_no_file_is_written_anywhere(tmp_path: Path) -> None:
    for place in (tmp_path / "x", Path("/tmp/x"), Path("/dev/shm/x"), Path("/var/tmp/x")):
        assert says(f"open({str(place)!r}, 'wb').write(b'x')") == "PermissionError"
        assert not place.exists() or place.read_bytes() != b"x"
    assert says("os.memfd_create('x')") == "PermissionError"


def test_no_secret_is_read_and_nothing_of_others_is_changed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.key"
    secret.write_text("hemmeligt")
    for attempt in (
        f"open({str(secret)!r})",
        f"os.listdir({str(tmp_path)!r})",
        "open('/etc/passwd')",
        "open('/proc/1/environ')",
    ):
        assert says(attempt) == "PermissionError", attempt
    for attempt in (f"os.chmod({str(secret)!r}, 0o777)", f"os.utime({str(secret)!r})", f"os.unlink({str(secret)!r})"):
        assert says(attempt) == "PermissionError", attempt
    assert says(f"os.kill({os.getpid()}, 0)") == "PermissionError"
    assert secret.read_text() == "hemmeligt"


@pytest.mark.parametrize(
    "attempt",
    [
        "libc.syscall(NUMBERS['rt_sigqueueinfo'], PARENT, 0, bytes(128))",
        "libc.syscall(NUMBERS['rt_tgsigqueueinfo'], PARENT, PARENT, 0, bytes(128))",
        "libc.setpriority(0, PARENT, 19)",
        "libc.fcntl(1, 8, PARENT)",
        "libc.fcntl(1, 10, 9)",
        "libc.fcntl(1, 15, (ctypes.c_int * 2)(1, PARENT))",
        "libc.syscall(NUMBERS['syslog'], 10, 0, 0)",
    ],
)
def test_no_signal_reaches_another_by_a_side_road(attempt: str) -> None:
    """By the calls alone: newer kernels' Landlock keeps signals in as well, older ones do not."""
    folder = Path(syscalls.__file__).parent
    told = code_outside(
        f"import ctypes, os, platform, sys\nsys.path.insert(0, {str(folder)!r})\nimport jail, syscalls\n"
        "libc, PARENT = ctypes.CDLL(None, use_errno=True), os.getppid()\n"
        "NUMBERS = syscalls.REFUSED[platform.machine()]\n"
        "libc.prctl(38, 1, 0, 0, 0)\njail.close_calls()\n"
        f"said = {attempt}\nprint(said, ctypes.get_errno(), libc.fcntl(1, 3) >= 0)"
    )
    assert told == "-1 1 True"


def code_outside(text: str) -> str:
    return subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True).stdout.strip()


def test_it_inherits_neither_environment_nor_open_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("VAERN_SECRET_KEY", "hemmeligt")
    (tmp_path / "open").write_text("åbent")
    with (tmp_path / "open").open() as handle:
        os.set_inheritable(handle.fileno(), True)
        assert code("import os; print(sorted(os.environ))") == b"['LC_ALL', 'OMP_THREAD_LIMIT', 'PATH']\n"
        assert says(f"os.read({handle.fileno()}, 1)") == "OSError"


def test_memory_is_a_limit() -> None:
    assert code("try: x = bytearray(900 << 20)\nexcept MemoryError: print('no')", Bounds(memory=512 * MIB)) == b"no\n"


def test_time_is_a_limit_by_the_processor_and_by_the_clock() -> None:
    with pytest.raises(NotRun, match="slow"):
        code("while True: pass", Bounds(cpu=1, seconds=60))
    with pytest.raises(NotRun, match="slow"):
        code("import time; time.sleep(600)", Bounds(cpu=60, seconds=1))


def test_output_is_a_limit() -> None:
    with pytest.raises(NotRun, match="large"):
        code("import os\nwhile True: os.write(1, b'x' * 65536)", Bounds(output=MIB))


def test_one_that_closes_its_output_and_goes_on_is_ended() -> None:
    with pytest.raises(NotRun, match="slow"):
        code("import os, time; os.close(1); time.sleep(600)", Bounds(seconds=1))


def test_a_crash_a_kill_and_a_missing_program_are_told_apart() -> None:
    with pytest.raises(NotRun, match="broken"):
        code("import ctypes; ctypes.string_at(0)")
    with pytest.raises(NotRun, match="broken"):
        code("import sys; sys.exit(3)")
    with pytest.raises(NotRun, match="missing"):
        run(["no-such-program-anywhere"])


def test_one_killed_from_outside_does_no_harm() -> None:
    ended = threading.Thread(target=_kill_the_child_soon, args=[_children()])
    ended.start()
    with pytest.raises(NotRun, match="broken"):
        code("import time; time.sleep(60)")
    ended.join()
    assert code("print('next')") == b"next\n"


def _kill_the_child_soon(others: set[int]) -> None:
    """Never a server that another test has running."""
    while True:
        if children := _children() - others:
            os.kill(children.pop(), signal.SIGKILL)
            return
        time.sleep(0.05)


def _children() -> set[int]:
    return {int(one) for one in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()}


def test_without_a_lock_nothing_is_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine whose numbers are not known stands for any lock that does not close."""
    copy = tmp_path / "jail.py"
    copy.write_text(sandbox._JAIL.read_text().replace("platform.machine()", "'vax'"))
    (tmp_path / "syscalls.py").write_text(sandbox._JAIL.with_name("syscalls.py").read_text())
    monkeypatch.setattr(sandbox, "_JAIL", copy)
    with pytest.raises(NotRun, match="no_jail"):
        code("print('ran all the same')")
    sandbox.works.cache_clear()
    assert not sandbox.works()
    sandbox.works.cache_clear()


def test_every_machine_is_refused_the_same() -> None:
    """The older names exist on one of the two only; what a program could do harm with is refused on both."""
    older = {"fork", "vfork", "chmod", "chown", "lchown", "utime", "utimes", "futimesat", "mknod"}
    names = {machine: set(numbers) for machine, numbers in syscalls.REFUSED.items()}
    assert names["x86_64"] - older == names["aarch64"]
    for machine in names:
        assert len(syscalls.program(machine, 1)) % 8 == 0


def test_the_jail_itself_needs_only_the_standard_library() -> None:
    given = json.dumps({"memory": 512 * MIB, "cpu": 5, "files": [], "read": []})
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(sandbox._JAIL), given, "/bin/echo", "hej"], capture_output=True
    )
    assert done.stdout == b"hej\n"
