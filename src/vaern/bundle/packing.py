"""Files into a bag, and a bag into a ZIP. Plain functions over streams: no file is ever whole in memory or in clear on
disk. The shapes come from `verify`, so that what makes a bundle and what checks it are the same lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from vaern.bundle import verify
from vaern.bundle.verify import Digest


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a bundle. `chunks` can be called again and again, and gives the same bytes each time."""

    name: str
    digest: Digest
    chunks: Callable[[], Iterator[bytes]]


def part(name: str, data: bytes) -> Part:
    return Part(name, verify.digest_of([data]), lambda: iter([data]))


def streamed(name: str, chunks: Callable[[], Iterator[bytes]]) -> Part:
    """Read once here for its digest and CRC, which a ZIP says before the content, and once when it is packed."""
    return Part(name, verify.digest_of(chunks()), chunks)


def bagged(payload: Iterable[Part], tags: Iterable[Part], info: dict[str, str]) -> list[Part]:
    """The bag (RFC 8493) of these: `payload` named data/…, `tags` beside it. `info` becomes bag-info.txt."""
    parts = [*payload, *tags, part("bagit.txt", verify.BAGIT)]
    sizes = verify.oxum({one.name: one.digest for one in parts})
    lines = [*info.items(), ("Payload-Oxum", sizes)]
    parts.append(part("bag-info.txt", "".join(f"{name}: {_one_line(text)}\n" for name, text in lines).encode()))
    for name, are_tags in ((verify.MANIFEST, False), (verify.TAGMANIFEST, True)):
        digests = {one.name: one.digest for one in parts}
        parts.append(part(name, verify.manifest(digests, tags=are_tags)))
    return sorted(parts, key=lambda one: one.name)


def zipped(root: str, parts: Iterable[Part]) -> Iterator[bytes]:
    """The ZIP of a bag, in the folder `root`: the same files make the same bytes. `ValueError` when a file is not,
    the second time, what it was the first."""
    there = {f"{root}/{one.name}": one for one in parts}
    for name in there:
        if not verify.NAME.fullmatch(name):
            raise ValueError("a name that does not belong in a bundle")
    files = ((name, one.digest.size, one.digest.crc) for name, one in sorted(there.items()))
    for frame, name, _size in verify.zip_frame(files):
        yield frame
        if name:
            yield from _unchanged(there[name])


def own_verifier() -> bytes:
    """The checking program, as it lies here and is imported above."""
    return Path(verify.__file__).read_bytes()


def _unchanged(one: Part) -> Iterator[bytes]:
    size = crc = 0
    for chunk in one.chunks():
        size, crc = size + len(chunk), crc32(chunk, crc)
        yield chunk
    if (size, crc) != (one.digest.size, one.digest.crc):
        raise ValueError("a file changed while it was packed")


def _one_line(text: str) -> str:
    """A line break in a purpose would begin a new field; BagIt's continuation lines are left to those who need them."""
    return " ".join(text.split())
