"""Mails built to keep the reader busy, or to break the page they are shown on: nothing is shown, at once."""

from __future__ import annotations

import time
from io import BytesIO

import pytest

from vaern.evidence import texts
from vaern.evidence.rules import KINDS

SENDER = b"From: a@b.example\r\nDate: Tue, 17 Nov 2026 10:00:00 +0100\r\n"


def nested(depth: int) -> bytes:
    parts = (b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(depth))
    return b"".join(parts) + b"Content-Type: text/plain\r\n\r\nhej"


BUSY = {
    "parts in parts": nested(4000),
    "mails in mails": b"Content-Type: message/rfc822\r\n\r\n" * 10_000 + b"hej",
    "a header of half a megabyte": b"Content-Type: text/plain; " + b"a=b; " * 100_000 + b"\r\n\r\nhej",
    "a folded header": b"Content-Type: text/plain;" + b"\r\n a=b;" * 50_000 + b"\r\n\r\nhej",
    "brackets in brackets": b"Content-Disposition: " + b"(" * 1900 + b"\r\n\r\nhej",
    "a coding that is slow to undo": b"Content-Type: text/plain; charset=punycode\r\n\r\n" + b"a" * 300_000,
}


@pytest.mark.parametrize("name", BUSY)
def test_a_mail_built_to_keep_the_reader_busy_shows_nothing(name: str) -> None:
    begun = time.process_time()
    assert texts.excerpt(BytesIO(SENDER + BUSY[name]), KINDS["eml"]) == ""
    assert time.process_time() - begun < 2


def test_half_a_character_is_not_shown() -> None:
    mail = SENDER + b'Content-Type: text/plain; charset="utf-7"\r\n\r\nhej +2AA-'
    assert texts.excerpt(BytesIO(mail), KINDS["eml"]).encode() == b"hej ?"


def test_an_ordinary_mail_with_attachments_is_shown() -> None:
    plain = b"--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nDit svin\r\n"
    attached = (
        b"--x\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Disposition: attachment\r\n\r\nabc\r\n" * 20
    )
    mail = SENDER + b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + plain + attached + b"--x--\r\n"
    assert texts.excerpt(BytesIO(mail), KINDS["eml"]) == "Dit svin"


def test_a_row_of_blanks_and_a_heap_of_receivers_are_read_in_a_moment() -> None:
    """Both took the square of their length, in the server, on a mail that anybody can write."""
    page = "<p>et" + " " * 120_000 + "to</p>\n \n<p>tre</p>"
    letter = "From: a@b.example\r\nDate: Tue, 17 Nov 2026 09:00:00 +0100\r\nTo: " + '"' * 50_000 + "\r\n"
    html = letter + "Content-Type: text/html\r\n\r\n" + page
    said = texts.whole(BytesIO(html.encode()), KINDS["eml"])
    assert said is not None
    assert said.endswith("to\ntre")
    assert 'To: """' in said
