"""One form for each web address, so that two ways of writing the same place can be seen to be the same.

A hint, and never a proof: what differs here may still be the same post. What is equal here must be one post, so only
what is known to say nothing about the post is taken away (names of trackers, mobile hosts, a platform's other ways
to the same number); anything else stays. The platforms' forms are from memory, November 2026.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

Pairs = list[tuple[str, str]]
Place = tuple[str, str, Pairs]
"""Host, path and the questions behind "?" that are left."""

LONGEST = 2000
_MARKETING = re.compile(r"(?:utm|mtm|hsa)_[a-z_]+")
_TRACKERS = frozenset(
    ["fbclid", "gclid", "gbraid", "wbraid", "dclid", "msclkid", "yclid", "ttclid", "twclid", "li_fat_id", "igshid"]
)
# On one platform these only say from where one came, how it was shared, or where in a film it begins.
_OF_PLATFORM: dict[str, frozenset[str]] = {
    "facebook.com": frozenset(
        ["mibextid", "rdid", "share_url", "ref", "refsrc", "refid", "fref", "_rdr", "_rdc", "hc_ref", "paipv", "eav",
         "locale", "sfnsn", "wtsid", "notif_id", "notif_t", "acontext"]
    ),
    "instagram.com": frozenset(["igsh", "img_index", "hl", "utm_source"]),
    "tiktok.com": frozenset(["_r", "_t", "is_from_webapp", "sender_device", "web_id", "lang", "is_copy_url"]),
    "x.com": frozenset(["s", "t", "ref_src", "ref_url", "cxt"]),
    "youtube.com": frozenset(["si", "feature", "t", "start", "ab_channel", "pp", "app"]),
    "linkedin.com": frozenset(["trk", "lipi", "rcm", "originalsubdomain", "trackingid", "licu"]),
    "snapchat.com": frozenset(["share_id", "sid", "locale"]),
}  # fmt: skip
_HOSTS = {
    "fb.com": "facebook.com", "facebook.com": "facebook.com", "instagram.com": "instagram.com",
    "tiktok.com": "tiktok.com", "twitter.com": "x.com", "x.com": "x.com", "youtube.com": "youtube.com",
    "youtube-nocookie.com": "youtube.com", "linkedin.com": "linkedin.com", "snapchat.com": "snapchat.com",
}  # fmt: skip
# Hosts in front of a platform's name that show the same posts: for phones, for a language, for a country.
_SAME_BEFORE = re.compile(r"www|m|mobile|mbasic|touch|web|[a-z]{2}-[a-z]{2}")
_COUNTRY = re.compile(r"[a-z]{2}")
_MOBILE = re.compile(r"(?:www|m|mobile)\.(?=[^.]+\.[^.]+)")
_UNESCAPED = re.compile(r"%(?:2[DdEe]|3[0-9]|4[1-9A-Fa-f]|5[0-9Aa]|5[Ff]|6[1-9A-Fa-f]|7[0-9Aa]|7[Ee])")
_STRAY = re.compile(r"%(?![0-9a-fA-F]{2})")
_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")


def plain_address(text: str) -> str:
    """The address in its one form; "" for what is no web address. Giving it its own answer changes nothing."""
    while (parts := _parts(text)) and (inner := _unwrapped(parts)):
        text = inner
    return _plain(parts) if parts else ""


def _parts(text: str) -> SplitResult | None:
    if len(text) > LONGEST:
        return None
    try:
        parts = urlsplit(text.strip())
        good = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        return None
    return parts if good else None


def _unwrapped(parts: SplitResult) -> str:
    """Where a doorkeeper for links leads to: always a shorter address than its own. "" for any other address."""
    host = (parts.hostname or "").rstrip(".")
    if host not in {"l.facebook.com", "lm.facebook.com", "l.instagram.com"}:
        return ""
    inner = _one(_pairs(parts.query), "u")
    return inner if _parts(inner) else ""


def _plain(parts: SplitResult) -> str:
    host, path = _host(parts), _path(parts.path).rstrip("/") or "/"
    pairs = [(key, value) for key, value in _pairs(parts.query) if not _tracks(host, key)]
    fragment = "" if host in _OF_PLATFORM else _fragment(parts.fragment)
    if host in _FORMS:
        host, path, pairs = _FORMS[host](host, path, pairs)
    # Sorted by name only: the order of two with the same name may mean something.
    asked = urlencode(sorted(pairs, key=lambda pair: pair[0]), errors="surrogateescape")
    return urlunsplit(("https", host, path, asked, fragment))


def _pairs(query: str) -> Pairs:
    return parse_qsl(query, keep_blank_values=True, errors="surrogateescape")


def _one(pairs: Pairs, name: str) -> str:
    """Its value when it is asked once; "" when not at all, or twice, where only the platform knows which one counts."""
    values = [value for key, value in pairs if key == name]
    return values[0] if len(values) == 1 else ""


def _tracks(host: str, key: str) -> bool:
    name = key.lower()
    if _MARKETING.fullmatch(name) or name in _TRACKERS:
        return True
    return name in _OF_PLATFORM.get(host, ()) or (host == "facebook.com" and name.startswith("__"))


def _host(parts: SplitResult) -> str:
    """Lower-case and in ASCII, the platform's one host where there are many, with a port that is not the usual."""
    host = _ascii((parts.hostname or "").rstrip("."))
    before, dot, last = host.rpartition(".")
    name = f"{before.rpartition('.')[2]}.{last}" if dot else host
    front = host[: -len(name)].rstrip(".") if host != name else ""
    if name in _HOSTS and (not front or _SAME_BEFORE.fullmatch(front) or _is_country(front, name)):
        host = _HOSTS[name]
    else:
        while found := _MOBILE.match(host):
            host = host[found.end() :]
    usual = {None, 80, 443}
    shown = f"[{host}]" if ":" in host else host
    return shown if parts.port in usual else f"{shown}:{parts.port}"


def _is_country(front: str, name: str) -> bool:
    """LinkedIn has a host for each country; two letters before another's name may be a host for short links."""
    return name == "linkedin.com" and _COUNTRY.fullmatch(front) is not None


def _ascii(host: str) -> str:
    try:
        return host.encode("idna").decode().lower()
    except UnicodeError:
        return host.lower()


def _path(path: str) -> str:
    """Escapes that need not be are undone, the others in capitals: "%41" and "A" are one, "%2f" and "/" are not."""
    whole = _STRAY.sub("%25", path)
    plain = _UNESCAPED.sub(lambda found: unquote(found[0]), whole)
    capital = _ESCAPE.sub(lambda found: found[0].upper(), plain)
    return quote(capital, safe="/%:@!$&'()*+,;=~-._") or "/"


def _fragment(text: str) -> str:
    """On a site of its own "#comment-12" may be what it is about; a marked text or the top of the page is not."""
    return "" if text.lower() == "top" or text.startswith(":~:") else quote(text, safe="/%:@!$&'()*+,;=~-._?")


# --- the platforms' many ways to one post --------------------------------------------------------------------


def _facebook(host: str, path: str, pairs: Pairs) -> Place:
    path = _lower_first(path)
    story, owner, picture, film = (_one(pairs, name) for name in ("story_fbid", "id", "fbid", "v"))
    if path in {"/permalink.php", "/story.php"} and story and owner:
        return host, "/permalink.php", pairs
    if path in {"/photo", "/photo.php"} and picture:
        # A picture seen in an album has the album's number beside its own.
        return host, "/photo", _without(pairs, "set", "type", "theater")
    if path == "/watch" and film:
        return host, path, pairs
    if found := re.fullmatch(r"/groups/([^/]+)/(?:posts|permalink)/([^/]+)", path):
        return host, f"/groups/{found[1].lower()}/posts/{found[2]}", pairs
    return host, path, pairs


def _instagram(host: str, path: str, pairs: Pairs) -> Place:
    path = _lower_first(path)
    if found := re.fullmatch(r"(?:/[^/]+)?/(?:p|reel|reels|tv)/([\w-]{6,})(/c/[^/]+)?", path, re.ASCII):
        return host, f"/p/{found[1]}{found[2] or ''}", pairs
    if found := re.fullmatch(r"/stories/([^/]+)(/.*)?", path):
        return host, f"/stories/{found[1].lower()}{found[2] or ''}", pairs
    return host, path, pairs


def _tiktok(host: str, path: str, pairs: Pairs) -> Place:
    return host, _lower_first(path) if path.startswith("/@") else path, pairs


def _x(host: str, path: str, pairs: Pairs) -> Place:
    path = _lower_first(path)
    if found := re.fullmatch(r"/(?:i/web|\w+)/status(?:es)?/(\d+)(?:/(?:photo|video)/\d+)?", path, re.ASCII):
        return host, f"/i/status/{found[1]}", pairs
    return host, path, pairs


def _youtube(host: str, path: str, pairs: Pairs) -> Place:
    if found := re.fullmatch(r"/(?:shorts|live|embed|v)/((?!videoseries)[\w-]{11})", path, re.ASCII):
        return (host, path, pairs) if _has(pairs, "v") else (host, "/watch", [*_film(pairs), ("v", found[1])])
    return host, path, _film(pairs) if path == "/watch" and _one(pairs, "v") else pairs


def _short_youtube(host: str, path: str, pairs: Pairs) -> Place:
    found = re.fullmatch(r"/([\w-]{11})", path, re.ASCII)
    if found is None or _has(pairs, "v"):
        return host, path, pairs
    kept = [pair for pair in _film(pairs) if not _tracks("youtube.com", pair[0])]
    return "youtube.com", "/watch", [*kept, ("v", found[1])]


def _film(pairs: Pairs) -> Pairs:
    """Which list a film was found in says nothing about the film; alone, the list is what it is about."""
    return _without(pairs, "list", "index")


def _linkedin(host: str, path: str, pairs: Pairs) -> Place:
    if found := re.fullmatch(
        r"/(?:feed/update|posts)/.*?(activity|share|ugcPost)[-:](\d{8,})(?:-[\w-]+)?", path, re.ASCII
    ):
        return host, f"/feed/update/urn:li:{found[1]}:{found[2]}", pairs
    return host, path, pairs


def _has(pairs: Pairs, name: str) -> bool:
    return any(key == name for key, _ in pairs)


def _without(pairs: Pairs, *names: str) -> Pairs:
    return [pair for pair in pairs if pair[0] not in names]


def _lower_first(path: str) -> str:
    """Names of profiles know no capitals; numbers and codes after them may."""
    first, slash, rest = path[1:].partition("/")
    return f"/{first.lower()}{slash}{rest}"


_FORMS: dict[str, Callable[[str, str, Pairs], Place]] = {
    "facebook.com": _facebook,
    "instagram.com": _instagram,
    "tiktok.com": _tiktok,
    "x.com": _x,
    "youtube.com": _youtube,
    "youtu.be": _short_youtube,
    "linkedin.com": _linkedin,
}
