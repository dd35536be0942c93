"""The console command `vaern`: the guideline family on its own, everything else through Django.

`vaern guideline …` must work in an editor's folder with no database, no settings and no secret key, and
`vaern evidence verify` in the hands of somebody who has none of them, so they are answered before Django is told which
settings to read.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.management import execute_from_command_line, find_commands

from vaern.bundle import verify
from vaern.ops import guideline

HELP = """\
usage: vaern guideline check|plan|coverage|diff|schema …   work on guideline packs (needs no settings, no database)
       vaern evidence verify BUNDLE                         check a bundle of evidence (needs nothing at all)
       vaern COMMAND …                                      run a command of the installation, listed below

See "vaern guideline --help" and "vaern help COMMAND".
"""


def main(argv: Sequence[str] | None = None) -> None:
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments[:1] == ["guideline"]:
        sys.exit(guideline.run(arguments[1:]))
    if arguments[:2] == ["evidence", "verify"]:
        sys.exit(verify.main(arguments[2:], prog="vaern evidence verify"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vaern.config.settings")
    wanted_help = not arguments or arguments in (["--help"], ["-h"], ["help"])
    if wanted_help:
        print(HELP, flush=True)
        arguments = ["help"]
    if refusal := _settings_refusal():
        print(f"vaern: the settings cannot be read: {refusal}", file=sys.stderr)
        sys.exit(0 if wanted_help else 1)
    execute_from_command_line(["vaern", *_joined(arguments)])


def _joined(arguments: list[str]) -> list[str]:
    """`vaern journal verify` runs the management command `journal_verify`; anything else stays as it was written."""
    name = "_".join(arguments[:2])
    ours = find_commands(str(Path(__file__).parent / "management"))
    return [name, *arguments[2:]] if len(arguments) > 1 and name in ours else arguments


def _settings_refusal() -> str:
    """Why the installation cannot start, as the sentence its settings raise; "" when they are well.

    Any exception is taken, since what they raise is defined above this floor and a reader of the command line
    is helped by the sentence, not by the way it came.
    """
    try:
        settings.INSTALLED_APPS  # noqa: B018 - the first access reads the settings
    except Exception as wrong:
        return str(wrong) or type(wrong).__name__
    return ""


if __name__ == "__main__":
    main()
