"""The little DER that no library at hand writes: a request for a digest, and certificates put in order.

rfc3161-client hashes the data itself, and a film of 2 GB would have to lie in memory for it; its request cannot name a
policy either. ITU-T X.690 for the encoding, RFC 3161 section 2.4.1 for the request.
"""

from __future__ import annotations

from collections.abc import Iterator

_SEQUENCE, _INTEGER, _OCTETS, _OID, _BOOLEAN = 0x30, 0x02, 0x04, 0x06, 0x01
_EXPLICIT_0 = 0xA0
_SHA256 = bytes.fromhex("300d06096086480165030402010500")
"""AlgorithmIdentifier of SHA-256 with its NULL, as every authority reads it."""


def request(digest: bytes, nonce: int, policy: str = "") -> bytes:
    """A TimeStampReq for a SHA-256 that asks for the authority's certificate. `nonce` is positive."""
    imprint = _tlv(_SEQUENCE, _SHA256 + _tlv(_OCTETS, digest))
    wanted = _tlv(_OID, _arcs(policy)) if policy else b""
    asked = _integer(1) + imprint + wanted + _integer(nonce) + _tlv(_BOOLEAN, b"\xff")
    return _tlv(_SEQUENCE, asked)


def in_order(response: bytes) -> bytes:
    """The response with its certificates in the order DER asks of a SET; anything unreadable comes back as it was.

    OpenSSL and others write them as they were given. The set is outside of what is signed, and keeps its length.
    """
    try:
        signed = _children(response, *_signed_data(response))
        begin, end = next((begin, end) for tag, _, begin, end in signed if tag == _EXPLICIT_0)
        certificates = sorted(response[start:stop] for _, start, _, stop in _children(response, begin, end))
    except (IndexError, ValueError, StopIteration):
        return response
    return response[:begin] + b"".join(certificates) + response[end:]


def _signed_data(response: bytes) -> tuple[int, int]:
    """Where the content of SignedData lies: TimeStampResp > ContentInfo > [0] > SignedData."""
    (_, _, *whole), *_rest = _children(response, 0, len(response))
    _status, (_, _, *token), *_rest = _children(response, *whole)
    _kind, (_, _, *wrapped), *_rest = _children(response, *token)
    (_, _, *signed), *_rest = _children(response, *wrapped)
    return signed[0], signed[1]


def _children(data: bytes, begin: int, end: int) -> list[tuple[int, int, int, int]]:
    return list(_walk(data, begin, end))


def _walk(data: bytes, begin: int, end: int) -> Iterator[tuple[int, int, int, int]]:
    """(tag, start, start of the content, end) of each element in a stretch; ValueError when one leaves it."""
    while begin < end:
        length, content = data[begin + 1], begin + 2
        if length >= 0x80:
            size = length & 0x7F
            length = int.from_bytes(data[content : content + size], "big")
            content += size
        if content + length > end:
            raise ValueError("an element is longer than what holds it")
        yield data[begin], begin, content, content + length
        begin = content + length


def _tlv(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content


def _integer(value: int) -> bytes:
    """A positive integer; a leading zero keeps the highest bit from meaning "negative"."""
    return _tlv(_INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def _arcs(oid: str) -> bytes:
    first, second, *rest = (int(arc) for arc in oid.split("."))
    return b"".join(_base128(arc) for arc in (first * 40 + second, *rest))


def _base128(arc: int) -> bytes:
    digits = [arc & 0x7F]
    while arc := arc >> 7:
        digits.append(0x80 | (arc & 0x7F))
    return bytes(reversed(digits))
