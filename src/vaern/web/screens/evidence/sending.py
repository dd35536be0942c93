"""The one way evidence leaves as bytes: an attachment of no type, which no browser opens and no script runs in."""

from __future__ import annotations

from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

from vaern.evidence.facts import Download


def send(sent: Download) -> HttpResponseBase:
    response = StreamingHttpResponse(sent.chunks, content_type=sent.mime)
    response.headers["Content-Length"] = str(sent.size)
    response.headers["Content-Disposition"] = content_disposition_header(True, sent.filename) or "attachment"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
