"""Everything that lies in a bundle, put together from facts: the same facts make the same files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vaern.bundle import packing, rules, verify
from vaern.bundle.facts import About, Included, Stamp
from vaern.bundle.packing import Part


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in the files that are written for one bundle: the overview (PDF), and the two READMEs."""

    overview: bytes
    readmes: dict[str, bytes]


def parts_of(
    about: About, items: Sequence[Included], stamps: Sequence[Stamp], found: rules.Slice, written: Written
) -> list[Part]:
    """The whole bag, sorted by name."""
    return packing.bagged(
        [*_files(items), *_stamp_parts(stamps), *_records(about, items, stamps, found, written)],
        [
            packing.part("verify.py", packing.own_verifier()),
            *(packing.part(name, text) for name, text in written.readmes.items()),
        ],
        _info(about),
    )


def _files(items: Sequence[Included]) -> list[Part]:
    return [packing.streamed(rules.file_of(item), item.chunks) for item in items]


def _stamp_parts(stamps: Sequence[Stamp]) -> list[Part]:
    parts = []
    for number, stamp in enumerate(stamps, 1):
        file, roots = rules.stamp_files(number)
        parts += [packing.part(file, stamp.response), packing.part(roots, stamp.roots.encode())]
    return parts


def _records(
    about: About, items: Sequence[Included], stamps: Sequence[Stamp], found: rules.Slice, written: Written
) -> list[Part]:
    custody = rules.custody_of(found.shown, [item.id for item in items])
    head = rules.head_of(
        about,
        (rules.told_of(item, rules.entry_of(item, found.shown)) for item in items),
        (rules.told_of_stamp(stamp, number) for number, stamp in enumerate(stamps, 1)),
        found.told,
        verify.digest_of([written.overview]).sha256,
    )
    return [
        packing.part("data/overview.pdf", written.overview),
        packing.part(verify.HEAD, verify.pretty(head)),
        packing.part(verify.JOURNAL, found.lines),
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
