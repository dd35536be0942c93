"""Single bytes are changed, at random, in what is stored and in what is recorded: every change must be found.

One function for each kind of target: it changes `count` bytes, has the program look, and gives back what was not found.
A new kind of target is a new module with such a function, and a line in `TARGETS`.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.files.base import ContentFile  # noqa: E402

from bench.fill import people  # noqa: E402
from bench.mutate_bundle import bundles  # noqa: E402
from bench.mutate_rows import entries, provenance, tokens  # noqa: E402
from tests.stamps_kit import an_authority  # noqa: E402
from vaern.cases import service as cases  # noqa: E402
from vaern.evidence import service as evidence  # noqa: E402
from vaern.evidence.facts import Said  # noqa: E402
from vaern.evidence.models import Item  # noqa: E402
from vaern.people import queries  # noqa: E402
from vaern.people.models import User  # noqa: E402
from vaern.stamps import service as stamps  # noqa: E402

OBJECTS = 40


def fill() -> None:
    people()
    actor = queries.actor_of(User.objects.get(name="medarbejder0"), today=datetime.now(UTC).date())
    for number in range(OBJECTS // 20):
        draft = cases.start_report(actor=actor, who="me", now=datetime.now(UTC)).pk
        for piece in range(20):
            words = f"Bevis {number} {piece}. " * random.randint(1, 400)  # nosec B311
            upload = ContentFile(words.encode(), "noter.txt")
            said = Said(url=f"https://example.org/{number}/{piece}", thread="Under et opslag.") if piece % 2 else Said()
            evidence.take_in(actor=actor, upload=upload, draft_id=draft, said=said, now=datetime.now(UTC))
    with tempfile.TemporaryDirectory(prefix="vaern-mutate-") as folder, an_authority(Path(folder)) as running:
        settings.TSA = (running.as_("good"),)
        stamps.stamp()
    if stamps.verify().stamps < OBJECTS or stamps.verify().wrong:
        raise RuntimeError("the untouched stamps do not hold")


def objects(count: int, dice: random.Random) -> list[str]:
    """Each round changes one byte of every object, and looks."""
    items = {str(item.pk): Path(settings.EVIDENCE, str(item.organisation_id), item.object[:2], item.object)
             for item in Item.objects.all()}  # fmt: skip
    whole = {item: path.read_bytes() for item, path in items.items()}
    lost: list[str] = []
    for _ in range(-(-count // len(items))):
        for item, path in items.items():
            content = bytearray(whole[item])
            content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
            path.chmod(0o600)
            path.write_bytes(content)
        found = {one.item for one in evidence.check_evidence(now=datetime.now(UTC)).findings if one.code == "changed"}
        lost += sorted(set(items) - found)
        for item, path in items.items():
            path.write_bytes(whole[item])
    return lost


TARGETS: dict[str, Callable[[int, random.Random], list[str]]] = {
    "objects": objects,
    "entries": entries,
    "provenance": provenance,
    "tokens": tokens,
    "bundles": bundles,
}


def main(count: int, seed: int) -> dict[str, object]:
    fill()
    share = count // len(TARGETS)
    lost = {name: change(share, random.Random(seed)) for name, change in TARGETS.items()}  # nosec B311
    return {"changed": share * len(TARGETS), "seed": seed, "problems": [f"{n}: {one}" for n in lost for one in lost[n]]}


if __name__ == "__main__":
    json.dump(main(int(sys.argv[1]), int(sys.argv[2])), sys.stdout)
