"""Word and Outlook: the properties the program keeps beside the text. The text itself is not read."""

from __future__ import annotations

import html
import re
import zipfile
from dataclasses import replace
from datetime import UTC
from email.parser import HeaderParser
from typing import IO

import oxmsg

from vaern.evidence.facts import Found
from vaern.evidence.reader.letters import of_headers
from vaern.evidence.reader.words import iso, moment, short

_PART_MAX = 64 * 1024
_HEAD_MAX = 256 * 1024
_HEADERS = 0x007D
"""PidTagTransportMessageHeaders (MS-OXPROPS, 2.1044): the head of a mail as it was received."""


def read_docx(file: IO[bytes]) -> Found:
    """The core properties (ECMA-376, part 2). Four plain elements are looked for; no reader of XML is started."""
    with zipfile.ZipFile(file) as package:
        core, app = _part(package, "docProps/core.xml"), _part(package, "docProps/app.xml")
    return Found(
        title=_element(core, "dc:title"),
        author=_element(core, "dc:creator"),
        created_at=moment(_element(core, "dcterms:created")),
        changed_at=moment(_element(core, "dcterms:modified")),
        program=_element(app, "Application"),
    )


def _part(package: zipfile.ZipFile, name: str) -> str:
    if name not in package.namelist():
        return ""
    with package.open(name) as part:
        return part.read(_PART_MAX).decode("utf-8", "replace")


def _element(text: str, name: str) -> str:
    found = re.search(rf"<{name}(?:\s[^>]{{0,300}})?>([^<]{{0,2000}})</{name}>", text)
    return short(html.unescape(found[1])) if found else ""


def read_msg(file: IO[bytes]) -> Found:
    """An Outlook message. One that was received carries the mail's own head; one that was not has only its fields."""
    letter = oxmsg.Message.load(file)  # type: ignore[arg-type]
    # The library's own table of headers keeps one of each name; a mail has passed many servers.
    found = of_headers(HeaderParser().parsestr((letter.properties.str_prop_value(_HEADERS) or "")[:_HEAD_MAX]))
    sent = letter.sent_date
    return replace(
        found,
        sender=found.sender or short(letter.sender or ""),
        subject=found.subject or short(letter.subject or ""),
        recipient=found.recipient or short(", ".join(one.email_address for one in letter.recipients[:20])),
        sent_at=found.sent_at or (iso(sent if sent.tzinfo else sent.replace(tzinfo=UTC)) if sent else ""),
    )
