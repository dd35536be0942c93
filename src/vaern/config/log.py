"""What a line of the log may say: which page, which kind of fault, where in our code. Never what somebody typed.

An address may hold a one-time link or a name tried by hand; an exception quotes the value it choked on, and a database
the row. Bodies and query strings are never logged by anything we use.
"""

from __future__ import annotations

import logging
import traceback
from types import TracebackType
from typing import Any

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class PageFilter(logging.Filter):
    """Says the pattern of an address instead of the address, and nothing else about a request."""

    def filter(self, record: logging.LogRecord) -> bool:
        request: Any = getattr(record, "request", None)
        if hasattr(request, "method"):
            match = getattr(request, "resolver_match", None)
            where = f"/{match.route}" if match else "(no such page)"
            status = getattr(record, "status_code", "")
            record.msg, record.args = "%s %s %s", (status, request.method, where)
        return True


class FaultFormatter(logging.Formatter):
    """Tells of an exception its kind and its place, without its words."""

    def formatException(self, ei: ExcInfo) -> str:
        told: list[str] = []
        fault = ei[1]
        while fault is not None:
            kind = f"{type(fault).__module__}.{type(fault).__qualname__}"
            told.append("".join([*traceback.format_tb(fault.__traceback__), kind]))
            fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
        return "\nbecause of\n".join(told)
