"""`vaern guideline …`: check, rehearse, account for and compare packs. No Django, no database.

Exit codes: 0 all is well, 1 something is wrong with a pack or a facts file (each problem on its own line as
`file: place: reason`), 2 the command itself was not understood.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from vaern.core.workdays import DANISH_TIME
from vaern.guideline.capture_guide import guide_schema, is_capture_folder, load_guides
from vaern.guideline.check import check
from vaern.guideline.coverage import coverage
from vaern.guideline.diff import diff
from vaern.guideline.load import load, load_with_files
from vaern.guideline.privacy_guide import is_privacy_folder, load_privacy_guides
from vaern.guideline.problem import PackProblems, Problem
from vaern.guideline.schema import schema
from vaern.ops.packs import beside
from vaern.ops.rehearsal import add_plan, laid_together


def run(arguments: Sequence[str]) -> int:
    """Carry out one command of the family and give its exit code."""
    options = _parser().parse_args(arguments)
    act: Callable[[argparse.Namespace], int] = options.act
    try:
        return act(options)
    except PackProblems as wrong:
        for problem in wrong.problems:
            print(problem, file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader (`| head`) has seen enough; Python would complain once more at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="vaern guideline", description="Work on guideline packs.", allow_abbrev=False)
    acts = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    one = acts.add_parser(
        "check", help="refuse a broken pack or folder of guides: each problem with file, place and reason"
    )
    one.add_argument("folders", nargs="+", type=Path, metavar="DIR")
    one.set_defaults(act=_check)
    add_plan(acts)
    one = acts.add_parser("coverage", help="clause by clause, what carries it; exit 1 when one is unaccounted for")
    one.add_argument("folder", type=Path, metavar="DIR")
    one.add_argument("--json", action="store_true")
    one.set_defaults(act=_coverage)
    one = acts.add_parser("diff", help="what changed from pack A to pack B")
    one.add_argument("old", type=Path, metavar="A")
    one.add_argument("new", type=Path, metavar="B")
    one.add_argument("--json", action="store_true")
    one.set_defaults(act=_diff)
    one = acts.add_parser("schema", help="the JSON Schema of a pack's files, for editors")
    one.add_argument("--capture", action="store_true", help="of a capture guide's file instead")
    one.set_defaults(act=_schema)
    return parser


def _check(options: argparse.Namespace) -> int:
    wrong = False
    others = beside([folder for folder in options.folders if folder.is_dir()])
    for folder in options.folders:
        guides = next((what for what, (is_folder, _) in GUIDES.items() if is_folder(folder)), "")
        if guides:
            wrong = _check_guides(folder, guides) or wrong
            continue
        try:
            loaded = load_with_files(folder)
            today = datetime.now(DANISH_TIME).date()
            problems = check(loaded.pack, others, files=loaded.files, today=today)
        except PackProblems as refused:
            problems = refused.problems
        for problem in problems:
            print(_under(folder, problem))
        if not problems:
            print(f"{folder}: ok ({len(loaded.pack.duties)} duties, {len(loaded.pack.clauses)} clauses)")
        wrong = wrong or bool(problems)
    return int(wrong)


GUIDES: Mapping[str, tuple[Callable[[Path], bool], Callable[..., Any]]] = {
    "capture guides": (is_capture_folder, load_guides),
    "privacy guides": (is_privacy_folder, load_privacy_guides),
}


def _check_guides(folder: Path, what: str) -> bool:
    """Whether anything is wrong with a folder of guides; one that has expired is told of, and is no fault."""
    today = datetime.now(DANISH_TIME).date()
    try:
        guides = GUIDES[what][1](folder, today=today)
    except PackProblems as refused:
        for problem in refused.problems:
            print(_under(folder, problem))
        return True
    old = [one.guide.platform for one in guides.platforms if one.guide.is_old(today)]
    print(f"{folder}: ok ({len(guides.platforms)} {what}{', expired: ' + ', '.join(old) if old else ''})")
    return False


def _under(folder: Path, problem: Problem) -> str:
    return ": ".join(part for part in (str(folder / problem.file), problem.place, problem.sentence) if part)


def _coverage(options: argparse.Namespace) -> int:
    pack = load(options.folder)
    if pack.pack.kind == "overlay":  # the clauses are the parent's
        pack = laid_together(options.folder, []).pack
    rows = coverage(pack)
    if options.json:
        shown = [{"clause": row.clause, "carried_by": list(row.carried_by), "reason": row.reason} for row in rows]
        print(json.dumps(shown, ensure_ascii=False, indent=2))
    else:
        for row in rows:
            said = ", ".join(row.carried_by) or (f"none: {row.reason}" if row.reason else "UNACCOUNTED FOR")
            print(f"{row.clause:8} {said}")
        lost = sum(not row.accounted for row in rows)
        print(f"{len(rows)} clauses, {lost} unaccounted for")
    return int(any(not row.accounted for row in rows))


def _diff(options: argparse.Namespace) -> int:
    changes = diff(load(options.old), load(options.new))
    if options.json:
        print(json.dumps([asdict(change) for change in changes], ensure_ascii=False, indent=2))
    else:
        print("\n".join(map(str, changes)) or "no changes")
    return 0


def _schema(options: argparse.Namespace) -> int:
    print(json.dumps(guide_schema() if options.capture else schema(), ensure_ascii=False, indent=2, sort_keys=True))
    return 0
