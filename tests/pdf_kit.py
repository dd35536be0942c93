"""What others say of a PDF of ours: veraPDF where it is installed, and a line in the summary of the run where not."""

from __future__ import annotations

import subprocess
import warnings
from pathlib import Path
from shutil import which


class NotInstalled(UserWarning):
    """A program that would check more is missing; what is checked without it is said."""


def verapdf_agrees(path: Path, *flavours: str) -> None:
    """Fails with veraPDF's own words when the file is not of one of these ("3a", "ua1")."""
    program = which("verapdf")
    if program is None:
        warnings.warn(
            NotInstalled("veraPDF is not installed: PDF/A was looked at by its structure alone"), stacklevel=2
        )
        return
    for flavour in flavours:
        done = subprocess.run([program, "--flavour", flavour, "--format", "text", path], capture_output=True, text=True)
        assert done.stdout.startswith("PASS"), f"{flavour}: {done.stdout}{done.stderr}"
