"""Real files of every kind that is taken in, made here, and hostile ones that are not."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from io import BytesIO
from random import Random

import pillow_heif
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import ExifTags, Image, ImageDraw

from tests.evidence.ole import message

pillow_heif.register_heif_opener()
POST = "Jeg ved, hvor du bor, og hvornår du har fri."
GPS = (57.0488, 9.9217)


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def made(data: bytes | Callable[[], bytes]) -> bytes:
    """What takes long to make is made by the test that wants it, and not in every process that reads this."""
    return data() if callable(data) else data


def screenshot(width: int = 1080, height: int = 2280, text: str = POST) -> Image.Image:
    """A post as a phone shows it."""
    picture = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, width, height // 20), fill="#1877f2")
    draw.ellipse((40, height // 12, 160, height // 12 + 120), fill="#888888")
    draw.text((200, height // 10), text, fill="black", font_size=44)
    return picture


def photo(width: int = 1600, height: int = 1200, seed: int = 1) -> Image.Image:
    """Something with colours and edges, as a camera sees it."""
    random = Random(seed)
    picture = Image.new("RGB", (width, height), "#203040")
    draw = ImageDraw.Draw(picture)
    for _ in range(120):
        x, y, size = random.randrange(width), random.randrange(height), random.randrange(20, 300)
        draw.ellipse((x, y, x + size, y + size), fill=tuple(random.randrange(256) for _ in range(3)))
    return picture


def encoded(picture: Image.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def exif(*, zone: str | None = "+01:00", orientation: int = 6) -> Image.Exif:
    """What a phone writes: make, time, place, and that the picture lies on its side."""
    tags = Image.Exif()
    tags[ExifTags.Base.Make] = "Opdigtet Telefon"
    tags[ExifTags.Base.Orientation] = orientation
    inner = tags.get_ifd(ExifTags.IFD.Exif)
    inner[ExifTags.Base.DateTimeOriginal] = "2026:11:20 21:14:05"
    if zone:
        inner[ExifTags.Base.OffsetTimeOriginal] = zone
    place = tags.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSLatitudeRef], place[ExifTags.GPS.GPSLatitude] = "N", (57.0, 2.0, 55.68)
    place[ExifTags.GPS.GPSLongitudeRef], place[ExifTags.GPS.GPSLongitude] = "E", (9.0, 55.0, 18.12)
    return tags


@cache
def png() -> bytes:
    return encoded(screenshot(), "PNG")


@cache
def jpeg(**options: object) -> bytes:
    return encoded(photo(), "JPEG", exif=exif(**options))  # type: ignore[arg-type]


@cache
def heic() -> bytes:
    return encoded(photo(800, 600), "HEIF", quality=50)


@cache
def gif() -> bytes:
    return encoded(photo(200, 200), "GIF", save_all=True, append_images=[photo(200, 200, seed=2)], duration=200)


@cache
def webp() -> bytes:
    return encoded(photo(400, 300), "WEBP")


@cache
def pdf() -> bytes:
    """One page with a line of text, its cross references right."""
    stream = b"BT /F1 24 Tf 72 720 Td (Opslag gemt som PDF) Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    return out + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        table,
        start,
    )


def package(parts: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return out.getvalue()


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def word_parts(main: str = WORD) -> dict[str, bytes]:
    types = (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    )
    body = '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    return {
        "[Content_Types].xml": types.encode(),
        "_rels/.rels": b'<?xml version="1.0"?><Relationships/>',
        "word/document.xml": (body + f"<w:body><w:p><w:r><w:t>{POST}</w:t></w:r></w:p></w:body></w:document>").encode(),
    }


def docx() -> bytes:
    return package(word_parts())


def eml() -> bytes:
    return (
        "Received: from mail.example.dk by post.example.dk; Fri, 20 Nov 2026 21:20:00 +0100\r\n"
        "From: Vred Borger <vred@example.dk>\r\nTo: anna@example.dk\r\nSubject: =?utf-8?q?Du_skal_passe_p=C3=A5?=\r\n"
        "Date: Fri, 20 Nov 2026 21:19:58 +0100\r\nMessage-ID: <1@example.dk>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/alternative; boundary="b"\r\n\r\n'
        f"--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{POST}\r\n"
        "--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<script>alert(1)</script>\r\n--b--\r\n"
    ).encode()


def mhtml() -> bytes:
    return (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/opslag/1\r\nSubject: Opslag\r\n"
        "Date: Fri, 20 Nov 2026 20:19:58 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----Bound--1"\r\n\r\n\r\n'
        "------Bound--1\r\nContent-Type: text/html\r\nContent-Location: https://example.org/opslag/1\r\n\r\n"
        f"<!DOCTYPE html><html><body><svg></svg>{POST}</body></html>\r\n------Bound--1--\r\n"
    ).encode()


def html() -> bytes:
    return f"<!-- gemt -->\n<!DOCTYPE html><html><body><svg></svg><p>{POST}</p></body></html>\n".encode()


def box(kind: bytes, content: bytes = b"") -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind) + content


def film(brand: bytes = b"isom", *, parts: tuple[bytes, ...] = (b"moov", b"mdat")) -> bytes:
    inside = {b"moov": box(b"mvhd", b"\x00" * 100), b"mdat": b"\x00" * 2000, b"free": b""}
    return box(b"ftyp", brand + b"\x00\x00\x02\x00" + brand) + b"".join(box(part, inside[part]) for part in parts)


def msg() -> bytes:
    return message("Trussel", POST)


GOOD: dict[str, tuple[str, bytes]] = {
    "png": ("skærmbillede.png", png()),
    "jpeg": ("foto.jpg", jpeg()),
    "heic": ("IMG_0001.HEIC", heic()),
    "gif": ("svar.gif", gif()),
    "webp": ("billede.webp", webp()),
    "pdf": ("opslag.pdf", pdf()),
    "docx": ("samlet.docx", docx()),
    "eml": ("mail.eml", eml()),
    "msg": ("mail.msg", msg()),
    "mp4": ("video.mp4", film()),
    "mov": ("video.MOV", film(b"qt  ", parts=(b"free", b"mdat", b"moov"))),
    "txt": ("noter.txt", f"Fredag aften: {POST}\r\n".encode()),
    "html": ("side.html", html()),
    "mhtml": ("side.mhtml", mhtml()),
}


def huge_png(width: int = 60_000, height: int = 60_000) -> bytes:
    """A valid start of 3.6 billion pixels in a few bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    lines = zlib.compress(b"\x00" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


@cache
def zip_bomb() -> bytes:
    return package({**word_parts(), "word/media/nul.bin": b"\x00" * (60 * 1024 * 1024)})


@cache
def many_parts() -> bytes:
    return package({**word_parts(), **{f"word/{n}.xml": b"" for n in range(5001)}})


@cache
def lying_zip_bomb() -> bytes:
    """The same, but both headers say that the large part unpacks to ten bytes."""
    data = bytearray(zip_bomb())
    claimed = struct.pack("<I", 60 * 1024 * 1024)
    while (place := data.find(claimed)) >= 0:
        data[place : place + 4] = struct.pack("<I", 10)
    return bytes(data)


PE = b"MZ\x90\x00" + b"\x00" * 56 + struct.pack("<I", 128) + b"\x00" * 64 + b"PE\x00\x00\x64\x86" + b"\x00" * 400
ELF = b"\x7fELF\x02\x01\x01" + b"\x00" * 9 + struct.pack("<HHI", 2, 62, 1) + b"\x00" * 200
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
_MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"

# name, bytes, code of the refusal
HOSTILE: tuple[tuple[str, bytes | Callable[[], bytes], str], ...] = (
    ("tom.png", b"", "empty"),
    ("tom.txt", b"", "empty"),
    ("halvt.png", png()[:3000], "broken"),
    ("vendt.png", png()[:2000] + b"\x00" + png()[2001:], "broken"),
    ("halvt.jpg", jpeg()[: len(jpeg()) // 2], "broken"),
    ("halvt.heic", heic()[: len(heic()) // 2], "broken"),
    ("halvt.gif", gif()[:600], "broken"),
    ("halvt.webp", webp()[: len(webp()) // 2], "broken"),
    ("kun hoved.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 200, "broken"),
    ("kæmpe.png", huge_png(), "too_many_pixels"),
    ("halv.pdf", pdf()[:300], "broken"),
    ("falsk.pdf", b"%PDF-1.7 intet andet", "broken"),
    ("billede.png", PE, "disguised"),
    ("program.exe", PE, "program"),
    ("mail.eml", ELF, "disguised"),
    ("script.sh", b"#!/bin/sh\nrm -rf ~\n", "program"),
    ("script.txt", b"#!/bin/bash\necho hej\n", "disguised"),
    ("tegning.svg", SVG, "svg"),
    ("tegning.png", b'<?xml version="1.0"?>\n<!-- x -->\n' + SVG, "svg"),
    ("tegning.html", SVG + b"<html></html>", "svg"),
    ("pakke.zip", package({"a.txt": b"hej"}), "archive"),
    ("pakke.docx", package({"a.txt": b"hej"}), "disguised"),
    ("makro.docm", package(word_parts(_MACRO)), "macros"),
    ("makro.docx", package({**word_parts(), "word/vbaProject.bin": b"x"}), "macros"),
    ("regneark.xlsx", package({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<w/>"}), "unknown_kind"),
    ("ud.docx", package({**word_parts(), "../../etc/passwd": b"x"}), "broken"),
    ("ud2.docx", package({**word_parts(), "/etc/cron.d/x": b"x"}), "broken"),
    ("bombe.docx", zip_bomb, "bomb"),
    ("løgn.docx", lying_zip_bomb, "broken"),
    ("mange.docx", many_parts, "bomb"),
    ("halv.docx", docx()[:400], "broken"),
    ("gammel.doc", message("x", "y", kind="Word.Document.8"), "unknown_kind"),
    ("halv.msg", msg()[:1024], "broken"),
    ("halv.mp4", film()[:900], "broken"),
    ("uden film.mp4", film(parts=(b"free", b"mdat")), "broken"),
    ("lyd.m4a", film(b"M4A "), "unknown_kind"),
    ("billede.avif", film(b"avif"), "unknown_kind"),
    ("nul.txt", b"hej\x00med dig", "disguised"),
    ("tilfældigt.bin", Random(5).randbytes(5000), "unknown_kind"),
    ("halv.mhtml", mhtml()[:-30], "broken"),
    ("data.xml", b'<?xml version="1.0"?><data>1</data>', "unknown_kind"),
)
