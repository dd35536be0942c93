"""Whom a mail is from, whether that is believed, what it is about, and when the mailbox is asked again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases_kit import NOW
from tests.evidence.files import png
from tests.mailbox.mails import BELIEVED, a_mail
from vaern.config.env import SettingProblem
from vaern.config.mail_in import account
from vaern.mailbox import reading, rules
from vaern.mailbox.facts import Health

ANNA = "anna@kommunen.example"
# The local part of an address may be quoted, and hold anything (RFC 5321, 4.1.2).
QUOTED = '"x; dmarc=pass header.from=kommunen.example; y"'


@pytest.mark.parametrize(
    ("results", "believed"),
    [
        ([BELIEVED], True),
        (["mx.example 1; dmarc=pass header.from=kommunen.example"], True),
        (["MX.example; DMARC=pass header.from=Kommunen.example"], True),
        ([], False),
        (["mx.example; none"], False),
        (["mx.example; dmarc=fail header.from=kommunen.example"], False),
        (["mx.example; dmarc=none header.from=kommunen.example"], False),
        (["mx.example; dmarc=pass header.from=evil.example"], False),
        (["mx.example; dmarc=pass"], False),
        (["mx.example; spf=pass smtp.mailfrom=kommunen.example; dkim=pass header.d=kommunen.example"], False),
        (["mx.example; dkim=fail reason=dmarc=pass header.from=kommunen.example"], False),
        (["mx.example; x (dmarc=pass header.from=kommunen.example)"], False),
        (["mx.example; x (a (b) ; dmarc=pass header.from=kommunen.example)"], False),
        (["mx.example; x (a \\) ; dmarc=pass header.from=kommunen.example)"], False),
        ([f"mx.example; spf=pass smtp.mailfrom={QUOTED}@evil.example"], False),
        ([f"mx.example; spf=pass smtp.mailfrom={QUOTED}@evil.example; dmarc=fail header.from=kommunen.example"], False),
        (["mx.example; dmarc=pass header.from=kommunen.example; dmarc=fail header.from=kommunen.example"], False),
        (['mx.example; dmarc=pass header.from=kommunen.example; spf=pass reason="'], False),
        (['mx.example; spf=pass reason="a; b"; dmarc=pass (p=none; a(b)) header.from=kommunen.example'], True),
        (["evil.example; dmarc=pass header.from=kommunen.example"], False),
        (["mx.example.evil.example; dmarc=pass header.from=kommunen.example"], False),
        (["mx.example; dmarc=fail header.from=kommunen.example", BELIEVED], False),
        (["other.example; dmarc=pass header.from=kommunen.example", BELIEVED], False),
    ],
)
def test_only_our_own_servers_topmost_word_counts(results: list[str], believed: bool) -> None:
    assert rules.is_believed(results, "mx.example", ANNA) is believed
    assert rules.is_believed(results, "", ANNA) is False


@pytest.mark.parametrize(
    ("subject", "found"),
    [
        ("Vs: sag 2026-0004", [(2026, 4)]),
        ("2026-0004 og 2026-0012, 2026-0004", [(2026, 4), (2026, 12)]),
        ("tlf 12-2026-0004", []),
        ("2026-00045-1", []),
        ("2026-4", []),
        ("", []),
    ],
)
def test_a_case_is_named_by_its_number(subject: str, found: list[tuple[int, int]]) -> None:
    assert rules.case_numbers(subject) == found


@given(st.integers(1, 60))
def test_the_wait_doubles_up_to_an_hour_and_ends_with_the_first_success(failures: int) -> None:
    health, now = Health(), NOW
    for _ in range(failures):
        assert rules.may_try(health, now)
        health = rules.failed(health, "login", now)
        assert health.next_try is not None
        assert timedelta(minutes=1) <= health.next_try - now <= rules.LONGEST_WAIT
        assert not rules.may_try(health, now)
        now = health.next_try
    assert health.failing_since == NOW
    assert rules.alarms(health) is (failures >= rules.ALARM_AFTER)
    assert rules.succeeded(now) == Health(last_success=now)


@given(st.binary(max_size=400), st.binary(max_size=400))
def test_no_bytes_break_the_reader(lines: bytes, body: bytes) -> None:
    for data in (lines + b"\r\n\r\n" + body, b"From: " + lines + b"\n\n" + body, a_mail().replace(b"grimt", body)):
        head = reading.read_head(data, own="ind@kommunen.example", authserv="mx.example")
        assert len(reading.key_of(head, data)) == 64
        reading.attachments(data)


@pytest.mark.parametrize("name", ["From", "Subject"])
@pytest.mark.parametrize("heap", ['"' * 50_000, "a@b.example," * 10_000, "=?utf-8?q?a?= " * 20_000, "\\" * 50_000])
def test_a_heap_in_a_header_is_not_read_as_an_address(name: str, heap: str) -> None:
    """Python's reader takes the square of its length: minutes for one mail that anybody can send."""
    head = reading.read_head(f"{name}: {heap}\n\n".encode(), own="", authserv="mx.example")
    assert (head.sender, head.subject) == ("", "")


def test_signs_no_database_takes_are_not_in_a_name() -> None:
    mail = a_mail(attached={"x.bin": b"x"}).replace(b'filename="x.bin"', b"filename*=utf-8''a%00b%E2%80%AEc.bin")
    (one,), _unread = reading.attachments(mail)
    assert one.name == "a\ufffdb\ufffdc.bin"


def test_pictures_in_the_text_and_whole_mails_are_taken_out() -> None:
    inner = a_mail("Ukendt <en@andet.example>", attached={"inderst.png": png()})
    mail = (
        b"From: anna@kommunen.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n"
        b"--B\r\nContent-Type: multipart/related; boundary=C\r\n\r\n"
        b"--C\r\nContent-Type: text/html\r\n\r\n<img src=cid:1>\r\n"
        b"--C\r\nContent-Type: image/png\r\nContent-ID: <1>\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        b"iVBORw0KGgo=\r\n--C--\r\n"
        b"--B\r\nContent-Type: message/rfc822\r\n\r\n" + inner + b"\r\n--B--\r\n"
    )
    found, unread = reading.attachments(mail)
    assert [one.name for one in found] == ["vedhæftet-1.png", "vedhæftet-2.eml"]
    assert b"Ukendt" in found[1].data
    assert unread == []


def test_what_is_too_deep_or_too_many_is_named_and_not_opened() -> None:
    deep = b"From: a@b.example\r\n" + b"Content-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\n" * 80
    assert reading.attachments(deep) == ([], ["?"])
    many = a_mail(attached={f"{number}.txt": b"x" for number in range(rules.ATTACHMENTS_MAX + 2)})
    found, unread = reading.attachments(many)
    assert len(found) + len(unread) == rules.ATTACHMENTS_MAX + 2 or unread == ["?"]


SET = {
    "VAERN_MAIL_IN_HOST": "imap.example",
    "VAERN_MAIL_IN_USER": "ind",
    "VAERN_MAIL_IN_PASSWORD": "x",
    "VAERN_MAIL_IN_ADDRESS": "ind@kommunen.example",
}


def test_a_mailbox_that_is_half_set_up_stops_the_start() -> None:
    assert account({}) is None
    whole = account(SET)
    assert whole is not None
    assert (whole.port, whole.starttls, whole.folder) == (993, False, "INBOX")
    assert "password" not in repr(whole)
    for missing in ("USER", "PASSWORD", "ADDRESS"):
        with pytest.raises(SettingProblem, match=missing):
            account({key: value for key, value in SET.items() if not key.endswith(missing)})
    for wrong in ({"TLS": "off"}, {"PORT": "x"}, {"CA": "/nowhere.pem"}, {"DONE": "INBOX"}):
        ((name, value),) = wrong.items()
        with pytest.raises(SettingProblem, match=f"MAIL_IN_{'FOLDER' if name == 'DONE' else name}"):
            account({**SET, f"VAERN_MAIL_IN_{name}": value})
