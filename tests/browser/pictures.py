"""Three real image files as phones and computers make them."""

from __future__ import annotations

from pathlib import Path

import pillow_heif
from PIL import Image, ImageDraw

_MAKE, _TAKEN = 0x010F, 0x0132


def _drawn(words: str, size: tuple[int, int], colour: str) -> Image.Image:
    picture = Image.new("RGB", size, colour)
    ImageDraw.Draw(picture).text((40, 60), words, fill="black")
    return picture


def three_pictures(folder: Path) -> list[Path]:
    """A PNG screenshot, a JPEG photo with EXIF, a HEIC from a phone."""
    paths = [folder / "skærmbillede.png", folder / "foto.jpg", folder / "IMG_0042.HEIC"]
    _drawn("Et opslag i en gruppe", (1080, 2340), "white").save(paths[0])
    photo = _drawn("Et foto af en skærm", (1600, 1200), "lightgrey")
    exif = photo.getexif()
    exif[_MAKE], exif[_TAKEN] = "Opdigtet kamera", "2026:11:20 21:14:00"
    photo.save(paths[1], "JPEG", exif=exif)
    pillow_heif.from_pillow(_drawn("Et foto fra en telefon", (1200, 1600), "lightblue")).save(paths[2])
    return paths
