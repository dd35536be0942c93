"""What a file is stands in its bytes. What is taken in is whole; what is not gets one clear sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageStat

from tests.evidence import files
from tests.evidence.files import GOOD, HOSTILE, made, upload
from vaern.core.refusal import Refusal
from vaern.evidence import kinds, pictures, rules
from vaern.evidence.facts import Judged, Limits

LIMITS = Limits(file_max=100 * 1024 * 1024, pixels_max=100_000_000, files_max=40)


def judge(name: str, data: bytes, limits: Limits = LIMITS) -> Judged | Refusal:
    return kinds.judge(upload(name, data), limits)


def judged(name: str, data: bytes) -> Judged:
    found = judge(name, data)
    assert isinstance(found, Judged), found
    return found


@pytest.mark.parametrize("kind", GOOD)
def test_every_kind_is_known_by_its_content(kind: str) -> None:
    name, data = GOOD[kind]
    assert judged(name, data).kind.id == kind
    assert judged("uden navn", data).kind.id == kind, "the name does not matter"


def test_the_table_of_good_files_has_every_kind() -> None:
    assert GOOD.keys() == rules.KINDS.keys() - rules.MADE_ONLY


@pytest.mark.parametrize(("name", "data", "code"), HOSTILE, ids=[name for name, _, _ in HOSTILE])
def test_hostile_and_broken_files_are_refused_with_a_sentence(
    name: str, data: bytes | Callable[[], bytes], code: str
) -> None:
    found = judge(name, made(data))
    assert isinstance(found, Refusal), found
    assert (found.code, found.field) == (code, "evidence")
    assert name in found.message % found.params


@pytest.mark.parametrize("kind", ["png", "jpeg", "heic", "gif", "webp", "pdf", "docx", "mp4", "mov", "msg"])
def test_a_file_cut_off_anywhere_is_never_taken_for_whole(kind: str) -> None:
    name, data = GOOD[kind]
    for share in (0.1, 0.3, 0.5, 0.7, 0.9):
        assert isinstance(judge(name, data[: int(len(data) * share)]), Refusal), share


def test_size_and_pixels_are_limits_of_the_installation() -> None:
    name, data = GOOD["jpeg"]
    large = judge(name, data, Limits(1024, 100_000_000, 40))
    wide = judge(name, data, Limits(100_000_000, 1_000_000, 40))
    assert isinstance(large, Refusal)
    assert isinstance(wide, Refusal)
    assert (large.code, wide.code) == ("too_large", "too_many_pixels")
    assert wide.params == {"name": name, "pixels": "2", "most": "1"}


def test_a_picture_has_its_size_its_time_and_a_blur_that_shows_nothing() -> None:
    found = judged(*GOOD["jpeg"])
    assert (found.width, found.height) == (1600, 1200)
    assert found.taken_at == datetime(2026, 11, 20, 20, 14, 5, tzinfo=UTC)
    assert found.blurred is not None
    assert len(found.blurred) <= rules.BLURRED_MAX
    other = judged("to.png", files.encoded(files.screenshot(text="Noget helt andet står der her nu"), "PNG"))
    assert other.blurred is not None
    first = judged(*GOOD["png"]).blurred
    assert first is not None
    difference = ImageChops.difference(Image.open(BytesIO(first)), Image.open(BytesIO(other.blurred)))
    assert max(high for _, high in difference.getextrema()) <= 10, "two texts cannot be told apart"


def test_a_time_without_a_zone_is_not_guessed() -> None:
    assert judged("foto.jpg", files.jpeg(zone=None)).taken_at is None
    assert judged(*GOOD["png"]).taken_at is None


def test_a_preview_is_upright_small_and_has_nothing_of_the_original_but_its_pixels() -> None:
    payload = b"<script>alert('gifar')</script>PK\x03\x04"
    data = files.encoded(files.photo(3000, 1000), "JPEG", exif=files.exif()) + payload
    shown = pictures.preview(BytesIO(data), judged("foto.jpg", data).kind)
    with Image.open(BytesIO(shown)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (533, 1600))
        assert not picture.getexif()
        assert {"exif", "icc_profile", "comment"}.isdisjoint(picture.info)
    assert b"Opdigtet Telefon" in data
    assert b"Opdigtet Telefon" not in shown
    assert b"gifar" not in shown


@pytest.mark.parametrize("kind", ["png", "jpeg", "heic", "gif", "webp"])
def test_every_picture_can_be_previewed(kind: str) -> None:
    name, data = GOOD[kind]
    with Image.open(BytesIO(pictures.preview(BytesIO(data), judged(name, data).kind))) as shown:
        assert max(shown.size) <= rules.PREVIEW_SIDE
        assert sum(ImageStat.Stat(shown.convert("RGB")).stddev) > 1, "not one colour"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_pictures_of_every_mode(mode: str) -> None:
    picture = files.photo(120, 90).convert("L" if mode == "I;16" else mode if mode != "LA" else "L")
    picture = picture.convert(mode) if mode in {"LA", "I;16"} else picture
    data = files.encoded(picture, "JPEG" if mode == "CMYK" else "PNG")
    assert pictures.preview(BytesIO(data), judged("x", data).kind)[:2] == b"\xff\xd8"


def test_a_gif_that_is_also_an_archive_is_kept_as_a_gif_and_nothing_else() -> None:
    data = GOOD["gif"][1] + files.package({"evil.class": b"x"})
    found = judged("gifar.gif", data)
    assert (found.kind.id, found.kind.mime) == ("gif", "image/gif")


@pytest.mark.parametrize(
    "text",
    ["Æblegrød i UTF-8", "Æblegrød i Latin-1".encode("latin-1"), "Æblegrød i UTF-16".encode("utf-16")],
)
def test_text_in_the_usual_encodings(text: str | bytes) -> None:
    assert judged("a.txt", text.encode() if isinstance(text, str) else text).kind.id == "txt"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\anna\\billede.png", "billede.png"),
        ("a\x00b\n.png", "ab.png"),
        ("\u202egnp.exe", "gnp.exe"),
        ("  Skærm  billede .png ", "Skærm billede .png"),
        ("", "fil"),
        ("..", "fil"),
        ("/", "fil"),
        ("x" * 300 + ".png", "x" * 196 + ".png"),
        ("ae\u0301.png", "aé.png"),
    ],
)
def test_names_are_made_harmless(given: str, kept: str) -> None:
    assert rules.clean_name(given) == kept


@pytest.mark.parametrize(
    ("name", "kind", "saved"),
    [
        ("billede.PNG", "png", "billede.PNG"),
        ("billede.png", "jpeg", "billede.png.jpg"),
        ("start.bat", "txt", "start.bat.txt"),
        ("foto.jpeg", "jpeg", "foto.jpeg"),
        ("x" * 200, "pdf", "x" * 196 + ".pdf"),
    ],
)
def test_a_download_is_called_what_it_is(name: str, kind: str, saved: str) -> None:
    assert rules.filename(name, rules.KINDS[kind]) == saved
