"""Screenshots with real Danish words on them, a film, and a scanned PDF: what the engines are tried on."""

from __future__ import annotations

import subprocess
import tempfile
from io import BytesIO
from pathlib import Path

import pikepdf
from PIL import Image, ImageDraw, ImageFont

from tests.evidence.files import encoded

# Pillow's own font has no æ, ø and å.
FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
THREAT = ("Jeg ved hvor du bor på Ågade", "Du skal ikke føle dig sikker", "Vi ses på Ærø til påske")


def post(lines: tuple[str, ...] = THREAT, width: int = 1080, height: int = 1400) -> Image.Image:
    """A post in black on white, as large as a phone shows it."""
    picture = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        draw.text((60, 200 + 120 * number), line, fill="black", font=ImageFont.truetype(FONT, 46))
    return picture


def scanned_pdf() -> bytes:
    """One page that is a picture and nothing else, as a scanner makes it."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 771))
        picture = pikepdf.Stream(
            pdf, encoded(post(), "JPEG", quality=90), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=1080,
            Height=1400, ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8, Filter=pikepdf.Name.DCTDecode,
        )  # fmt: skip
        pdf.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=picture))
        pdf.pages[0].Contents = pikepdf.Stream(pdf, b"595 0 0 771 0 0 cm /P Do")
        out = BytesIO()
        pdf.save(out)
    return out.getvalue()


def movie(seconds: float = 2, suffix: str = ".mp4") -> bytes:
    """A second of black, then red; made by the same program as the still, since nothing else can."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / f"film{suffix}"
        source = f"color=black:s=320x240:d=1[a];color=red:s=320x240:d={seconds}[b];[a][b]concat"
        subprocess.run(
            ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", source, "-pix_fmt", "yuv420p", "-c:v", "mpeg4", str(target)],
            check=True, timeout=60,
        )  # fmt: skip
        return target.read_bytes()
