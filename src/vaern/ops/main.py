"""The console command `vaern`: the guideline family on its own, everything else through Django.

`vaern guideline …` must work in an editor's folder with no database, no settings and no secret key, so it is
answered before Django is told which settings to read.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from django.core.management import execute_from_command_line

from vaern.ops import guideline

HELP = """\
usage: vaern guideline check|plan|coverage|diff|schema …   work on guideline packs (needs no settings, no database)
       vaern COMMAND …                                      run a command of the installation, listed below

See "vaern guideline --help" and "vaern help COMMAND".
"""


def main(argv: Sequence[str] | None = None) -> None:
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments[:1] == ["guideline"]:
        sys.exit(guideline.run(arguments[1:]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vaern.config.settings")
    if not arguments or arguments in (["--help"], ["-h"], ["help"]):
        print(HELP, flush=True)
        arguments = ["help"]
    execute_from_command_line(["vaern", *arguments])


if __name__ == "__main__":
    main()
