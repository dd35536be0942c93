"""The real browser in its closed room, against a real server: what a page may do, and what it may not.

`outside.py` fails a test when anything but its public number is dialled; here nothing else leads out of the room.
"""

from __future__ import annotations

import json
import os
import socket
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from warcio.archiveiterator import ArchiveIterator

from tests.capture.outside import WORDS, Outside, outside, page, reach_for
from tests.evidence.files import upload
from vaern.capture.facts import Limits, Verdict
from vaern.capture.visit import Visit, visit
from vaern.evidence.facts import Limits as FileLimits
from vaern.evidence.kinds import judge

SIDE = "https://side.eksempel.dk"
QUICK = Limits(seconds=40, load_seconds=8, answer_seconds=6)
INSIDE = (
    "http://127.0.0.1/", "http://10.0.0.5/", "http://169.254.169.254/latest/meta-data/", "http://[::1]/",
    "http://2130706433/", "https://inde.eksempel.dk/", "http://localhost/", "https://side.eksempel.dk:8443/",
    "file:///etc/passwd", "chrome://version", "ftp://side.eksempel.dk/",
)  # fmt: skip


@pytest.fixture(scope="module")
def net() -> Iterator[Outside]:
    with outside() as world:
        world.names["inde.eksempel.dk"] = [["10.0.0.5"]]
        yield world


@contextmanager
def seen(net: Outside, path: str, limits: Limits = QUICK, hide: tuple[Path, ...] = ()) -> Iterator[Visit]:
    net.asked.clear()
    with visit(f"{SIDE}{path}", world=net.world(), limits=limits, hide=hide) as found:
        yield found


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where rooms of this test are made, so that their processes can be told from others'. Short: Chromium puts a
    socket there. Open, as /tmp is: root's rooms belong to nobody."""
    with tempfile.TemporaryDirectory(prefix="v", dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        monkeypatch.setattr(tempfile, "tempdir", folder)
        yield Path(folder)


def processes_of(place: Path) -> list[str]:
    """Command lines of what runs in a folder of ours: the room is gone when nobody is."""
    found = []
    for about in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = about.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:
            continue
        if str(place) in line:
            found.append(line)
    return found


def test_a_long_page_with_frames_and_redirects_is_captured_whole(net: Outside) -> None:
    frame = "<iframe src='//andet.eksempel.dk/'></iframe>"
    tall = "".join(f"<p style='height:300px'>Afsnit {n}</p>" for n in range(20))
    late = "<img loading=lazy src=/picture.png?late><script>fetch('/sent', {method: 'POST', body: 'x'})</script>"
    net.pages["/tall"] = page(f"<h1>{WORDS}</h1>{frame}{tall}{late}", "Højt")
    net.pages["/start"] = (301, {"Location": "/moved-on"}, b"")
    net.pages["/moved-on"] = (302, {"Location": "https://andet.eksempel.dk/tall"}, b"")
    with seen(net, "/start") as found:
        assert found.verdict == Verdict("done")
        assert (found.page.url, found.page.title) == ("https://andet.eksempel.dk/tall", "Højt")
        with Image.open(BytesIO(found.picture)) as picture:
            assert (picture.format, picture.width) == ("PNG", 1280)
            assert picture.height == found.page.height > 6000
        snapshot = judge(upload("side.mhtml", found.snapshot), FileLimits(10**8, 10**9, 1))
        assert snapshot.kind.id == "mhtml"  # type: ignore[union-attr]
        assert b"Snapshot-Content-Location: https://andet.eksempel.dk/tall" in found.snapshot
        found.warc.seek(0)
        kept = {
            one.rec_headers["WARC-Target-URI"]: one.http_headers.get_statuscode()
            for one in ArchiveIterator(found.warc)
            if one.rec_type == "response"
        }
        assert kept | {"https://andet.eksempel.dk/favicon.ico": "404"} == {
            f"{SIDE}/start": "301",
            f"{SIDE}/moved-on": "302",
            "https://andet.eksempel.dk/tall": "200",
            "https://andet.eksempel.dk/": "200",
            "https://andet.eksempel.dk/picture.png": "200",
            "https://andet.eksempel.dk/picture.png?late": "200",
            "https://andet.eksempel.dk/sent": "200",
            "https://andet.eksempel.dk/favicon.ico": "404",
        }


def test_no_page_gets_the_browser_inside_by_anything_it_holds(net: Outside) -> None:
    """All of it on one page: pictures, frames, questions by script, sockets, windows, workers, beacons."""
    parts = [
        f"<img src='{one}'><iframe src='{one}'></iframe><link rel=preload as=fetch href='{one}'>" for one in INSIDE
    ]
    asks = "".join(
        f"fetch('{one}', {{mode: 'no-cors'}}).catch(() => 0); navigator.sendBeacon('{one}'); window.open('{one}');"
        for one in INSIDE
    )
    more = (
        "try { new WebSocket('ws://10.0.0.5/'); new EventSource('http://10.0.0.5/') } catch {}"
        "const pc = new RTCPeerConnection({iceServers: [{urls: 'stun:10.0.0.5:3478'}, {urls: 'turn:10.0.0.5:80',"
        " username: 'a', credential: 'b'}]}); pc.createDataChannel('x'); pc.createOffer().then(o =>"
        " pc.setLocalDescription(o));"
        "navigator.serviceWorker.register('/sw.js').catch(() => 0);"
        "new Worker(URL.createObjectURL(new Blob([\"fetch('http://10.0.0.5/')\"])));"
    )
    net.pages["/all"] = page(f"<p>{WORDS}</p>{''.join(parts)}<script>{asks}{more}</script>")
    with seen(net, "/all") as found:
        assert found.verdict.state == "done"
        assert "blocked" in found.verdict.remarks
        assert {host for host, *_ in net.asked} <= {"side.eksempel.dk"}
        assert {path for *_, path in net.asked} <= {"/all", "/favicon.ico", "/sw.js"}
        assert b"root:" not in found.snapshot
        refused = {one.url.split("//")[-1].split("/")[0].split(":443")[0] for one in found.exchanges if one.refused}
        assert {"10.0.0.5", "169.254.169.254", "inde.eksempel.dk"} <= refused


@pytest.mark.parametrize("way", ["/as-redirect", "/as-meta", "/as-script"])
@pytest.mark.parametrize("place", ["http://169.254.169.254/latest/", "file:///etc/passwd"])
def test_no_page_sends_the_browser_inside(net: Outside, way: str, place: str) -> None:
    net.pages.update(reach_for(place))
    with seen(net, way) as found:
        # Sent to a number inside there is nothing to show; from a file the browser stays where it is.
        stays = place.startswith("file:") and way != "/as-redirect"
        assert (found.verdict.state == "done") == stays
        assert b"root:" not in found.snapshot
        assert {host for host, *_ in net.asked} <= {"side.eksempel.dk"}


ENDS: dict[str, Verdict] = {
    "/members": Verdict("failed", "login_wall"),
    "/captcha": Verdict("failed", "captcha"),
    "/gone": Verdict("failed", "gone"),
    "/file": Verdict("failed", "not_page"),
    "/alerts": Verdict("done"),
    "/windows": Verdict("done"),
    "/worker": Verdict("done"),
    "/endless": Verdict("done", "", ("not_finished", "too_large")),
}


@pytest.mark.parametrize("path", ENDS)
def test_what_is_said_of_each_page(net: Outside, path: str) -> None:
    limits = replace(QUICK, load_seconds=3) if path == "/endless" else QUICK
    with seen(net, path, limits) as found:
        assert found.verdict.state == ENDS[path].state
        assert found.verdict.reason == ENDS[path].reason
        assert set(found.verdict.remarks) >= set(ENDS[path].remarks) - {"not_finished"}
        if path in {"/windows", "/worker"}:
            assert {asked for *_, asked in net.asked} <= {path, "/favicon.ico", "/sw.js"}


@pytest.mark.parametrize("path", ["/alerts-for-ever", "/busy"])
def test_a_page_that_never_gives_way_is_ended_and_its_room_emptied(net: Outside, place: Path, path: str) -> None:
    with seen(net, path, Limits(seconds=6, load_seconds=2)) as found:
        assert found.verdict == Verdict("failed", "time")
    assert processes_of(place) == []


def test_a_page_that_eats_memory_hurts_only_itself(net: Outside, place: Path) -> None:
    with seen(net, "/memory", Limits(seconds=30, load_seconds=4)) as found:
        assert found.verdict.state in {"done", "failed"}
    assert processes_of(place) == []


LOOK_AROUND = """
import json, os, socket, sys
sys.path[:0] = {path!r}
from vaern.capture import cell
def look(order, port, say):
    def dial(*to):
        try:
            socket.create_connection(to, timeout=2).close()
            return "reached"
        except OSError as error:
            return type(error).__name__
    say({{
        "hidden": os.listdir({hidden!r}), "run": os.listdir("/run"), "processes": [p for p in os.listdir("/proc") if
        p.isdecimal()], "uid": os.getuid(), "outside": dial("127.0.0.1", {port}), "gate": dial("127.0.0.1", port),
        "devices": [n for _, n in socket.if_nameindex()],
        "environment": sorted(os.environ),
    }})
cell.browse = look
cell.main()
"""


def test_the_room_has_no_network_no_neighbours_and_none_of_our_files(net: Outside, tmp_path: Path) -> None:
    """Asked from inside, by a program in the browser's place."""
    (tmp_path / "hidden").mkdir()
    (tmp_path / "hidden" / "secret.key").write_text("hemmeligt")
    (tmp_path / "work").mkdir()
    ours, theirs = socket.socketpair()
    program = LOOK_AROUND.format(path=sys.path, hidden=str(tmp_path / "hidden"), port=net.http)
    order = {"hide": [str(tmp_path / "hidden"), "/run"], "work": str(tmp_path / "work"), "scratch": 10**7,
             "memory": 4 * 1024**3}  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(theirs.fileno())], stdin=subprocess.PIPE, pass_fds=[theirs.fileno()],
        env={"PATH": os.defpath},
    )  # fmt: skip
    theirs.close()
    assert process.stdin
    process.stdin.write(json.dumps(order).encode() + b"\n")
    process.stdin.flush()
    _, handed, _, _ = socket.recv_fds(ours, 4, 1)
    assert len(handed) == 1
    (length,) = struct.unpack(">I", ours.recv(4, socket.MSG_WAITALL))
    found = json.loads(ours.recv(length, socket.MSG_WAITALL))
    process.stdin.close()
    process.wait(10)
    os.close(handed[0])
    ours.close()
    assert (found["hidden"], found["run"]) == ([], [])
    assert found["processes"] == ["1"]
    assert found["devices"] == ["lo"]
    assert found["outside"] == "ConnectionRefusedError", "the same port outside is another machine's, from in here"
    assert found["uid"] == 1000
    assert [name for name in found["environment"] if name.startswith("VAERN")] == []


def test_when_whoever_ordered_it_is_killed_the_room_is_emptied(net: Outside, place: Path) -> None:
    """`kill -9` of the worker in the middle of a visit: nothing of the browser is left behind."""
    program = f"""
import sys
sys.path[:0] = {sys.path!r}
from pathlib import Path
from vaern.capture import visit as room
from vaern.capture.facts import Limits
from vaern.capture.world import World
import socket
def dial(number, port, seconds):
    return socket.create_connection(("127.0.0.1", {net.http}), timeout=seconds)
world = World(lookup=lambda host: ["203.0.114.7"], dial=dial)
with room.visit("http://side.eksempel.dk/busy", world=world, limits=Limits(), hide=[]):
    print("over")
"""
    net.asked.clear()
    process = subprocess.Popen([sys.executable, "-c", program], env={**os.environ, "TMPDIR": str(place)})
    until = time.monotonic() + 60
    while not net.asked and time.monotonic() < until:
        time.sleep(0.1)
    assert processes_of(place), "the browser runs"
    process.kill()
    process.wait()
    while processes_of(place) and time.monotonic() < until:
        time.sleep(0.1)
    assert processes_of(place) == []
