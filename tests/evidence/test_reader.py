"""What each kind of file says of itself, and that no broken or hostile one costs more than its silence."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image, PngImagePlugin

from tests.evidence import files
from tests.evidence.files import GOOD, HOSTILE, box, made
from tests.evidence.ole import ole
from vaern.evidence.facts import Found
from vaern.evidence.reader import read
from vaern.evidence.reader.words import LONGEST, moment, short
from vaern.evidence.rules import KINDS

NOTHING = Found()


def of(kind: str, data: bytes) -> Found:
    return read(BytesIO(data), KINDS[kind])


# --- pictures ------------------------------------------------------------------------------------------------


def test_a_photo_says_when_where_and_with_what() -> None:
    found = of("jpeg", files.jpeg())
    assert found.taken_at == "2026-11-20T21:14:05+01:00"
    assert found.device == "Opdigtet Telefon"
    assert found.place == "57.04880, 9.92170"


def test_a_clock_without_a_zone_stays_one() -> None:
    assert of("jpeg", files.jpeg(zone=None)).taken_at == "2026-11-20T21:14:05"


def test_a_phones_heic_is_read_as_a_jpeg_is() -> None:
    data = files.encoded(files.photo(80, 60), "HEIF", exif=files.exif().tobytes())
    assert of("heic", data).taken_at == "2026-11-20T21:14:05+01:00"


def test_a_png_says_what_its_texts_say() -> None:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Software", "Skærmklip 4.2")
    texts.add_text("Creation Time", "2026:11:20 20:00:01")
    found = of("png", files.encoded(files.photo(8, 8), "PNG", pnginfo=texts))
    assert (found.program, found.taken_at) == ("Skærmklip 4.2", "2026-11-20T20:00:01")


def with_exif(tag: int, value: object, ifd: int | None = None) -> bytes:
    tags = files.exif()
    (tags.get_ifd(ifd) if ifd else tags)[tag] = value
    return files.encoded(files.photo(8, 8), "JPEG", exif=tags)


@pytest.mark.parametrize(
    ("tag", "value", "ifd"),
    [
        (ExifTags.GPS.GPSLatitude, (1e9, 0.0, 0.0), ExifTags.IFD.GPSInfo),
        (ExifTags.GPS.GPSLatitude, (57.0,), ExifTags.IFD.GPSInfo),
        (ExifTags.GPS.GPSLongitudeRef, "", ExifTags.IFD.GPSInfo),
        (ExifTags.Base.DateTimeOriginal, "i går", ExifTags.IFD.Exif),
        (ExifTags.Base.DateTimeOriginal, "2026:99:99 99:99:99", ExifTags.IFD.Exif),
        (ExifTags.Base.OffsetTimeOriginal, "+99:99", ExifTags.IFD.Exif),
        (ExifTags.Base.Make, "x" * 60_000, None),
        (ExifTags.Base.Software, "a\u202eb\nc", None),
    ],
)
def test_exif_that_makes_no_sense_is_passed_over(tag: int, value: object, ifd: int | None) -> None:
    found = of("jpeg", with_exif(tag, value, ifd))
    assert all(len(text) <= LONGEST + 1 for text in (found.device, found.program, found.taken_at, found.place))
    assert "\u202e" not in found.program
    if ifd == ExifTags.IFD.GPSInfo and tag == ExifTags.GPS.GPSLatitude:
        assert found.place == ""


def test_a_picture_with_nothing_beside_it_says_nothing() -> None:
    assert of("png", files.encoded(Image.new("RGB", (2, 2)), "PNG")) == NOTHING


# --- mails ---------------------------------------------------------------------------------------------------


def test_a_mail_says_who_when_and_which_way_it_came() -> None:
    found = of("eml", files.eml())
    assert found.sender == "Vred Borger <vred@example.dk>"
    assert found.subject == "Du skal passe på"
    assert found.sent_at == "2026-11-20T21:19:58+01:00"
    assert found.message_id == "<1@example.dk>"
    assert found.received == ("from mail.example.dk by post.example.dk; Fri, 20 Nov 2026 21:20:00 +0100",)


def test_a_signature_is_named_and_nothing_is_claimed_of_it() -> None:
    signed = b"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed; d=Mail.Example.dk;\r\n s=one; bh=x; b=y\r\n" + files.eml()
    assert of("eml", signed).dkim == ("mail.example.dk",)


@pytest.mark.parametrize(
    "head",
    [
        b"From: =?utf-8?b?!!!?=\r\nDate: i dag\r\n",
        b"From: =?nosuch?q?x?=\r\nDate: Fri, 99 Nov 2026 99:99:99 +9999\r\n",
        b"From: " + b"a" * 100_000 + b"\r\n",
        b"From: \xff\xfe\r\nReceived: \x00\r\n",
        b"Received: x\r\n" * 20_000,
        b"From: a\r\n" + b" folded\r\n" * 20_000,
        b"Date: Fri, 31 Dec 9999 23:59:59 -1200\r\n",
    ],
)
def test_a_head_that_makes_no_sense_is_short_and_without_a_time(head: bytes) -> None:
    found = of("eml", head + b"\r\nDate: Fri, 20 Nov 2026 21:19:58 +0100\r\n")
    assert found.sent_at == "" or found.sent_at.startswith("9999"), "what follows the empty line is no header"
    assert len(found.sender) <= LONGEST
    assert len(found.received) <= 25


def test_an_outlook_message_that_was_received_carries_the_mails_head() -> None:
    head = files.eml().split(b"\r\n\r\n")[0].decode() + "\r\nReceived: from a by b; Fri, 20 Nov 2026 21:18:00 +0100"
    texts = {0x001A: "IPM.Note", 0x0037: "Trussel", 0x007D: head}
    wide = {tag: text.encode("utf-16-le") for tag, text in texts.items()}
    records = b"".join(struct.pack("<HHIII", 0x001F, tag, 6, len(data) + 2, 0) for tag, data in sorted(wide.items()))
    data = ole(
        {"__properties_version1.0": b"\x00" * 32 + records, **{f"__substg1.0_{t:04X}001F": d for t, d in wide.items()}}
    )
    found = of("msg", data)
    assert (found.sender, found.sent_at) == ("Vred Borger <vred@example.dk>", "2026-11-20T21:19:58+01:00")
    assert len(found.received) == 2


def test_an_outlook_message_of_ones_own_has_its_fields() -> None:
    assert of("msg", files.msg()).subject == "Trussel"


# --- saved pages ---------------------------------------------------------------------------------------------


def test_a_saved_page_says_where_it_came_from_and_when() -> None:
    found = of("mhtml", files.mhtml())
    assert (found.url, found.saved_at) == ("https://example.org/opslag/1", "2026-11-20T20:19:58+00:00")
    assert (found.title, found.program) == ("Opslag", "Blink")


SINGLE_FILE = (
    "<!DOCTYPE html> <html lang=da><!--\n Page saved with SingleFile \n url: https://example.org/opslag/1?x=2 \n"
    " saved date: Fri Nov 20 2026 21:19:58 GMT+0100 (Central European Standard Time)\n-->"
    "<meta charset=utf-8><title>Opslag &amp; svar</title>"
)


def test_singlefile_writes_it_in_a_comment() -> None:
    found = of("html", SINGLE_FILE.encode())
    assert (found.url, found.saved_at) == ("https://example.org/opslag/1?x=2", "2026-11-20T21:19:58+01:00")
    assert (found.title, found.program) == ("Opslag & svar", "SingleFile")


def test_a_mark_of_the_web_is_read_too() -> None:
    page = b"<!DOCTYPE html>\n<!-- saved from url=(0029)https://example.org/opslag/1/ -->\n<html></html>"
    assert of("html", page).url == "https://example.org/opslag/1/"


@pytest.mark.parametrize(
    "page",
    [
        SINGLE_FILE.replace("https://", "javascript://"),
        SINGLE_FILE.replace("Nov 20", "Nov 99"),
        "<!-- saved from url=(9)file:///etc/passwd -->",
        "<!--" + " " * 100_000,
        "<title>" * 20_000,
        "<!-- Page saved with SingleFile" + "\n url:" * 20_000,
    ],
)
def test_a_page_that_makes_no_sense_gives_no_false_address(page: str) -> None:
    assert of("html", page.encode()).url in {"", "https://example.org/opslag/1?x=2"}
    assert of("html", page.encode()).saved_at in {"", "2026-11-20T21:19:58+01:00"}


# --- papers --------------------------------------------------------------------------------------------------

INFO = (
    b"6 0 obj\n<</Title (Opslag \\(gemt\\)) /Author <FEFF0041006E006E0061> /Creator (Fjernsyn\\056)\n"
    b"/Producer (Skia/PDF m120)"
    b" /CreationDate (D:20261120212005+01'00') /ModDate (D:20261121080000Z)>>\nendobj\n"
)


def a_pdf(info: bytes = INFO, more: bytes = b"") -> bytes:
    whole = files.pdf().replace(b"trailer<<", info + b"trailer<</Info 6 0 R" + more)
    return whole


def test_a_pdf_says_what_made_it_and_when() -> None:
    found = of("pdf", a_pdf())
    assert (found.title, found.author) == ("Opslag (gemt)", "Anna")
    assert found.program == "Fjernsyn. / Skia/PDF m120"
    assert (found.created_at, found.changed_at) == ("2026-11-20T21:20:05+01:00", "2026-11-21T08:00:00+00:00")


def test_a_pdf_written_by_a_well_known_library_is_read() -> None:
    out = BytesIO()
    with pikepdf.new() as document:
        document.docinfo["/Title"] = "Æblegrød"
        document.docinfo["/CreationDate"] = "D:20261120212005Z"
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    found = of("pdf", out.getvalue())
    assert (found.title, found.created_at) == ("Æblegrød", "2026-11-20T21:20:05+00:00")


@pytest.mark.parametrize(
    "data",
    [
        a_pdf(more=b"/Encrypt 7 0 R"),
        a_pdf(INFO.replace(b"6 0 obj", b"9 0 obj")),
        a_pdf(b"6 0 obj<</Title (" + b"\\" * 100_000 + b">>endobj\n"),
        a_pdf(b"6 0 obj<</Title <" + b"A" * 100_000 + b">>endobj\n"),
        b"%PDF-1.4" + b"/Info 6 0 R" * 50_000,
        files.pdf(),
    ],
)
def test_a_pdf_whose_notes_cannot_be_read_says_nothing(data: bytes) -> None:
    assert of("pdf", data) == NOTHING


CORE = (
    '<?xml version="1.0"?><cp:coreProperties xmlns:dc="d"><dc:title>Mit &amp; dit</dc:title>'
    "<dc:creator>Anna</dc:creator>"
    '<dcterms:created xsi:type="dcterms:W3CDTF">2026-11-20T20:20:00Z</dcterms:created>'
    "<dcterms:modified>2026-11-21T07:00:00Z</dcterms:modified></cp:coreProperties>"
)


def a_docx(core: bytes) -> bytes:
    app = b"<Properties><Application>Skriveprogram</Application></Properties>"
    return files.package({**files.word_parts(), "docProps/core.xml": core, "docProps/app.xml": app})


def test_a_word_document_says_who_and_when() -> None:
    found = of("docx", a_docx(CORE.encode()))
    assert (found.title, found.author, found.program) == ("Mit & dit", "Anna", "Skriveprogram")
    assert (found.created_at, found.changed_at) == ("2026-11-20T20:20:00+00:00", "2026-11-21T07:00:00+00:00")


@pytest.mark.parametrize(
    "core",
    [
        b"\xff\xfe\x00" * 100,
        b"<dc:title>" * 50_000,
        b'<!DOCTYPE x [<!ENTITY a "' + b"A" * 5000 + b'">]><dc:title>&a;&a;</dc:title>',
        b"<dc:title>" + b"x" * 50_000_000 + b"</dc:title>",
    ],
)
def test_properties_that_make_no_sense_are_short(core: bytes) -> None:
    assert len(of("docx", a_docx(core)).title) <= 20


# --- films ---------------------------------------------------------------------------------------------------


def a_film(seconds: int, *, wide: bool = False, notes: Iterable[tuple[bytes, str]] = ()) -> bytes:
    times = struct.pack(">BxxxQQ", 1, seconds, 0) if wide else struct.pack(">BxxxII", 0, seconds, 0)
    texts = b"".join(box(n, struct.pack(">HH", len(t.encode()), 0) + t.encode()) for n, t in notes)
    moov = box(b"moov", box(b"mvhd", times + b"\x00" * 90) + box(b"udta", texts))
    return box(b"ftyp", b"isom\x00\x00\x02\x00isom") + box(b"mdat", b"\x00" * 1000) + moov


MADE = int((datetime(2026, 11, 20, 20, 0, tzinfo=UTC) - datetime(1904, 1, 1, tzinfo=UTC)).total_seconds())


@pytest.mark.parametrize("wide", [False, True])
def test_a_film_says_when_and_with_what_it_was_made(wide: bool) -> None:
    notes = [(b"\xa9mak", "Opdigtet"), (b"\xa9mod", "Telefon 9"), (b"\xa9xyz", "+57.0488+009.9217/")]
    found = of("mp4", a_film(MADE, wide=wide, notes=notes))
    assert (found.taken_at, found.device) == ("2026-11-20T20:00:00+00:00", "Opdigtet Telefon 9")
    assert found.place == "57.04880, 9.92170"


@pytest.mark.parametrize(
    "data",
    [
        a_film(0),
        a_film(2**63, wide=True),
        a_film(0, notes=[(b"\xa9xyz", "+99.0+999.0/")]),
        box(b"moov", struct.pack(">I4s", 2**31, b"mvhd")),
        struct.pack(">I4sQ", 1, b"moov", 2**62),
        struct.pack(">I4s", 0, b"moov"),
        box(b"free") * 5000,
    ],
)
def test_a_film_whose_clock_was_never_set_says_nothing(data: bytes) -> None:
    assert of("mp4", data) == NOTHING


# --- all of them ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", GOOD)
def test_every_kind_that_is_taken_in_can_be_read(kind: str) -> None:
    assert isinstance(of(kind, GOOD[kind][1]), Found)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_hostile_file_is_a_fault_whatever_it_is_taken_for(kind: str) -> None:
    for _, data, _ in HOSTILE:
        assert isinstance(of(kind, made(data)), Found)


@pytest.mark.parametrize("kind", sorted(GOOD))
def test_a_file_that_ends_anywhere_is_no_fault(kind: str) -> None:
    data = GOOD[kind][1]
    for end in range(0, len(data), max(1, len(data) // 40)):
        assert isinstance(of(kind, data[:end]), Found)


@given(st.sampled_from(sorted(GOOD)), st.binary(max_size=400))
def test_no_bytes_are_a_fault(kind: str, data: bytes) -> None:
    assert isinstance(of(kind, GOOD[kind][1][:200] + data), Found)


@given(st.text(max_size=2000))
def test_a_short_text_is_short_and_safe(text: str) -> None:
    made = short(text)
    assert len(made) <= LONGEST
    assert not any(ord(one) < 32 or one in "\u202e\ud800" for one in made)


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("2026:11:20 21:14:05", "2026-11-20T21:14:05"),
        ("D:20261120211405+01'00'", "2026-11-20T21:14:05+01:00"),
        ("2026-11-20T21:14:05.123Z", "2026-11-20T21:14:05+00:00"),
        ("2026-11-20T21:14-03:30", "2026-11-20T21:14:00-03:30"),
        ("2026-11-20", ""),
        ("2026-02-30 10:00:00", ""),
        ("D:2026112021140560", "2026-11-20T21:14:05"),
        ("0000:00:00 00:00:00", ""),
        ("", ""),
    ],
)
def test_times_as_files_write_them(written: str, read_as: str) -> None:
    assert moment(written) == read_as
