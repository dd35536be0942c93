"""Pictures: really decoded to be judged, and never sent back as they came - what is shown is encoded anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import IO

import dhash
import pillow_heif
from PIL import ExifTags, Image, ImageFilter, ImageOps

from vaern.core.refusal import Refusal
from vaern.evidence.facts import Judged, Kind, Limits
from vaern.evidence.rules import BLURRED_MAX, PREVIEW_SIDE, READING_SIDE, refuse

pillow_heif.register_heif_opener()
# The library's own limit is a fixed number; ours is a setting, and is asked before anything is decoded.
Image.MAX_IMAGE_PIXELS = None

_FORMATS = {"png": "PNG", "jpeg": "JPEG", "heic": "HEIF", "webp": "WEBP", "gif": "GIF"}
# What decoders raise on broken input is not one family; MemoryError and KeyboardInterrupt must pass.
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, RuntimeError, AttributeError)


class Undecodable(Exception):
    """The bytes are no picture of the kind they say, or end too early."""


def judge(file: IO[bytes], kind: Kind, name: str, limits: Limits) -> Judged | Refusal:
    """Decodes the whole first picture. `file` is seekable; its position is lost."""
    try:
        if kind.id == "png":
            with _opened(file, kind) as picture:
                picture.verify()  # checks the sums that decoding alone passes over
        if kind.id == "gif":
            _walk_gif(file)
        with _opened(file, kind) as picture:
            width, height = picture.size
            if width * height > limits.pixels_max:
                return _too_many(name, width * height, limits)
            taken = _taken_at(picture)
            small = _reduced(picture, 64)
    except Undecodable:
        return refuse("broken", name)
    return Judged(kind, width, height, _blurred(small), taken)


def preview(file: IO[bytes], kind: Kind) -> bytes:
    """A JPEG of at most 1600 pixels a side, turned upright, with nothing of the original's metadata or tail."""
    with _opened(file, kind) as picture:
        return _jpeg(_reduced(picture, PREVIEW_SIDE))


def _jpeg(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class Derived:
    """`shown`: the preview; `blurred`: a JPEG of at most 2 kB; `look`: 32 hexadecimal digits that hardly change when a
    picture is saved again, made smaller or encoded otherwise."""

    shown: bytes
    blurred: bytes
    look: str


def derive(file: IO[bytes], kind: Kind, pixels_max: int) -> Derived:
    """All that is made of a picture, from one decoding. Runs shut in."""
    with _opened(file, kind) as picture:
        _refuse_huge(picture, pixels_max)
        bare = _reduced(picture, PREVIEW_SIDE)
    look = dhash.format_hex(*dhash.dhash_row_col(bare, size=8), size=8)
    return Derived(_jpeg(bare), _blurred(bare), look)


def for_reading(file: IO[bytes], kind: Kind, pixels_max: int) -> bytes:
    """A PNG in grey, upright, small ones enlarged: what a text engine reads best."""
    with _opened(file, kind) as picture:
        _refuse_huge(picture, pixels_max)
        grey = _reduced(picture, READING_SIDE).convert("L")
    if max(grey.size) < READING_SIDE // 2:
        grey = grey.resize((grey.width * 2, grey.height * 2), Image.Resampling.LANCZOS)
    out = BytesIO()
    grey.save(out, "PNG", compress_level=1)
    return out.getvalue()


def _refuse_huge(picture: Image.Image, pixels_max: int) -> None:
    if picture.width * picture.height > pixels_max:
        raise Undecodable


def full(file: IO[bytes], kind: Kind) -> Image.Image:
    """The whole first picture, upright, on white, with nothing that came along with it."""
    with _opened(file, kind) as picture:
        picture.load()
        return _bare(picture)


def _too_many(name: str, pixels: int, limits: Limits) -> Refusal:
    million = 1_000_000
    return refuse("too_many_pixels", name, pixels=str(-(-pixels // million)), most=str(limits.pixels_max // million))


def _walk_gif(file: IO[bytes]) -> None:
    """Steps over every block to the end mark: only the first picture is decoded, the cut may come later."""
    file.seek(6)
    screen = file.read(7)
    _skip_colours(file, screen[4:5])
    while (mark := file.read(1)) != b";":
        if mark == b",":
            _skip_colours(file, file.read(9)[8:9])
        elif mark != b"!":
            raise Undecodable
        file.read(1)  # the size of a code, or the label of an extension
        while length := file.read(1):
            if length == b"\x00":
                break
            file.seek(length[0], 1)


def _skip_colours(file: IO[bytes], flags: bytes) -> None:
    """A table of colours of 2 to 256 entries of three bytes follows when the first bit says so."""
    if flags and flags[0] & 0x80:
        file.seek(3 << ((flags[0] & 7) + 1), 1)


@contextmanager
def _opened(file: IO[bytes], kind: Kind) -> Iterator[Image.Image]:
    file.seek(0)
    try:
        with Image.open(file, formats=[_FORMATS[kind.id]]) as picture:
            yield picture
    except _BROKEN as error:
        raise Undecodable from error


def _reduced(picture: Image.Image, side: int) -> Image.Image:
    """Decoded, upright, on white, no larger than `side`. A JPEG is decoded small at once, which saves its memory."""
    picture.draft("RGB", (side, side))
    picture.load()
    picture.thumbnail((side, side), Image.Resampling.BOX if side < 100 else Image.Resampling.LANCZOS)
    return _bare(picture)


def _bare(picture: Image.Image) -> Image.Image:
    upright = ImageOps.exif_transpose(picture)
    if upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info:
        upright = upright.convert("RGBA")
        upright = Image.alpha_composite(Image.new("RGBA", upright.size, "white"), upright)
    # A new picture, because `save` would take along what came with the old one.
    bare = Image.new("RGB", upright.size)
    bare.paste(upright.convert("RGB"))
    return bare


def _blurred(small: Image.Image) -> bytes:
    """Six by six fields of colour, spread out: enough to tell two pictures apart, too little to see what they show."""
    fields = small.resize((6, 6), Image.Resampling.BOX)
    soft = fields.resize((96, 96), Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(6))
    out = BytesIO()
    soft.save(out, "JPEG", quality=50)
    assert len(out.getvalue()) <= BLURRED_MAX
    return out.getvalue()


def _taken_at(picture: Image.Image) -> datetime | None:
    """When the camera says it was taken; None unless it names the time zone too, because a guess is no evidence."""
    try:
        tags = picture.getexif().get_ifd(ExifTags.IFD.Exif)
        text = f"{tags[ExifTags.Base.DateTimeOriginal]}{tags[ExifTags.Base.OffsetTimeOriginal]}"
        return datetime.strptime(text.replace("\x00", "").strip(), "%Y:%m:%d %H:%M:%S%z")
    except _BROKEN:
        return None
