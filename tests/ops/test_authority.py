"""The demo's invented authority: a real process that stamps, and is gone when its parent is."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from tests.stamps_kit import ROOT
from vaern.stamps import client
from vaern.stamps.facts import Authority

CODE = """
import subprocess, sys, time
from pathlib import Path
place = Path(sys.argv[1])
child = subprocess.Popen([sys.executable, "-m", "vaern.ops.authority", str(place)])
while not (place / "address").is_file() or not (place / "address").read_text():
    time.sleep(0.05)
print(child.pid, flush=True)
sys.stdin.read()
"""


def test_it_stamps_and_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    command = [sys.executable, "-c", CODE, str(tmp_path)]
    environment = {"PYTHONPATH": f"{ROOT}/src"}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        address, root = (tmp_path / "address").read_text().strip(), (tmp_path / "root.pem").read_text()
        assert client.ask(Authority("opdigtet", address, root), "ab" * 32).gen_time
        parent.kill()
    assert any(_gone(child) for _ in range(300))


def _gone(process: int) -> bool:
    """Whether it has ended; a tenth of a second goes by when it has not."""
    try:
        ended = Path(f"/proc/{process}/stat").read_text().split()[2] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True
    time.sleep(0 if ended else 0.1)
    return ended
