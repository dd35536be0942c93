"""A sheet as a file: the bytes other systems read. Pure; the same sheet gives the same bytes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from vaern.handover.facts import Sheet

FORMAT = "vaern-handover-1"


@dataclass(frozen=True, slots=True)
class Sender:
    """What a file says of where it comes from. `key` is the handover's own, the same however often it is sent."""

    organisation: str
    case: str
    key: str


def csv_of(sheet: Sheet, sender: Sender) -> bytes:
    """Section, field, value; with semicolons and a byte order mark, as Danish spreadsheets expect. A value that a
    spreadsheet would read as a formula gets an apostrophe in front."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(["system", "sag", "afsnit", "felt", "værdi"])
    for title, lines in sheet.groups:
        for line in lines:
            writer.writerow([sheet.channel.id, sender.case, title, line.field.label, _inert(line.value)])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _inert(value: str) -> str:
    return f"'{value}" if value[:1] in {"=", "+", "-", "@", "\t", "\r"} else value


def json_of(sheet: Sheet, sender: Sender) -> bytes:
    """The body of an HTTPS endpoint, documented in docs/operate/handover.md."""
    body = {"format": FORMAT, **fields_of(sheet, sender)}
    return json.dumps(body, ensure_ascii=False, sort_keys=True, indent=1).encode()


def fields_of(sheet: Sheet, sender: Sender) -> dict[str, object]:
    """What stands in a sheet and where it comes from, for a machine."""
    return {
        "id": sender.key,
        "channel": sheet.channel.id,
        "organisation": sender.organisation,
        "case": sender.case,
        "fields": {line.field.id: line.value for line in sheet.lines},
        "labels": {line.field.id: line.field.label for line in sheet.lines},
    }


FILES: Mapping[str, Callable[[Sheet, Sender], bytes]] = {"csv": csv_of, "json": json_of}
