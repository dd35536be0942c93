"""An HTTPS endpoint that takes the JSON of docs/operate/handover.md."""

from __future__ import annotations

import json
import ssl
import time
from pathlib import Path

import httpx

from vaern.ways.facts import Order
from vaern.ways.undelivered import Undelivered

SECONDS = 30.0
"""For the whole exchange: a server that drips an answer must not hold a worker."""
ANSWER_MAX = 64 * 1024


def send(order: Order) -> str:
    """The reference in the answer, when there is one. 409 means that the key was there before, which is a success."""
    headers = {"Content-Type": order.kind, "Idempotency-Key": order.key}
    if token := _token(order):
        headers["Authorization"] = f"Bearer {token}"
    try:
        with (
            httpx.Client(verify=_trust(order), timeout=10.0, follow_redirects=False, trust_env=False) as client,
            client.stream("POST", order.place["url"], content=order.body, headers=headers) as answer,
        ):
            return _read(answer)
    except (httpx.HTTPError, OSError) as fault:
        raise Undelivered(type(fault).__name__) from None


def _read(answer: httpx.Response) -> str:
    if answer.status_code not in {200, 201, 202, 409}:
        raise Undelivered(f"status {answer.status_code}")
    until, found = time.monotonic() + SECONDS, b""
    for chunk in answer.iter_bytes(4096):
        found += chunk
        if len(found) > ANSWER_MAX or time.monotonic() > until:
            return ""
    return _reference(found)


def _reference(body: bytes) -> str:
    try:
        said = json.loads(body)
    except ValueError:
        return ""
    reference = said.get("reference") if isinstance(said, dict) else None
    return reference.strip()[:200] if isinstance(reference, str) and reference.isprintable() else ""


def _token(order: Order) -> str:
    file = order.place.get("token_file", "")
    return Path(file).read_text(encoding="ascii").strip() if file else ""


def _trust(order: Order) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=order.place.get("ca_file") or None)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context
