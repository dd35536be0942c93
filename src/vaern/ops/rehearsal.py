"""`vaern guideline plan`: rehearse a guideline on a facts file, without a case."""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from vaern.core.workdays import DANISH_TIME
from vaern.guideline.compose import compose
from vaern.guideline.composed import Composed
from vaern.guideline.facts import Row
from vaern.guideline.load import load
from vaern.guideline.plan import plan
from vaern.guideline.rehearse import moment, read_rehearsal, row_to_json
from vaern.ops.packs import beside, parents


def add_plan(acts: Any) -> None:
    """Add the command to argparse's collection of them (whose class is private, hence Any)."""
    one = acts.add_parser("plan", help="the duties of a case that exists only in a facts file")
    one.add_argument("folder", type=Path, metavar="DIR")
    one.add_argument("--facts", required=True, type=Path, metavar="FILE", help="TOML or JSON: facts, events, done …")
    one.add_argument("--at", type=_moment, metavar="TIME", help="2026-01-31T14:30, Danish time; default: now")
    one.add_argument("--layer", action="append", default=[], type=Path, metavar="DIR", help="may be given again")
    one.add_argument("--json", action="store_true")
    one.set_defaults(act=_plan)


def _moment(text: str) -> datetime:
    found = moment(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no time; write it as 2026-01-31 or 2026-01-31T14:30")
    return found


def _plan(options: argparse.Namespace) -> int:
    composed = laid_together(options.folder, options.layer)
    facts = read_rehearsal(options.facts, composed)
    rows = plan(composed, facts, options.at or datetime.now(UTC))
    if options.json:
        print(json.dumps([row_to_json(row, composed) for row in rows], ensure_ascii=False, indent=2))
    else:
        for row in rows:
            print(_said(row, composed))
    return 0


def laid_together(folder: Path, layers: list[Path]) -> Composed:
    """The pack in `folder` with its parents (found beside it) and `layers` (with theirs). Raises `PackProblems`."""
    packs = [load(each) for each in (folder, *layers)]
    known = beside([folder, *layers])
    above = [parent for pack in packs if pack.pack.kind == "overlay" for parent in parents(pack, known)]
    for parent in above:
        if parent.pack.id not in {pack.pack.id for pack in packs}:
            packs.append(parent)
    return compose(packs[0], packs[1:])


def _said(row: Row, composed: Composed) -> str:
    """One line a person can scan: state and time first, since that is what burns."""
    due = row.due.astimezone(DANISH_TIME).strftime("%Y-%m-%d %H:%M") if row.due else row.words or "-"
    why = " ".join([row.why.value, *row.refs]).strip()
    clauses = ", ".join(row.clause) or row.layer
    return (
        f"{row.state.value:13} {due:17} {row.modality:8} {row.id}: {composed.duty[row.id].title} [{clauses}]"
        f" {'/'.join(row.owners)}" + (f" ({why})" if why else "")
    )
