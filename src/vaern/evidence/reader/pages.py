"""Saved web pages: from which address and when, as the program that saved them wrote it down."""

from __future__ import annotations

import html
import re
from email.utils import parsedate_to_datetime
from typing import IO

from vaern.evidence.facts import Found
from vaern.evidence.reader.letters import headers_of, raw, said, sent
from vaern.evidence.reader.words import iso, moment, short

_HEAD_MAX = 256 * 1024
_URL_MAX = 2000
_SINGLE_FILE = re.compile(
    r"<!--\s{0,20}Page saved with SingleFile\s{1,20}url:([^\r\n]{1,2000})(?:\s{1,20}saved date:([^\r\n]{1,100}))?"
)
# Written by browsers that save a page as one file, and by Windows for its mark of the web.
_SAVED_FROM = re.compile(r"<!--\s{0,20}saved from url=\(\d{1,6}\)(\S{1,2000})\s{0,20}-->")
_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{1,2000})</title", re.IGNORECASE)
_JS_DATE = re.compile(r"(\w{3}) (\w{3}) (\d{2}) (\d{4}) (\d{2}:\d{2}:\d{2}) GMT([+-]\d{4})")


def read_mhtml(file: IO[bytes]) -> Found:
    headers = headers_of(file)
    where = raw(headers.get("Snapshot-Content-Location", "")) or raw(headers.get("Content-Location", ""))
    return Found(
        url=_address(where),
        saved_at=sent(headers),
        title=said(headers, "Subject"),
        program="Blink" if "Blink" in said(headers, "From") else "",
    )


def read_html(file: IO[bytes]) -> Found:
    text = file.read(_HEAD_MAX).decode("utf-8", "replace")
    title = _TITLE.search(text)
    named = short(html.unescape(title[1])) if title else ""
    if found := _SINGLE_FILE.search(text):
        return Found(url=_address(found[1]), saved_at=_saved(found[2] or ""), title=named, program="SingleFile")
    origin = _SAVED_FROM.search(text)
    return Found(url=_address(origin[1]) if origin else "", title=named)


def _address(text: str) -> str:
    """The address as it was written; only one of the web."""
    text = text.strip()
    return short(text, _URL_MAX) if re.match(r"https?://[^\s]+$", text) else ""


def _saved(text: str) -> str:
    """JavaScript's own way of writing a time: "Fri Nov 20 2026 21:19:58 GMT+0100 (...)"."""
    if found := _JS_DATE.search(text):
        try:
            return iso(parsedate_to_datetime(f"{found[1]}, {found[3]} {found[2]} {found[4]} {found[5]} {found[6]}"))
        except ValueError:
            return ""
    return moment(text)
