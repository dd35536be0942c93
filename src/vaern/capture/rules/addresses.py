"""Which addresses a browser of ours may be sent to, and which numbers on the net it may reach.

Two rules on purpose. The first reads what a person typed, so that most mistakes are said beside the field. The second
is asked by the gate for each connection, about the very number that is then dialled: a name, a redirect or a second
answer of the name service cannot get round it.
"""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv4Network, IPv6Network, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit, urlunsplit

from vaern.capture.rules.words import refuse
from vaern.core.refusal import Refusal

LONGEST = 2000
Network = IPv4Network | IPv6Network
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_PORTS = {"http": 80, "https": 443}
# Names that never stand for something public (RFC 6761, 6762, 8375, 9476) and what houses commonly call their inside.
_INSIDE = (
    "alt", "corp", "home", "home.arpa", "intern", "internal", "intranet", "invalid", "lan", "local", "localhost",
    "onion", "private", "test",
)  # fmt: skip
# Numbers the library calls global, but that lead to something nearby: the clouds' own services (Azure, Oracle in
# 192.0.0.0/24), the relay of 6to4, and the IPv6 forms that carry an IPv4 number inside (RFC 4291, 3056, 4380, 8215).
# Of those only NAT64 is judged by what it carries (RFC 6052): networks without IPv4 reach the open net by it.
_CLOSED: tuple[Network, ...] = tuple(
    ip_network(one)
    for one in (
        "168.63.129.16/32", "192.0.0.0/24", "192.88.99.0/24", "::/96", "::ffff:0:0/96", "2002::/16", "2001::/32",
        "64:ff9b:1::/48", "fec0::/10",
    )
)  # fmt: skip
_NAT64 = ip_network("64:ff9b::/96")


def check_address(typed: str, own: tuple[str, ...] = ()) -> str | Refusal:
    """The address as it will be visited, or a refusal. `own` are host names of this installation.

    "eksempel.dk/opslag" without a scheme is what people copy; it is read as https.
    """
    text = typed.strip()
    if not text:
        return refuse("empty")
    if len(text) > LONGEST:
        return refuse("too_long")
    if "\\" in text or any(ord(character) <= 32 or ord(character) == 127 for character in text):
        return refuse("unreadable")
    found = split_address(text if "://" in text or _other_scheme(text) else f"https://{text}")
    if isinstance(found, Refusal):
        return found
    host = found.hostname or ""
    return refuse("own") if host in own else urlunsplit(found)


def split_address(url: str) -> SplitResult | Refusal:
    """An absolute address taken apart, its host in the form the net uses. Asked for redirects, too."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return refuse("unreadable")
    if parts.scheme not in _PORTS:
        return refuse("scheme")
    if parts.username is not None or parts.password is not None:
        return refuse("login_in_address")
    if port is not None and port != _PORTS[parts.scheme]:
        return refuse("port")
    name = _host(host)
    if isinstance(name, Refusal):
        return name
    return parts._replace(netloc=f"[{name}]" if ":" in name else name, path=parts.path or "/")


def is_public(number: str, closed: tuple[Network, ...] = ()) -> bool:
    """Whether an IP address (as text) is one that anybody on the net can reach. `closed`: the house's own ones."""
    try:
        address = ip_address(number.split("%")[0])
    except ValueError:
        return False
    if address in _NAT64:
        address = IPv4Address(int(address) & 0xFFFFFFFF)
    if any(address in network for network in (*_CLOSED, *closed)):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _other_scheme(text: str) -> bool:
    """ "javascript:…" and "mailto:…" have a scheme and no "//"; "eksempel.dk:443/x" has a port."""
    found = _SCHEME.match(text)
    return found is not None and not re.match(r"[^/:]+:\d+(/|$)", text)


def _host(host: str) -> str | Refusal:
    if ":" in host:
        return host if is_public(host) else refuse("inside")
    try:
        name = host.rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        return refuse("unreadable")
    labels = name.split(".")
    if not name or not all(_LABEL.fullmatch(label) for label in labels):
        return refuse("unreadable")
    if re.fullmatch(r"[0-9]+|0x[0-9a-f]*", labels[-1]):
        return name if len(labels) == 4 and is_public(name) else refuse("inside")
    inside = len(labels) == 1 or any(name == end or name.endswith(f".{end}") for end in _INSIDE)
    return refuse("inside") if inside else name
