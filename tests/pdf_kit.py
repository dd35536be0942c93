"""What others say of a PDF of ours: veraPDF where it is installed, and a line in the summary of the run where not."""

from __future__ import annotations

import io
import subprocess
import warnings
from pathlib import Path
from shutil import which

import pikepdf


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


def is_pdf_a(data: bytes, path: Path, *, title: str, tags: set[str]) -> None:
    """The structure that ISO 19005-3 level A and ISO 14289-1 ask for: language, tags, title, output intent, fonts, XMP;
    qpdf finds nothing wrong, nor veraPDF where it is installed. The file is written to `path` for them."""
    path.write_bytes(data)
    subprocess.run(["qpdf", "--check", path], check=True, capture_output=True)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        with pdf.open_metadata() as told:
            assert (told["pdfaid:part"], told["pdfaid:conformance"], told["pdfuaid:part"]) == ("3", "A", "1")
            assert told["dc:title"] == title
        root = pdf.Root
        assert (root.Lang, root.MarkInfo.Marked, root.ViewerPreferences.DisplayDocTitle) == ("da", True, True)
        assert root.OutputIntents[0].S == "/GTS_PDFA1"
        assert not {"/AA", "/OpenAction"} & set(root.keys())
        parts = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary)]
        assert tags <= {str(one.S) for one in parts if "/S" in one and "/P" in one}
        fonts = [one for one in parts if one.get("/Type") == "/FontDescriptor"]
        assert fonts
        assert all({"/FontFile2", "/FontFile3"} & set(one.keys()) for one in fonts)
    verapdf_agrees(path, "3a", "ua1")
