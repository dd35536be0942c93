"""The rules of capturing: which addresses, which numbers, what is a wall, and what a visit was worth."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaern.capture.facts import Exchange, Page, Verdict
from vaern.capture.rules import (
    REASONS,
    REMARKS,
    check_address,
    check_asking,
    is_login,
    is_public,
    judge,
    redirects,
    split_address,
    wall_of,
)
from vaern.core.refusal import Refusal

ASKED = "https://side.eksempel.dk/opslag"
AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
WORDS = Page(url=ASKED, title="Et opslag", text="Ord", text_length=4000, loaded=True)

TAKEN = {
    "https://www.facebook.com/groups/123/posts/456/?comment_id=7": "",
    "http://eksempel.dk": "http://eksempel.dk/",
    "HTTPS://Eksempel.DK/Sti?A=b#c": "https://eksempel.dk/Sti?A=b#c",
    "eksempel.dk/opslag": "https://eksempel.dk/opslag",
    "eksempel.dk:443/opslag": "https://eksempel.dk/opslag",
    "https://eksempel.dk:443/": "https://eksempel.dk/",
    "https://rødgrød.dk/æ": "https://xn--rdgrd-vuad.dk/æ",
    "https://eksempel.dk./": "https://eksempel.dk/",
    " https://eksempel.dk/ ": "https://eksempel.dk/",
    "https://8.8.8.8/": "https://8.8.8.8/",
    "https://[2606:4700:4700::1111]/": "https://[2606:4700:4700::1111]/",
}
REFUSED = {
    "": "empty",
    "   ": "empty",
    "x" * 3000: "too_long",
    "https://eksempel.dk/" + "x" * 2000: "too_long",
    # other schemes
    "file:///etc/passwd": "scheme",
    "ftp://eksempel.dk/": "scheme",
    "data:text/html,<p>hej": "scheme",
    "javascript:alert(1)": "scheme",
    "chrome://version": "scheme",
    "view-source:https://eksempel.dk/": "scheme",
    "blob:https://eksempel.dk/1": "scheme",
    "gopher://eksempel.dk/": "scheme",
    "ws://eksempel.dk/": "scheme",
    "mailto:anna@eksempel.dk": "scheme",
    # ports, logins, spellings
    "https://eksempel.dk:22/": "port",
    "http://eksempel.dk:443/": "port",
    "https://eksempel.dk:80/": "port",
    "http://eksempel.dk:8080/": "port",
    "https://eksempel.dk:99999/": "unreadable",
    "https://anna:kode@eksempel.dk/": "login_in_address",
    "https://eksempel.dk@10.0.0.1/": "login_in_address",
    "https://eksempel.dk\\@10.0.0.1/": "unreadable",
    "https://eksempel.dk/a b": "unreadable",
    "https://eksempel.dk/\nHost: x": "unreadable",
    "https://eksempel.dk/\x00": "unreadable",
    "https://": "unreadable",
    "https:///sti": "unreadable",
    "https://eks..empel.dk/": "unreadable",
    "https://-.dk/": "unreadable",
    "https://eks%65mpel.dk/": "unreadable",
    "https://[::1/": "unreadable",
    # names of the inside
    "http://localhost/": "inside",
    "http://intranet/": "inside",
    "http://intranet./": "inside",
    "http://printer.local/": "inside",
    "http://db.internal/": "inside",
    "http://x.localhost/": "inside",
    "http://nas.home.arpa/": "inside",
    "http://metadata.google.internal/": "inside",
    # numbers of the inside, in every spelling
    "http://127.0.0.1/": "inside",
    "http://10.0.0.1/": "inside",
    "http://172.16.0.1/": "inside",
    "http://192.168.1.1/": "inside",
    "http://169.254.169.254/latest/meta-data/": "inside",
    "http://100.64.0.1/": "inside",
    "http://0.0.0.0/": "inside",
    "http://2130706433/": "inside",
    "http://0x7f000001/": "inside",
    "http://0x7f.0.0.1/": "inside",
    "http://017700000001/": "inside",
    "http://127.1/": "inside",
    "http://127.0.0.0x1/": "inside",
    "http://0177.0.0.1/": "inside",
    "http://[::1]/": "inside",
    "http://[::]/": "inside",
    "http://[::ffff:127.0.0.1]/": "inside",
    "http://[::ffff:7f00:1]/": "inside",
    "http://[64:ff9b::7f00:1]/": "inside",
    "http://[2002:7f00:1::]/": "inside",
    "http://[fd00::1]/": "inside",
    "http://[fe80::1]/": "inside",
    "http://１２７.0.0.1/": "inside",
    "http://①②⑦.0.0.1/": "inside",
    # ourselves
    "https://vaern.kommune.dk/case/1": "own",
}


@pytest.mark.parametrize("typed", TAKEN)
def test_an_address_of_the_open_net_is_taken(typed: str) -> None:
    assert check_address(typed, ("vaern.kommune.dk",)) == (TAKEN[typed] or typed)


@pytest.mark.parametrize("typed", REFUSED)
def test_anything_else_is_refused_with_its_reason(typed: str) -> None:
    found = check_address(typed, ("vaern.kommune.dk",))
    assert isinstance(found, Refusal)
    assert (found.code, found.field) == (REFUSED[typed], "address")


@given(st.text(max_size=80) | st.from_regex(r"https?://[^ ]{1,40}", fullmatch=True))
def test_whatever_is_typed_is_taken_or_refused_and_taking_twice_changes_nothing(typed: str) -> None:
    found = check_address(typed)
    if not isinstance(found, Refusal):
        assert found.startswith(("https://", "http://"))
        assert check_address(found) == found
        assert not isinstance(split_address(found), Refusal)


PUBLIC = ["8.8.8.8", "1.1.1.1", "203.0.114.7", "2606:4700:4700::1111", "2a00:1450:400f::1", "64:ff9b::808:808"]
CLOSED = [
    "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "168.63.129.16",
    "172.31.255.255", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.0.1", "198.18.0.1", "198.51.100.1",
    "203.0.113.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1", "::8.8.8.8",
    "::ffff:8.8.8.8", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::a00:1", "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::808:808", "100::1",
    "2001::1", "2001:db8::1", "2002:808:808::1", "2002:a00:1::", "fc00::1", "fd12:3456::1", "fe80::1", "fe80::1%eth0",
    "fec0::1", "ff02::1", "", "eksempel.dk", "1.2.3", "0x7f.1",
]  # fmt: skip


@pytest.mark.parametrize("number", PUBLIC)
def test_a_public_number_may_be_reached(number: str) -> None:
    assert is_public(number)


@pytest.mark.parametrize("number", CLOSED)
def test_every_other_number_may_not(number: str) -> None:
    assert not is_public(number)


def test_the_houses_own_networks_count_as_inside() -> None:
    closed = (ip_network("8.8.8.0/24"), ip_network("2606:4700::/32"))
    assert not is_public("8.8.8.8", closed)
    assert not is_public("::ffff:8.8.8.8", closed)
    assert not is_public("2606:4700:4700::1111", closed)
    assert is_public("1.1.1.1", closed)


@given(st.ip_addresses(v=4))
def test_an_ipv4_number_inside_an_ipv6_one_is_never_more_open_than_itself(number: IPv4Address) -> None:
    assert is_public(str(IPv6Address((0x64FF9B << 96) | int(number)))) == is_public(str(number))
    assert not is_public(f"::ffff:{number}")
    assert not is_public(str(IPv6Address((0x2002 << 112) | (int(number) << 80))))


@given(st.ip_addresses())
def test_what_the_library_calls_private_is_never_open(number: IPv4Address | IPv6Address) -> None:
    assert not (is_public(str(number)) and (ip_address(number).is_private or ip_address(number).is_loopback))


@pytest.mark.parametrize(
    ("on", "case_open", "waiting", "today", "code"),
    [
        (True, True, 0, 0, ""), (True, True, 2, 29, ""), (False, True, 0, 0, "off"), (True, False, 0, 0, "case_closed"),
        (True, True, 3, 3, "too_many_waiting"), (True, True, 0, 30, "too_many_today"),
    ],
)  # fmt: skip
def test_a_case_asks_for_a_few_pages(on: bool, case_open: bool, waiting: int, today: int, code: str) -> None:
    found = check_asking(on=on, case_open=case_open, waiting=waiting, today=today)
    assert (found.code if found else "") == code


@pytest.mark.parametrize(
    "url",
    [
        "https://www.facebook.com/login/?next=x", "https://www.facebook.com/checkpoint/1",
        "https://www.instagram.com/accounts/login/?next=x", "https://x.com/i/flow/login",
        "https://www.linkedin.com/authwall?x", "https://www.linkedin.com/uas/login", "https://accounts.google.com/x",
        "https://login.microsoftonline.com/a", "https://nemlog-in.mitid.dk/", "https://side.dk/log-ind",
        "https://www.tiktok.com/login", "https://side.dk/signin.php", "https://side.dk/logind",
    ],
)  # fmt: skip
def test_known_logins(url: str) -> None:
    assert is_login(url) == ("log-ind" not in url)


@pytest.mark.parametrize(
    "url", ["https://side.dk/", "https://side.dk/loginfo", "https://mitid.dk/", "https://x.com/a/1"]
)
def test_what_is_no_login(url: str) -> None:
    assert not is_login(url)


WALLS = [
    (WORDS, 200, ""),
    (Page(url=ASKED, text_length=4000, passwords=1), 200, "asks_login"),
    (Page(url=ASKED, text_length=40, passwords=1), 200, "login_wall"),
    (Page(url="https://side.eksempel.dk/login", text_length=4000), 200, "login_wall"),
    (Page(url=ASKED, text_length=4000), 401, "login_wall"),
    (Page(url=ASKED, title="Just a moment...", text_length=40), 503, "captcha"),
    (Page(url=ASKED, frames=("https://newassets.hcaptcha.com/a",), text_length=40), 200, "captcha"),
    (Page(url=ASKED, frames=("https://newassets.hcaptcha.com/a",), text_length=4000), 200, ""),
]


@pytest.mark.parametrize(("page", "status", "wall"), WALLS)
def test_walls(page: Page, status: int, wall: str) -> None:
    assert wall_of(ASKED, page, status) == wall


def answer(url: str = ASKED, status: int = 200, **more: object) -> Exchange:
    return Exchange(url, "GET", AT, status=status, **more)  # type: ignore[arg-type]


ENDS = [
    (WORDS, "", [answer()], Verdict("done")),
    (WORDS, "", [answer(), answer("http://10.0.0.1/", 0, refused="inside")], Verdict("done", "", ("blocked",))),
    (None, "unreachable", [answer(status=0, refused="inside")], Verdict("refused", "inside")),
    (None, "unreachable", [answer(status=302, location="http://10.0.0.1/"), answer("http://10.0.0.1/", 0,
        refused="inside")], Verdict("refused", "inside")),
    (None, "unreachable", [answer(status=0, problem="certificate")], Verdict("failed", "certificate")),
    (None, "unreachable", [], Verdict("failed", "unreachable")),
    (None, "no_room", [], Verdict("failed", "no_room")),
    (None, "time", [answer()], Verdict("failed", "time")),
    (WORDS, "", [answer(status=410)], Verdict("failed", "gone")),
    (WORDS, "", [answer(status=404)], Verdict("failed", "gone")),
    (WORDS, "", [answer(status=403)], Verdict("failed", "denied")),
    (WORDS, "", [answer(status=500)], Verdict("failed", "bad_status")),
    (WORDS, "", [answer(status=503, captcha=True)], Verdict("failed", "captcha")),
    (Page(url="chrome-error://chromewebdata/"), "", [answer()], Verdict("failed", "unreachable")),
    (Page(url=ASKED, text_length=9, passwords=1), "", [answer()], Verdict("failed", "login_wall")),
]  # fmt: skip


@pytest.mark.parametrize(("page", "problem", "exchanges", "verdict"), ENDS)
def test_what_a_visit_was_worth(page: Page | None, problem: str, exchanges: list[Exchange], verdict: Verdict) -> None:
    assert judge(ASKED, page, problem, exchanges, limit_hit=False) == verdict


def test_every_reason_and_remark_has_its_words() -> None:
    assert {verdict.reason for *_, verdict in ENDS} - {""} <= set(REASONS)
    assert {remark for *_, verdict in ENDS for remark in verdict.remarks} <= set(REMARKS)


def test_redirects_are_followed_in_order_and_end() -> None:
    there = answer("https://andet.eksempel.dk/")
    moved = answer(status=301, location="//andet.eksempel.dk/")
    assert redirects(f"{ASKED}#her", [answer("https://x.dk/"), moved, there]) == (moved, there)
    round_and_round = [answer(status=302, location=ASKED)] * 100
    assert len(redirects(ASKED, round_and_round)) == 20


def test_what_a_redirect_leads_to_counts_though_it_was_noted_first() -> None:
    """The gate refuses at once, and notes an answer when all of it has come through."""
    moved = answer(status=302, location="http://10.0.0.5/")
    inside = replace(answer("http://10.0.0.5/", status=0, refused="inside"), at=AT + timedelta(milliseconds=3))
    assert redirects(ASKED, [inside, moved]) == (moved, inside)
    assert judge(ASKED, None, "unreachable", [inside, moved], limit_hit=False) == Verdict("refused", "inside")
