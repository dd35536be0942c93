"""Makes a thumbnail, a still or a text of a file, with programs that are shut in. Knows no database."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from platform import python_version
from tempfile import TemporaryFile
from typing import IO

from vaern.evidence.derive import sandbox
from vaern.evidence.derive.plan import PICTURES
from vaern.evidence.derive.sandbox import FILE, NotRun
from vaern.evidence.derive.words import TEXT_MAX, tidy

_PAGES_MAX = "100"
_PAGE = ["pdftoppm", "-f", "1", "-l", "1", "-singlefile", "-scale-to"]
# Only this one file and this one format: a film can name other files to be read as its parts.
_FILM = ["ffmpeg", "-v", "error", "-nostdin", "-f", "mov", "-protocol_whitelist", "file", "-threads", "1"]
_FRAME = ["-an", "-sn", "-dn", "-frames:v", "1", "-vf", "scale='min(1600,iw)':-2", "-f", "image2pipe", "-c:v", "png"]


@dataclass(frozen=True, slots=True)
class Made:
    """`data` is empty when there was nothing to make; `tool` is what made it, with versions."""

    data: bytes
    tool: str
    look: str = ""
    blurred: bytes | None = None


def make(what: str, kind: str, file: IO[bytes], pixels_max: int) -> Made:
    """`what` is thumb, still or text, `kind` that of the file. `NotRun` says why it could not be made."""
    if what == "text":
        return _text(kind, file, pixels_max)
    return {"pdf": _first_page, "mp4": _still, "mov": _still}.get(kind, _thumb)(kind, file, pixels_max)


def _thumb(kind: str, file: IO[bytes], pixels_max: int) -> Made:
    out = sandbox.run(sandbox.python("picture", FILE, kind, str(pixels_max)), file)
    about, _, data = out.partition(b"\n")
    try:
        said = json.loads(about)
        look = f"{int.from_bytes(bytes.fromhex(said['look'])):032x}"
        return Made(data, _pillow(), look[-32:], base64.b64decode(said["blurred"])[:2048])
    except (ValueError, KeyError, TypeError) as error:
        # The child opened a stranger's file: what it says is not believed either.
        raise NotRun("broken") from error


def _first_page(kind: str, file: IO[bytes], pixels_max: int) -> Made:
    picture = sandbox.run([*_PAGE, "1600", "-png", FILE], file)
    return _again(picture, pixels_max, _poppler())


def _still(kind: str, file: IO[bytes], pixels_max: int) -> Made:
    """A second into the film, since many begin in black; its first picture where it is shorter."""
    picture = b""
    for before in (["-ss", "1"], []):
        picture = picture or sandbox.run([*_FILM, *before, "-i", FILE, *_FRAME, "pipe:1"], file)
    if not picture:
        raise NotRun("broken")
    return _again(picture, pixels_max, _ffmpeg())


def _again(picture: bytes, pixels_max: int, tool: str) -> Made:
    with _as_file(picture) as file:
        made = _thumb("png", file, pixels_max)
    return Made(made.data, f"{tool}, {made.tool}", made.look, made.blurred)


def _text(kind: str, file: IO[bytes], pixels_max: int) -> Made:
    if kind in PICTURES:
        with _as_file(sandbox.run(sandbox.python("page", FILE, kind, str(pixels_max)), file, _LARGE)) as page:
            return _read(page)
    if kind == "pdf":
        return _text_of_pdf(file)
    said = sandbox.run(sandbox.python("text", FILE, kind), file)
    return Made(said, f"Værn, Python {python_version()}")


def _text_of_pdf(file: IO[bytes]) -> Made:
    """The words in it; of a scanned one, those that can be read off its first page."""
    said = _clean(sandbox.run(["pdftotext", "-l", _PAGES_MAX, "-enc", "UTF-8", FILE, "-"], file))
    if said:
        return Made(said, _poppler())
    with _as_file(sandbox.run([*_PAGE, "3200", "-gray", FILE], file, _LARGE)) as page:
        read = _read(page)
    return Made(read.data, f"{_poppler()}, {read.tool}")


def _read(page: IO[bytes]) -> Made:
    said = sandbox.run(["tesseract", FILE, "stdout", "-l", "dan"], page)
    return Made(_clean(said), _tesseract())


def _clean(said: bytes) -> bytes:
    return tidy(said.decode("utf-8", "replace"))[:TEXT_MAX].encode()


@contextmanager
def _as_file(data: bytes) -> Iterator[IO[bytes]]:
    with TemporaryFile() as file:
        file.write(data)
        file.flush()
        yield file


_LARGE = sandbox.Bounds(output=128 * 1024 * 1024)


def _first_line(command: list[str]) -> Callable[[], str]:
    @cache
    def said() -> str:
        line = sandbox.run(command).decode("utf-8", "replace").partition("\n")[0]
        return " ".join(line.split()[:3]).removesuffix(" Copyright")[:40]

    return said


_tesseract = _first_line(["tesseract", "--version"])
_ffmpeg = _first_line(["ffmpeg", "-version"])


def _poppler() -> str:
    """Its programs say their version among their complaints, which are thrown away: the name must do."""
    return "Poppler"


@cache
def _pillow() -> str:
    return f"Pillow {version('Pillow')}, pillow-heif {version('pillow-heif')}"
