"""The words of a document, as text only: for searching and for reading without opening it. Runs shut in."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from html.parser import HTMLParser
from io import BytesIO
from typing import IO

import oxmsg
from defusedxml.ElementTree import iterparse  # type: ignore[import-untyped]

TEXT_MAX = 1_000_000
_READ_MAX = 64 * 1024 * 1024
_PARTS_MAX = 200
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WORD_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")
_BREAKS = {"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "article", "section"}
_HIDDEN = {"script", "style", "head", "template", "noscript", "svg"}


def words(file: IO[bytes], kind: str) -> str:
    """At most `TEXT_MAX` characters; "" when there are none. Raises on what cannot be read."""
    found = {"docx": _docx, "eml": _mail, "mhtml": _mail, "msg": _outlook, "html": _page, "txt": _plain}[kind](file)
    return tidy("\n".join(found))


def tidy(text: str) -> str:
    """Without control characters and heaps of empty space."""
    text = re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", " ", text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n"))
    text = re.sub(r"[ \t\xa0]+", " ", text)
    return re.sub(r" ?\n ?(\n ?)+", "\n\n", text).strip()[:TEXT_MAX]


def _docx(file: IO[bytes]) -> Iterator[str]:
    with zipfile.ZipFile(file) as package:
        for name in sorted(filter(_WORD_PARTS.fullmatch, package.namelist()))[:_PARTS_MAX]:
            with package.open(name) as part:
                yield _paragraphs(part.read(_READ_MAX))


def _paragraphs(xml: bytes) -> str:
    said: list[str] = []
    for _, element in iterparse(BytesIO(xml), events=("end",)):
        if element.tag == f"{_WORD}t":
            said.append(element.text or "")
        elif element.tag in {f"{_WORD}p", f"{_WORD}br"}:
            said.append("\n")
        elif element.tag == f"{_WORD}tab":
            said.append("\t")
        element.clear()
    return "".join(said)


def _mail(file: IO[bytes]) -> Iterator[str]:
    letter = BytesParser(policy=policy.default).parsebytes(file.read(_READ_MAX))
    for name in ("From", "To", "Cc", "Date", "Subject"):
        if letter[name]:
            yield f"{name}: {letter[name]}"
    for number, part in enumerate(letter.walk()):
        if number > _PARTS_MAX:
            return
        yield from _part(part)  # type: ignore[arg-type]


def _part(part: EmailMessage) -> Iterator[str]:
    if part.get_filename():
        yield f"[{part.get_filename()}]"
    elif part.get_content_type() == "text/plain":
        yield _decoded(part.get_payload(decode=True) or b"", part.get_content_charset())  # type: ignore[arg-type]
    elif part.get_content_type() == "text/html":
        yield _shown(_decoded(part.get_payload(decode=True) or b"", part.get_content_charset()))  # type: ignore[arg-type]


def _outlook(file: IO[bytes]) -> Iterator[str]:
    letter = oxmsg.Message.load(file)
    yield f"From: {letter.sender or ''}"
    yield f"Subject: {letter.subject or ''}"
    if letter.body:
        yield letter.body
    elif letter.html_body:
        yield _shown(letter.html_body)
    yield from (f"[{one.file_name}]" for one in letter.attachments[:_PARTS_MAX])


def _page(file: IO[bytes]) -> Iterator[str]:
    yield _shown(_decoded(file.read(_READ_MAX), None))


def _plain(file: IO[bytes]) -> Iterator[str]:
    yield _decoded(file.read(4 * TEXT_MAX), None)


def _decoded(data: bytes, charset: str | None) -> str:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode(charset or "cp1252", "replace")
    except (LookupError, ValueError):
        return data.decode("cp1252", "replace")


class _Shown(HTMLParser):
    """Collects what a reader would see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in _HIDDEN
        if tag in _BREAKS:
            self.said.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self.hidden = max(0, self.hidden - 1)
        if tag in _BREAKS:
            self.said.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.said.append(data)


def _shown(html: str) -> str:
    reader = _Shown()
    reader.feed(html)
    reader.close()
    return "".join(reader.said)
