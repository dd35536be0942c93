"""Everything that lies in a bundle, put together from facts: the same facts make the same files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from vaern.bundle import packing, rules, verify
from vaern.bundle.facts import About, Included, Stamp
from vaern.bundle.packing import Part


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything a bundle is about, as it was when it was made."""

    about: About
    items: tuple[Included, ...]
    stamps: tuple[Stamp, ...]
    slice: rules.Slice


def parts_of(found: Gathered, *, overview: bytes, readmes: dict[str, bytes]) -> list[Part]:
    """The whole bag, sorted by name."""
    return packing.bagged(
        [*_files(found.items), *_stamp_parts(found.stamps), *_records(found, overview)],
        [
            packing.part("verify.py", packing.own_verifier()),
            *(packing.part(name, text) for name, text in readmes.items()),
        ],
        _info(found.about),
    )


def _files(items: Iterable[Included]) -> list[Part]:
    return [packing.streamed(rules.file_of(item), item.chunks) for item in items]


def _stamp_parts(stamps: Iterable[Stamp]) -> list[Part]:
    parts = []
    for number, stamp in enumerate(stamps, 1):
        file, roots = rules.stamp_files(number)
        parts += [packing.part(file, stamp.response), packing.part(roots, stamp.roots.encode())]
    return parts


def _records(found: Gathered, overview: bytes) -> list[Part]:
    custody = rules.custody_of(found.slice.shown, [item.id for item in found.items])
    head = rules.head_of(
        found.about,
        (rules.told_of(item, rules.entry_of(item, found.slice.shown)) for item in found.items),
        (rules.told_of_stamp(stamp, number) for number, stamp in enumerate(found.stamps, 1)),
        found.slice.told,
        verify.digest_of([overview]).sha256,
    )
    return [
        packing.part("data/overview.pdf", overview),
        packing.part(verify.HEAD, verify.pretty(head)),
        packing.part(verify.JOURNAL, found.slice.lines),
        packing.part(verify.CUSTODY, verify.pretty(custody)),
        packing.part(verify.CUSTODY_CSV, verify.custody_csv(custody)),
    ]


def _info(about: About) -> dict[str, str]:
    return {
        "Source-Organization": about.organisation,
        "External-Identifier": f"urn:uuid:{about.bundle}",
        "External-Description": f"Bevispakke {about.number}, sag {about.case}",
        "Bagging-Date": about.asked_at.date().isoformat(),
        "Bag-Software-Agent": "Værn",
    }
