"""A light look at a public address: still there, changed, gone, behind a login, or not to be known."""

from __future__ import annotations

import gzip
import socket
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from threading import Event, Thread

import pytest
from pytest_django import Settings

from tests.capture.outside import HTML, PUBLIC, WORDS, Outside, outside, page, to
from vaern.capture import glance, service
from vaern.capture.facts import Look, Seen
from vaern.capture.glance import words_in
from vaern.capture.world import World
from vaern.core.refusal import Refused

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def net() -> Iterator[Outside]:
    with outside() as world:
        yield world


@pytest.fixture(autouse=True)
def _on(settings: Settings) -> None:
    settings.CAPTURE = True


def look(net: Outside, path: str, seen: Seen | None = None) -> Look:
    address = path if "://" in path else f"https://side.eksempel.dk{path}"
    return service.look(address, seen=seen, now=NOW, world=net.world())


STANDINGS = {
    "/": ("up", "", 200),
    "/moved-twice": ("up", "", 200),
    "/elsewhere": ("up", "", 200),
    "/gone": ("gone", "gone", 410),
    "/missing": ("gone", "gone", 404),
    "/members": ("login_wall", "login_wall", 200),
    "/group": ("login_wall", "login_wall", 200),
    "/open-with-login": ("up", "", 200),
    "/closed": ("unknown", "denied", 403),
    "/broken": ("unknown", "bad_status", 500),
    "/captcha": ("unknown", "captcha", 200),
    "/liar": ("unknown", "unreachable", 0),
    "/round": ("unknown", "bad_status", 0),
    "/to-file": ("unknown", "inside", 302),
    "/to-inside": ("unknown", "inside", 302),
    "https://inde.eksempel.dk/": ("unknown", "inside", 0),
    "https://findes-ikke.dk/": ("unknown", "unreachable", 0),
}


@pytest.mark.parametrize("path", STANDINGS)
def test_what_is_said_of_each(net: Outside, path: str) -> None:
    net.names["inde.eksempel.dk"] = [["10.0.0.5"]]
    net.pages.update(
        {"/round": to("/round"), "/to-file": to("file:///etc/passwd"), "/to-inside": to("http://10.0.0.5/")}
    )
    found = look(net, path)
    assert (found.standing, found.reason, found.status) == STANDINGS[path]
    assert found.ip == (PUBLIC if found.status and path not in {"/to-file", "/to-inside"} else "")


def test_other_words_are_a_change_and_other_numbers_are_none(net: Outside) -> None:
    net.pages["/post"] = page(f"<p>{WORDS}</p><p>3 synes godt om, 5 min.</p>")
    first = look(net, "/post")
    assert first.seen
    net.pages["/post"] = page(f"<p>{WORDS}</p><p>14 synes godt om, 7 min.</p><script>noget(andet)</script>")
    assert look(net, "/post", first.seen).standing == "up"
    net.pages["/post"] = page("<p>Indholdet er ikke længere tilgængeligt</p>")
    assert look(net, "/post", first.seen).standing == "changed"


def test_what_was_packed_all_the_same_is_unpacked_to_a_limit(net: Outside) -> None:
    plain = page(f"<p>{WORDS}</p>")
    net.pages["/plain"] = plain
    net.pages["/packed"] = (200, {**HTML, "Content-Encoding": "gzip"}, gzip.compress(plain[2]))
    assert look(net, "/packed").seen == look(net, "/plain").seen
    net.pages["/bomb"] = (200, {**HTML, "Content-Encoding": "gzip"}, gzip.compress(b"<p>" + b"a" * 200_000_000, 1))
    assert look(net, "/bomb").standing == "up"


def test_an_address_that_is_no_public_page_is_refused(net: Outside) -> None:
    for address in ("file:///etc/passwd", "http://10.0.0.5/", "https://localhost/"):
        with pytest.raises(Refused):
            look(net, address)


def test_off_is_off(net: Outside, settings: Settings) -> None:
    settings.CAPTURE = False
    net.asked.clear()
    assert look(net, "/").reason == "off"
    assert net.asked == []


def test_the_words_a_reader_sees() -> None:
    title, words, passwords = words_in(
        "<title>Et &amp; andet</title><script>var a = '<p>nej'</script>"
        "<p>Ja <b>tak</b><input type=password></p></style>x"
    )
    assert (title, words, passwords) == ("Et & andet", "Ja tak x", 1)


def test_a_server_that_says_a_letter_now_and_then_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each letter began the wait anew: a look that may take 20 seconds never ended."""
    monkeypatch.setattr(glance, "_SECONDS", 0.5)
    ours, theirs = socket.socketpair()
    gone = Event()

    def drip() -> None:
        with theirs, suppress(OSError):
            theirs.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            while not gone.wait(0.05):
                theirs.sendall(b"a")

    thread = Thread(target=drip)
    thread.start()
    world = World(lookup=lambda host: ["8.8.8.8"], dial=lambda number, port, seconds: ours)
    found = glance.glance("http://side.eksempel.dk/", seen=None, at=NOW, world=world)
    gone.set()
    thread.join()
    assert (found.standing, found.reason) == ("unknown", "unreachable")
