"""PDF, Word, Outlook and video: opened as far as it takes to know that they are whole and what they say they are.

Each check answers with the code of a refusal, or "" (or the kind) when it found nothing wrong.
"""

from __future__ import annotations

import zipfile
import zlib

import olefile
import oxmsg

from vaern.evidence.facts import Upload

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PARTS_MAX = 5000
_UNPACKED_MAX = 500 * 1024 * 1024
_GROWTH_MAX = 150
_GROWTH_FREE = 20 * 1024 * 1024
_CHUNK = 256 * 1024
# First boxes of an MP4 or MOV. Older cameras write no `ftyp`.
_FIRST_BOXES = (b"ftyp", b"moov", b"mdat", b"wide", b"skip", b"free")
_MP4_BRANDS = frozenset(
    ["isom", "iso2", "iso3", "iso4", "iso5", "iso6", "iso8", "mp41", "mp42", "avc1", "dash", "MSNV", "M4V ", "f4v "]
)


def check_pdf(file: Upload, size: int) -> str:
    """Header first, and the end that a reader looks for: a truncated file lacks it."""
    file.seek(0)
    header = file.read(1024)
    file.seek(max(0, size - 4096))
    tail = file.read(4096)
    end = tail.rfind(b"%%EOF")
    whole = b"%PDF-" in header and end >= 0 and b"startxref" in tail[:end]
    return "" if whole else "broken"


def check_docx(file: Upload, size: int) -> str:
    """A ZIP with the two parts every Word document has, no macros, no path out of it, and no bomb."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as package:  # type: ignore[arg-type]
            return _check_parts(package) or _unpack(package, size)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
        return "broken"


def _check_parts(package: zipfile.ZipFile) -> str:
    parts = package.infolist()
    names = {part.filename for part in parts}
    if len(parts) > _PARTS_MAX or len(names) != len(parts):
        return "bomb"
    if "[Content_Types].xml" not in names:
        return "archive"
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return "macros"
    if any(name.startswith("/") or "\\" in name or ".." in name.split("/") or ":" in name for name in names):
        return "broken"
    if "word/document.xml" not in names:
        return "unknown_kind"
    if package.getinfo("[Content_Types].xml").file_size > _GROWTH_FREE:
        return "bomb"
    return "macros" if b"macroEnabled" in package.read("[Content_Types].xml") else ""


def _unpack(package: zipfile.ZipFile, size: int) -> str:
    """Unpacks every part into nothing, counting: what the headers say of sizes is the author's word only."""
    most = min(_UNPACKED_MAX, _GROWTH_FREE + size * _GROWTH_MAX)
    if sum(part.file_size for part in package.infolist()) > most:
        return "bomb"
    total = 0
    for part in package.infolist():
        with package.open(part) as opened:
            while chunk := opened.read(_CHUNK):
                total += len(chunk)
                if total > most:
                    return "bomb"
    return ""


def check_msg(file: Upload, size: int) -> str:
    """An Outlook message: an OLE file with a property stream and a message class. Other OLE files are old Office."""
    file.seek(0)
    try:
        with olefile.OleFileIO(file) as storage:
            if not storage.exists("__properties_version1.0"):
                return "unknown_kind"
            # Streams may share sectors: a small file could claim to hold many times itself.
            if sum(storage.get_size(path) for path in storage.listdir()) > 2 * size:
                return "bomb"
        file.seek(0)
        kind = oxmsg.Message.load(file).message_class  # type: ignore[arg-type]
    except (OSError, ValueError, KeyError, IndexError, AttributeError, TypeError, RecursionError, UnicodeError):
        return "broken"
    return "" if kind.upper().startswith(("IPM.", "REPORT.")) else "unknown_kind"


def looks_like_boxes(head: bytes) -> bool:
    return head[4:8] in _FIRST_BOXES


def check_boxes(file: Upload, size: int) -> str:
    """Walks the outermost boxes from the first byte to the last: "mp4", "mov", or the code of a refusal."""
    place, kind = 0, "mov"
    seen: set[bytes] = set()
    while place < size:
        box, length = _box(file, place, size)
        if length < 8 or place + length > size:
            return "broken"
        if place == 0 and box == b"ftyp":
            kind = _brand(file)
        seen.add(box)
        place += length
    if not kind:
        return "unknown_kind"
    return kind if {b"moov", b"mdat"} <= seen else "broken"


def _box(file: Upload, place: int, size: int) -> tuple[bytes, int]:
    """Type and length of the box at `place`; a length of 0 in the file means "to the end", 1 means a longer number."""
    file.seek(place)
    header = file.read(16)
    length = int.from_bytes(header[:4], "big")
    if length == 1:
        length = int.from_bytes(header[8:16], "big")
    return header[4:8], size - place if length == 0 else length


def _brand(file: Upload) -> str:
    """The kind by its major brand; "" for one that is no film (sound alone, a picture of a kind not taken in)."""
    file.seek(8)
    brand = file.read(4).decode("latin-1")
    return "mov" if brand == "qt  " else "mp4" if brand in _MP4_BRANDS else ""
