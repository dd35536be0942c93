"""`./run bench` measures something and says it beside a plain baseline."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bench.figures import Figure, interleaved, table
from tests.house.sources import ROOT


def test_the_bench_runs_and_prints_a_ratio() -> None:
    command = [sys.executable, "-m", "bench", "--quick", "planner"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    line = re.search(
        r"^planner, 1000 duties and 1000 acts +\| +([\d.]+) ms \| +[\d.]+ ms \| +[\d.]+$", done.stdout, re.M
    )
    assert line, done.stdout
    assert float(line[1]) > 0


def test_medians_and_their_ratio_are_shown() -> None:
    figure = Figure("pages", "ms", ours=(9.0, 30.0, 10.0), plain=(5.0, 4.0, 5.0))
    assert [part.strip() for part in table([figure]).splitlines()[-1].split("|")] == [
        "pages",
        "10.0 ms",
        "5.0 ms",
        "2.0",
    ]


def test_rounds_are_interleaved() -> None:
    seen: list[str] = []

    def at(name: str, value: float) -> float:
        seen.append(name)
        return value

    assert interleaved(2, lambda: at("ours", 2), lambda: at("plain", 1)) == ((2, 2), (1, 1))
    assert seen == ["ours", "plain", "ours", "plain"]


STOPPED = """
import sys, time
from pathlib import Path
from bench.server import Server, end_cleanly, free_port
end_cleanly()
port = free_port()
server = Server([sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1"], {}, port, Path(sys.argv[1]))
with server:
    print(server.process.pid, flush=True)
    time.sleep(60)
"""


def test_a_bench_that_is_stopped_leaves_no_server_running(tmp_path: Path) -> None:
    command = [sys.executable, "-c", STOPPED, str(tmp_path / "log")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as bench:
        assert bench.stdout is not None
        server = int(bench.stdout.readline())
        os.kill(server, 0)
        bench.send_signal(signal.SIGTERM)
        assert bench.wait(timeout=30) == 128 + signal.SIGTERM
    with pytest.raises(ProcessLookupError):
        os.kill(server, 0)
