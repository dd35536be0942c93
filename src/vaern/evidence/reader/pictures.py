"""Pictures: what the camera or the program wrote beside the picture (EXIF, PNG's texts). Nothing is decoded."""

from __future__ import annotations

from typing import IO, Any

import pillow_heif
from PIL import ExifTags, Image

from vaern.evidence.facts import Found
from vaern.evidence.reader.words import moment, short

pillow_heif.register_heif_opener()
_FORMATS = ["PNG", "JPEG", "HEIF", "WEBP", "GIF"]


def read(file: IO[bytes]) -> Found:
    with Image.open(file, formats=_FORMATS) as picture:
        tags = picture.getexif()
        inner = tags.get_ifd(ExifTags.IFD.Exif)
        texts = {str(key).lower(): value for key, value in picture.info.items() if isinstance(value, str)}
        return Found(
            taken_at=_taken(inner) or moment(texts.get("creation time", "")),
            device=_device(tags),
            program=short(tags.get(ExifTags.Base.Software, "") or texts.get("software", "")),
            place=_place(tags),
            changed_at=_zoned(tags.get(ExifTags.Base.DateTime, ""), inner.get(ExifTags.Base.OffsetTime, "")),
        )


def _taken(inner: dict[int, Any]) -> str:
    """When the picture was taken; a clock without a zone stays one, because a guess is no evidence."""
    return _zoned(inner.get(ExifTags.Base.DateTimeOriginal, ""), inner.get(ExifTags.Base.OffsetTimeOriginal, ""))


def _zoned(at: object, zone: object) -> str:
    return moment(f"{_clean(at)}{_clean(zone)}") or moment(_clean(at))


def _clean(text: object) -> str:
    return str(text).replace("\x00", "").strip()[:40]


def _device(tags: Image.Exif) -> str:
    make, model = (short(tags.get(tag, "")) for tag in (ExifTags.Base.Make, ExifTags.Base.Model))
    return model if make and model.lower().startswith(make.lower()) else f"{make} {model}".strip()


def _place(tags: Image.Exif) -> str:
    try:
        found = tags.get_ifd(ExifTags.IFD.GPSInfo)
        north = _degrees(found[ExifTags.GPS.GPSLatitude], found[ExifTags.GPS.GPSLatitudeRef], "S")
        east = _degrees(found[ExifTags.GPS.GPSLongitude], found[ExifTags.GPS.GPSLongitudeRef], "W")
    except (KeyError, ValueError, TypeError, ZeroDivisionError, IndexError):
        return ""
    return f"{north:.5f}, {east:.5f}" if abs(north) <= 90 and abs(east) <= 180 else ""


def _degrees(parts: Any, side: Any, minus: str) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    turned = -1 if _clean(side).upper() == minus else 1
    return turned * (degrees + minutes / 60 + seconds / 3600)
