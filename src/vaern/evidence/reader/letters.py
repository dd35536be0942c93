"""Mails: the head of the letter (RFC 5322) as it stands. Nothing of it is verified: a sender can write any name."""

from __future__ import annotations

import re
from datetime import UTC
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime
from typing import IO

from vaern.evidence.facts import Found
from vaern.evidence.reader.words import iso, short

_HEAD_MAX = 256 * 1024
_VALUE_MAX = 2000
_HOPS_MAX = 25
_SIGNER = re.compile(r"(?:^|;)\s*d\s*=\s*([A-Za-z0-9.-]{1,253})")


def read(file: IO[bytes]) -> Found:
    return of_headers(headers_of(file))


def headers_of(file: IO[bytes]) -> Message:
    """The headers only; what comes after the first empty line is not looked at."""
    head = re.split(rb"\r?\n\r?\n", file.read(_HEAD_MAX), maxsplit=1)[0]
    return BytesHeaderParser().parsebytes(head + b"\r\n\r\n")


def of_headers(headers: Message) -> Found:
    return Found(
        sender=said(headers, "From"),
        recipient=said(headers, "To"),
        subject=said(headers, "Subject"),
        sent_at=sent(headers),
        message_id=said(headers, "Message-ID"),
        received=tuple(short(raw(one), 500) for one in (headers.get_all("Received") or [])[:_HOPS_MAX]),
        dkim=_signers(headers),
    )


def said(headers: Message, name: str) -> str:
    """A header in readable letters; as it stands where its coding is no good."""
    text = raw(headers.get(name, ""))
    try:
        return short(make_header(decode_header(text)))
    except (LookupError, ValueError, AssertionError):
        return short(text)


def raw(value: object) -> str:
    return str(value)[:_VALUE_MAX].replace("\n", " ")


def sent(headers: Message) -> str:
    """The Date header; "-0000" means that no zone is told (RFC 5322, 3.3), and the time is then in UTC."""
    try:
        at = parsedate_to_datetime(raw(headers.get("Date", ""))[:100])
        return iso(at if at.tzinfo else at.replace(tzinfo=UTC))
    except (TypeError, ValueError, OverflowError, IndexError):
        return ""


def _signers(headers: Message) -> tuple[str, ...]:
    signed = [_SIGNER.search(raw(one)) for one in (headers.get_all("DKIM-Signature") or [])[:10]]
    return tuple(dict.fromkeys(found[1].lower() for found in signed if found))
