"""Copies the few files of Det Fælles Designsystem that the pages use, from node_modules to the data folder.

Plain Python, run by `./run setup` before Django can start. The whole package would be 51 MB after hashing and
compressing; this subset is under one. Its script is not copied: every page works without JavaScript, our own small
script does the rest, and a phone loads 20 kB less (docs/decisions/0004).

Run as `python -m vaern.ops.frontend FROM TO`: FROM is node_modules/dkfds, TO is a folder that is replaced.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

# Symbols of the sprite. A test fails when a template asks for one that is not here.
ICONS = (
    *("account", "add-a-photo", "arrow-back", "arrow-forward", "attach-file", "calendar-month", "chat", "check"),
    *("chevron-down", "chevron-left", "chevron-right", "close", "delete", "document", "download", "edit", "error"),
    *("file-image", "flag", "groups", "help", "home", "hourglass", "info", "language", "link", "list-check"),
    *("lock", "menu", "notifications", "open-in-new", "person", "persons", "photo-camera", "plus", "print", "reply"),
    *("search", "send", "smartphone", "success", "support-agent", "time", "upload", "visibility", "visibility-off"),
    *("warning",),
)
# Two weights of the Latin part; anything else falls back to the system's own font.
FONTS = ("IBMPlexSans-Regular-Latin1.woff2", "IBMPlexSans-SemiBold-Latin1.woff2")

_FONT_FACE = re.compile(r"@font-face\{[^}]*\}")
_SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=.*?\*/")
_URL = re.compile(r"url\(([^)\"':]+)\)")
_SYMBOL = re.compile(r'<symbol id="([^"]+)".*?</symbol>', re.DOTALL)


def style(text: str) -> str:
    """The stylesheet without its nine font faces (ours has two) and without the name of a map we do not ship."""
    return _SOURCE_MAP.sub("", _FONT_FACE.sub("", text)).strip() + "\n"


def sprite(text: str, names: tuple[str, ...] = ICONS) -> str:
    """One SVG with the symbols asked for, in the order asked. ValueError when the package has no such icon."""
    symbols = {match[1]: match[0] for match in _SYMBOL.finditer(text)}
    if missing := [name for name in names if name not in symbols]:
        raise ValueError(f"The design system has no icon {', '.join(missing)}.")
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols[name] for name in names)}</svg>\n'


def build(package: Path, target: Path) -> None:
    """Writes style, sprite, fonts and the pictures the style names. The target is replaced as a whole."""
    fresh = target.with_name(f"{target.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    for folder in ("css", "fonts", "img"):
        (fresh / folder).mkdir(parents=True)
    css = style((package / "dist/css/dkfds.min.css").read_text(encoding="utf-8"))
    (fresh / "css/dkfds.css").write_text(css, encoding="utf-8")
    icons = (package / "dist/img/all-svg-icons.svg").read_text(encoding="utf-8")
    (fresh / "img/icons.svg").write_text(sprite(icons), encoding="utf-8")
    for name in FONTS:
        shutil.copyfile(package / "dist/fonts/IBMPlexSans/split/woff2" / name, fresh / "fonts" / name)
    for url in sorted(set(_URL.findall(css))):
        copy = fresh / "css" / url
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(package / "dist/css" / url, copy)
    shutil.rmtree(target, ignore_errors=True)
    fresh.rename(target)


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]))
