"""What is covered is gone: asked of the pixels, of the bytes, and of the words."""

from __future__ import annotations

import zlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from tests.evidence.files import encoded, exif, photo
from vaern.evidence import masks
from vaern.evidence.facts import Box
from vaern.evidence.rules import KINDS

FACE = (220, 170, 140)


def a_face(width: int = 640, height: int = 480) -> Image.Image:
    """A grey street with a face in the second quarter of the picture, and a sign that may be seen."""
    picture = Image.new("RGB", (width, height), (120, 130, 120))
    pen = ImageDraw.Draw(picture)
    pen.ellipse((width // 4, height // 4, width // 2 - 1, height // 2 - 1), fill=FACE)
    pen.rectangle((width * 3 // 4, 0, width - 1, height // 8), fill=(10, 60, 200))
    return picture


COVER = Box(2500, 2500, 2500, 2500)
SOURCES = {
    "png": lambda: encoded(a_face(), "PNG", pnginfo=None),
    "jpeg": lambda: encoded(a_face(), "JPEG", quality=30, exif=exif(orientation=1), comment=b"Hans Hansen"),
    "heic": lambda: encoded(a_face(), "HEIF", quality=40),
    "webp": lambda: encoded(a_face(), "WEBP", quality=30),
    "gif": lambda: encoded(a_face(), "GIF"),
}


def masked(kind: str, data: bytes, *boxes: Box) -> tuple[Image.Image, bytes]:
    made = masks.cover_picture(BytesIO(data), KINDS[kind], boxes)
    return Image.open(BytesIO(made)), made


@pytest.mark.parametrize("kind", SOURCES)
def test_nothing_of_the_face_is_left_in_pixels_or_bytes(kind: str) -> None:
    data = SOURCES[kind]()
    picture, made = masked(kind, data, COVER)
    assert set(colours(picture.crop((160, 120, 320, 240)))) == {(0, 0, 0)}
    assert [name for name, _ in chunks(made)] == ["IHDR", *["IDAT"] * (len(chunks(made)) - 2), "IEND"]
    assert picture.mode == "RGB"
    assert near(picture, FACE) == 0, "no pixel anywhere has the colour of skin, not even beside the box"
    assert b"Hans Hansen" not in made
    assert b"Opdigtet Telefon" not in made


def test_the_same_bytes_come_out_whatever_was_under_the_box() -> None:
    """The strongest way to say that nothing is left: two pictures that differ under the box alone give one copy.
    Lossy formats spread what differs, so there the pixels around the box are asked about, above."""
    other = a_face()
    ImageDraw.Draw(other).rectangle((160, 120, 319, 239), fill=(1, 2, 3))
    assert masked("png", SOURCES["png"](), COVER)[1] == masked("png", encoded(other, "PNG"), COVER)[1]


def near(picture: Image.Image, colour: tuple[int, int, int], reach: int = 24) -> int:
    """How many pixels have about that colour."""
    alike = (all(abs(a - b) <= reach for a, b in zip(one, colour, strict=True)) for one in colours(picture))
    return sum(count for count, same in zip(colours(picture).values(), alike, strict=True) if same)


def colours(picture: Image.Image) -> dict[tuple[int, ...], int]:
    """Colour -> how many pixels have it."""
    return {colour: count for count, colour in picture.getcolors(1 << 24)}  # type: ignore[misc,union-attr]


def chunks(png: bytes) -> list[tuple[str, bytes]]:
    """Every chunk of a PNG to its last byte, the sums right."""
    found, at = [], 8
    while at < len(png):
        size = int.from_bytes(png[at : at + 4], "big")
        name, body = png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        assert zlib.crc32(name + body) == int.from_bytes(png[at + 8 + size : at + 12 + size], "big")
        found.append((name.decode(), body))
        at += 12 + size
    return found


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_box_means_the_upright_picture(orientation: int) -> None:
    """As it was shown, not as the camera held it."""
    turned = encoded(photo(320, 240), "JPEG", exif=exif(orientation=orientation))
    picture, _ = masked("jpeg", turned, Box(0, 0, 1000, 1000))
    assert picture.size == ((320, 240) if orientation in {1, 3} else (240, 320))
    assert picture.getpixel((0, 0)) == (0, 0, 0)
    assert set(colours(picture.crop((0, 0, picture.width // 10, picture.height // 10)))) == {(0, 0, 0)}


def test_alpha_hides_nothing() -> None:
    """What is painted away in the alpha channel only is still there in most files of that kind."""
    picture = a_face().convert("RGBA")
    picture.putalpha(0)
    made, _ = masked("png", encoded(picture, "PNG"), Box(0, 0, 1, 1))
    assert made.mode == "RGB"
    assert near(made, FACE) == 0


@given(
    st.builds(Box, st.integers(0, 9999), st.integers(0, 9999), st.integers(1, 10_000), st.integers(1, 10_000)),
    st.integers(1, 70),
    st.integers(1, 70),
)
def test_every_pixel_that_a_box_touches_is_covered(box: Box, width: int, height: int) -> None:
    made, _ = masked("png", encoded(Image.new("RGB", (width, height), "white"), "PNG"), box)
    covered = {(x, y) for x in range(width) for y in range(height) if made.getpixel((x, y)) == (0, 0, 0)}
    touched = {
        (x, y)
        for x in range(width)
        for y in range(height)
        if (x + 1) * 10_000 > box.left * width
        and x * 10_000 < (box.left + box.width) * width
        and (y + 1) * 10_000 > box.top * height
        and y * 10_000 < (box.top + box.height) * height
    }
    assert covered == touched


TEXT = (
    "Hej Anna Jensen (født 1980). Annas mail er anna.jensen@post.example, tlf. 12 34 56 78.\nIkke Annika, ikke Bo, bor."
)


@pytest.mark.parametrize(
    ("phrase", "found"),
    [
        ("Anna", ["Anna", "Annas", "anna.jensen@post.example"]),
        ("anna jensen", ["Anna", "Jensen"]),
        ("Jensen", ["Jensen", "anna.jensen@post.example"]),
        ("Bo", ["Bo"]),
        ("12 34 56 78", ["12", "34", "56", "78"]),
        ("1980", ["1980"]),
        ("Birgit", []),
        ("...", []),
        ("", []),
    ],
)
def test_a_phrase_is_found_wherever_it_stands(phrase: str, found: list[str]) -> None:
    assert masks.words_at(TEXT, masks.find_words(TEXT, phrase)) == found


def test_a_number_written_together_is_found_too() -> None:
    assert masks.find_words("Ring 12345678 nu", "12 34 56 78") == [1]


@pytest.mark.parametrize("hidden", ["An\u200bna", "Anna\u202e", "A\u00adnna", "Å".replace("Å", "A\u030a")])
def test_characters_nobody_sees_part_no_word(hidden: str) -> None:
    text = masks.plain(f"Hej {hidden} der")
    phrase = "Å" if "\u030a" in hidden else "Anna"
    assert masks.cover_text(text, masks.find_words(text, phrase)) == "Hej █████ der"


@given(st.text(alphabet="abc .,\n", max_size=60), st.sets(st.integers(0, 30)))
def test_a_covered_word_is_gone_and_the_others_stand(text: str, chosen: set[int]) -> None:
    before, after = text.split(), masks.cover_text(text, chosen).split()
    assert len(before) == len(after)
    for at, (old, new) in enumerate(zip(before, after, strict=True)):
        assert (masks.COVER in new and not set("abc") & set(new)) if at in chosen else new == old


def test_the_cover_says_nothing_of_the_length() -> None:
    assert masks.cover_text("Bo Bartholomæussen", [0]).split()[0] == masks.cover_text("Bo B", [1]).split()[1]


def test_a_hundred_thousand_signs_in_a_row_are_one_word() -> None:
    """Quadratic in an earlier form: minutes in the server, for a text any citizen can write."""
    heap = "a" + "!" * 150_000 + "navnet"
    assert masks.find_words(heap, "navnet") == [0]
    assert masks.cover_text(f"«{heap}».", [0]) == f"«{masks.COVER}»."
    assert masks.words_at("!!! ?navn?", [0, 1]) == ["!!!", "navn"]
