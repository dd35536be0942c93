"""The gate: whatever comes through it, only public web servers are asked, and each is recorded as it answered.

No browser here: a plain client asks what a hostile page would make a browser ask. `outside.py` fails the test when any
other number than the public one is dialled.
"""

from __future__ import annotations

import socket
import ssl
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from io import BytesIO
from ipaddress import ip_network
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import httpx
import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.capture.outside import PUBLIC, Outside, outside
from vaern.capture.certificates import Certificates
from vaern.capture.facts import Exchange, Limits
from vaern.capture.gate import Budget, Gate
from vaern.capture.recording import Recorder
from vaern.capture.world import World, ask_name_service

SIDE = "https://side.eksempel.dk"
PAGE_HEADERS = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}


class Through:
    """A client whose only way is the gate, and what the gate wrote."""

    def __init__(self, gate: Gate, recorder: Recorder) -> None:
        self.gate, self.recorder = gate, recorder
        trusting = ssl.create_default_context()
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        port = gate.socket.getsockname()[1]
        self.client = httpx.Client(proxy=f"http://127.0.0.1:{port}", verify=trusting, headers=PAGE_HEADERS, timeout=10)

    def get(self, url: str) -> int:
        """The status the client got; 0 when the gate closed the way."""
        if url.startswith("http:"):
            # As it stands: a client with manners would put some of these right first.
            plain = HTTPConnection("127.0.0.1", self.gate.socket.getsockname()[1], timeout=10)
            plain.request("GET", url, headers={"Host": "side.eksempel.dk"})
            return plain.getresponse().status
        try:
            return self.client.get(url).status_code
        except httpx.HTTPError:
            return 0

    def last(self) -> Exchange:
        assert self.gate.settle(10)
        return self.recorder.exchanges[-1]

    def records(self) -> list[tuple[str, str, bytes]]:
        assert self.gate.settle(10)
        self.recorder.file.seek(0)
        found = ArchiveIterator(self.recorder.file)
        return [(one.rec_type, one.rec_headers["WARC-Target-URI"], one.raw_stream.read()) for one in found]


@contextmanager
def through(world: World, limits: Limits | None = None) -> Iterator[Through]:
    with tempfile.TemporaryDirectory() as folder:
        recorder = Recorder(BytesIO())
        limits = limits or Limits()
        budget = Budget(limits, time.monotonic() + limits.seconds)
        gate = Gate(socket.create_server(("127.0.0.1", 0)), world, recorder, budget, Certificates(Path(folder)))
        Thread(target=gate.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        try:
            yield Through(gate, recorder)
        finally:
            gate.shutdown()
            gate.server_close()


@pytest.fixture(scope="module")
def net() -> Iterator[Outside]:
    with outside() as world:
        yield world


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_page_comes_through_byte_for_byte_and_is_recorded(net: Outside, scheme: str) -> None:
    with through(net.world()) as way:
        answer = way.client.get(f"{scheme}://side.eksempel.dk/picture.png")
        assert answer.content.startswith(b"\x89PNG")
        assert way.last().ip == PUBLIC
        assert (way.last().certificate != "") == (scheme == "https")
        kinds = [(kind, url) for kind, url, _ in way.records()]
        assert kinds == [(kind, f"{scheme}://side.eksempel.dk/picture.png") for kind in ("response", "request")]
        assert way.records()[0][2].endswith(answer.content)


# Where a page can try to send the browser -> what the lookup says of the name, one answer after the other.
ATTACKS: dict[str, list[list[str]]] = {
    "http://127.0.0.1/": [],
    "http://10.0.0.5/": [],
    "https://10.0.0.5/": [],
    "http://192.168.1.1/": [],
    "http://169.254.169.254/latest/meta-data/": [],
    "http://100.64.0.1/": [],
    "http://2130706433/": [],
    "http://0x7f000001/": [],
    "http://0177.0.0.1/": [],
    "http://127.1/": [],
    "http://[::1]/": [],
    "https://[::1]/": [],
    "http://[::ffff:127.0.0.1]/": [],
    "http://[fd00::1]/": [],
    "http://localhost/": [["127.0.0.1"]],
    "http://intranet/": [["10.0.0.5"]],
    "http://side.eksempel.dk:8080/": [],
    "http://side.eksempel.dk:443/": [],
    "https://side.eksempel.dk:22/": [],
    "https://side.eksempel.dk:80/": [],
    "http://inside.eksempel.dk/": [["10.0.0.5"]],
    "https://inside.eksempel.dk/": [["10.0.0.5"]],
    "https://metadata.eksempel.dk/": [["169.254.169.254"]],
    "https://azure.eksempel.dk/": [["168.63.129.16"]],
    "https://mixed.eksempel.dk/": [[PUBLIC, "10.0.0.5"]],
    "https://six.eksempel.dk/": [["::1"]],
    "https://mapped.eksempel.dk/": [["::ffff:10.0.0.5"]],
    "https://nat64.eksempel.dk/": [["64:ff9b::a00:5"]],
    "https://sixtofour.eksempel.dk/": [["2002:a00:5::"]],
    "https://scoped.eksempel.dk/": [["fe80::1%eth0"]],
    "https://nothing.eksempel.dk/": [[]],
    "https://house.eksempel.dk/": [["192.0.66.2"]],
}


@pytest.mark.parametrize("url", ATTACKS)
def test_no_attack_reaches_the_inside(net: Outside, url: str) -> None:
    host = urlsplit(url).hostname or ""
    if ATTACKS[url]:
        net.names[host] = [list(one) for one in ATTACKS[url]]
    net.dialled.clear()
    with through(net.world(closed=(ip_network("192.0.66.0/24"),))) as way:
        assert way.get(url) in {0, 403}
        assert way.last().refused == "inside"
        assert net.dialled == []
        assert way.records() == []


def test_a_name_that_changes_its_answer_is_dialled_at_the_number_that_was_judged(net: Outside) -> None:
    """Rebinding: the first answer is public, every later one leads inside. Nobody asks a second time for one dial."""
    net.names["flytter.eksempel.dk"] = [[PUBLIC], ["127.0.0.1"]]
    net.dialled.clear()
    net.looked_up.clear()
    with through(net.world()) as way:
        assert way.get("https://flytter.eksempel.dk/") == 200
        assert net.dialled == [(PUBLIC, 443)]
        assert net.looked_up == ["flytter.eksempel.dk"]
        way.gate.pool.close()
        assert way.get("https://flytter.eksempel.dk/") in {0, 403}
        assert net.dialled == [(PUBLIC, 443)], "the second answer was judged, too, and not dialled"


def test_the_real_lookup_finds_the_inside_and_it_is_refused(net: Outside) -> None:
    assert set(ask_name_service("localhost")) <= {"127.0.0.1", "::1"}
    with through(World()) as way:
        assert way.get("http://localhost/") == 403


def test_a_redirect_is_a_new_question(net: Outside) -> None:
    net.pages["/ud"] = (302, {"Location": "http://169.254.169.254/"}, b"")
    with through(net.world()) as way:
        assert way.get(f"{SIDE}/ud") == 302
        assert way.last().location == "http://169.254.169.254/"
        assert way.get("http://169.254.169.254/") == 403


def test_a_certificate_that_does_not_hold_is_no_answer(net: Outside) -> None:
    with through(World(lookup=net._lookup, dial=net._dial)) as way:
        assert way.get(f"{SIDE}/") == 502
        assert way.last().problem == "certificate"


@pytest.mark.parametrize(
    ("path", "limits", "truncated"),
    [
        ("/huge", Limits(bytes_one=3_000_000), "length"),
        ("/huge", Limits(bytes_all=3_000_000), "length"),
        ("/endless", Limits(answer_seconds=1), "time"),
        ("/endless", Limits(seconds=1), "time"),
    ],
)
def test_what_never_ends_is_cut_and_says_so(net: Outside, path: str, limits: Limits, truncated: str) -> None:
    with through(net.world(), limits) as way:
        way.get(f"{SIDE}{path}")
        assert way.last().truncated == truncated
        assert way.gate.budget.hit
        assert way.last().size <= 4_000_000
        way.recorder.file.seek(0)
        first = next(iter(ArchiveIterator(way.recorder.file)))
        assert first.rec_headers["WARC-Truncated"] == truncated


def test_there_is_an_end_to_the_number_of_answers(net: Outside) -> None:
    with through(net.world(), Limits(answers=3)) as way:
        assert [way.get(f"{SIDE}/sent?{n}") for n in range(5)] == [200, 200, 200, 413, 413]


def test_a_lying_answer_is_none(net: Outside) -> None:
    with through(net.world()) as way:
        assert way.get(f"{SIDE}/liar") == 502
        assert way.get(f"{SIDE}/chunked") == 200
        assert way.records()[-2][2].endswith(b"<p>stykker</p>")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
def test_a_page_may_ask_but_not_change(net: Outside, method: str) -> None:
    net.asked.clear()
    with through(net.world()) as way:
        assert way.client.request(method, f"{SIDE}/").status_code == 501
        assert net.asked == []


def test_too_much_is_not_sent_and_no_other_protocol_is_spoken(net: Outside) -> None:
    net.asked.clear()
    with through(net.world()) as way:
        with suppress(httpx.HTTPError):
            assert way.client.post(f"{SIDE}/sent", content=b"x" * 2_000_000).status_code == 413
        assert way.client.get(f"{SIDE}/", headers={"Upgrade": "websocket"}).status_code == 413
        assert net.asked == []


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "no-cors"}, {"Sec-Fetch-Site": "", "Sec-Fetch-Mode": ""}]
)
def test_what_the_browser_asks_its_maker_is_not_passed_on(net: Outside, headers: dict[str, str]) -> None:
    net.asked.clear()
    with through(net.world()) as way:
        assert way.client.get(f"{SIDE}/", headers=headers).status_code == 403
        assert net.asked == []
        assert way.recorder.exchanges == []


def test_several_lines_to_one_host_at_once_each_get_a_certificate(tmp_path: Path) -> None:
    """They shared a file, and one took it away while another read it: a picture of the page was then missing."""
    keys = Certificates(tmp_path)
    with ThreadPoolExecutor(16) as threads:
        for round_ in range(5):
            list(threads.map(keys.context_for, [f"side{round_}.eksempel.dk"] * 16))
    assert list(tmp_path.iterdir()) == []
