"""Mails, saved pages and plain text: what is left when no binary format was recognised."""

from __future__ import annotations

import codecs
import re
from email import policy
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from html.parser import HTMLParser
from typing import IO

from vaern.evidence.facts import Kind, Upload
from vaern.evidence.rules import EXCERPT_MAX

_CHUNK = 256 * 1024
_EXCERPT_BYTES = 1024 * 1024
_WHOLE_MAX = {"txt": 200_000, "eml": 32 * 1024 * 1024}
# The time that Python's reader of addresses takes grows with the square of their length.
_HEADER_MAX = 2000
_SHOWN_HEADERS = ("From", "To", "Cc", "Date", "Subject")
_HEADER_LINE = re.compile(rb"\A(?:From [^\n]*\n)?[A-Za-z][A-Za-z0-9-]{1,60}:[ \t\r\n]")
_HTML = re.compile(rb"<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>])", re.IGNORECASE)
_SVG = re.compile(rb"<(?:[a-z]+:)?svg[\s>]", re.IGNORECASE)
# What makes Python's reader of mails slow or deep: long headers (its time grows with their square) and many parts in
# parts. No mail of a person comes near either.
_LONG_HEADER = re.compile(rb"^content-[a-z-]+:(?:[^\r\n]|\r?\n[ \t]){2000}", re.IGNORECASE | re.MULTILINE)
_NESTS = re.compile(rb"boundary\s*=|message/rfc822", re.IGNORECASE)
_NESTS_MAX = 60
_NO_MAIL_IS_IN = frozenset({"punycode", "idna", "unicode_escape", "raw_unicode_escape"})
# Bytes no text holds: controls other than tab, line feed, form feed, return and escape.
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_BOMS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def sniff(file: Upload, head: bytes) -> str:
    """The kind ("eml", "mhtml", "html", "txt") or the code of a refusal."""
    if not _is_text(file, head):
        return "unknown_kind"
    if _HEADER_LINE.match(head):
        kind = _letter(file, BytesHeaderParser().parsebytes(head))
        if kind:
            return kind
    page, drawing = _HTML.search(head), _SVG.search(head)
    if drawing and (page is None or drawing.start() < page.start()):
        return "svg"
    return "html" if page else "unknown_kind" if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml") else "txt"


def excerpt(file: IO[bytes], kind: Kind) -> str:
    """The first 2,000 characters a person would read, as text only; "" when there is none to show safely.

    Only the first MiB is read: a mail whose words come after a megabyte of attachments shows none.
    """
    file.seek(0)
    data = file.read(_EXCERPT_BYTES)
    if kind.id == "eml":
        return _body(data)[:EXCERPT_MAX]
    return _decode(data)[:EXCERPT_MAX] if kind.id == "txt" else ""


def whole(file: IO[bytes], kind: Kind) -> str | None:
    """All a person would read, a mail with its sender, receivers, date and subject; None when it is too long for that.

    The words of a mail are those of its plain part, else what stands between the marks of its HTML part.
    """
    file.seek(0)
    data = file.read(_WHOLE_MAX[kind.id] + 1)
    if len(data) > _WHOLE_MAX[kind.id]:
        return None
    text = _decode(data) if kind.id == "txt" else _mail(data)
    return None if len(text) > _WHOLE_MAX["txt"] else text


def _mail(data: bytes) -> str:
    head = data[:_EXCERPT_BYTES]
    headers, raw = BytesHeaderParser(policy=policy.default).parsebytes(head), BytesHeaderParser().parsebytes(head)
    lines = [f"{name}: {_said(headers, raw, name)}" for name in _SHOWN_HEADERS if name in raw]
    return "\n".join([*lines, "", _body(data, ("plain", "html"))])


def _said(headers: Message, raw: Message, name: str) -> str:
    """A header in readable letters; as it stands where it is too long to be read so, or cannot be."""
    as_it_stands = " ".join(str(raw[name]).split())
    if len(as_it_stands) > _HEADER_MAX:
        return as_it_stands
    try:
        return str(headers[name])
    except (LookupError, ValueError, TypeError, AttributeError, AssertionError, RecursionError):
        return as_it_stands


class _Words(HTMLParser):
    """What stands between the marks of a page, without its programs and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.silent = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in {"script", "style", "title"}:
            self.silent = tag
        if tag in {"br", "p", "div", "tr", "li"}:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == self.silent:
            self.silent = ""

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words.append(data)


def _without_marks(page: str) -> str:
    reader = _Words()
    reader.feed(page)
    # Line by line: a pattern with \s* before the line's end takes the square of a long row of blanks.
    return "\n".join(filter(None, (line.strip() for line in "".join(reader.words).split("\n"))))


def _letter(file: Upload, headers: Message) -> str:
    """A mail needs a sender and a time or a path; a saved page is a compound of parts that went to nobody."""
    compound = headers.get_content_type() == "multipart/related"
    if compound and (headers["Snapshot-Content-Location"] or not (headers["To"] or headers["Received"])):
        return "mhtml" if _is_closed(file, headers) else "broken"
    sent = headers["Date"] or headers["Received"] or headers["Message-ID"]
    return "eml" if headers["From"] and sent else ""


def _is_closed(file: Upload, headers: Message) -> bool:
    """Whether the last boundary stands at the end: a page that was cut off while being saved lacks it."""
    boundary = headers.get_boundary()
    size = file.seek(0, 2)
    file.seek(max(0, size - 4096))
    return boundary is not None and f"--{boundary}--".encode("utf-8", "replace") in file.read(4096)


def _is_text(file: Upload, head: bytes) -> bool:
    """All of it: UTF-8, UTF-16 with its mark, or eight-bit text without the controls that only programs use."""
    encoding = _BOMS.get(head[:2], "utf-8")
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    while chunk := file.read(_CHUNK):
        if encoding == "utf-8" and _CONTROLS.search(chunk):
            return False
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError:
            if encoding != "utf-8":
                return False
            # Not UTF-8: any byte is a letter in Latin-1, and only the controls decide from here on.
            decoder = codecs.getincrementaldecoder("latin-1")()
    return True


def _decode(data: bytes) -> str:
    if data[:2] in _BOMS:
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The megabyte may end inside a letter.
        return data.decode("utf-8-sig", "ignore") if error.start > len(data) - 4 else data.decode("cp1252", "replace")


def _body(data: bytes, kinds: tuple[str, ...] = ("plain",)) -> str:
    """The words of a mail from its first part of these kinds; "" for one built to keep the reader busy."""
    if _LONG_HEADER.search(data) or len(_NESTS.findall(data)) > _NESTS_MAX:
        return ""
    try:
        letter = BytesParser(policy=policy.default).parsebytes(data)
        part = letter.get_body(preferencelist=kinds)
        if part is None or (part.get_content_charset() or "").replace("-", "_") in _NO_MAIL_IS_IN:
            return ""
        text = str(part.get_content()).strip()
        if part.get_content_subtype() == "html":
            text = _without_marks(text)
    except (LookupError, ValueError, TypeError, AttributeError, AssertionError, RecursionError):
        return ""
    # Some codings can say half a character, which no page can be written with.
    return text.encode("utf-8", "replace").decode()
