"""A target of `mutate`: a bundle of evidence, anywhere in its ZIP, wrapping included."""

from __future__ import annotations

import os
import random
import tempfile
from pathlib import Path

from tests.bundle.made import parts, zip_of
from vaern.bundle import verify


def bundles(count: int, dice: random.Random) -> list[str]:
    """The bundle has items, a journal with foreign entries, custody, manifests and the stamps of a real authority in
    it. Without openssl: what is found is found by the checking program alone."""
    whole, missed = zip_of(parts()), []
    path_before = os.environ["PATH"]
    with tempfile.TemporaryDirectory(prefix="vaern-mutate-") as folder:
        os.environ["PATH"] = folder
        path = Path(folder) / "bundle.zip"
        path.write_bytes(whole)
        if verify.check(path).code:
            raise RuntimeError("the untouched bundle does not hold")
        for _ in range(count):
            place, bit = dice.randrange(len(whole)), dice.randrange(8)
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << bit]) + whole[place + 1 :])
            missed += [] if verify.check(path).code else [f"byte {place}"]
    os.environ["PATH"] = path_before
    return missed
