"""Each row of docs/PROMISES.md names tests, and they exist."""

from __future__ import annotations

import re

from tests.docs.tables import rows
from tests.house.sources import ROOT


def test_every_promise_names_tests_that_exist() -> None:
    promises = rows("docs/PROMISES.md")
    assert len(promises) > 10
    wrong = [claim for claim, tests in promises if not names_tests_that_exist(tests)]
    assert wrong == []


def names_tests_that_exist(cell: str) -> bool:
    named = re.findall(r"`([^`]+)`", cell)
    return bool(named) and all(exists(name) for name in named)


def exists(name: str) -> bool:
    path, _, function = name.partition("::")
    file = ROOT / path
    return (
        file.is_file()
        and re.search(rf"^def {re.escape(function)}\(", file.read_text("utf-8"), re.MULTILINE) is not None
    )


def test_a_row_without_a_test_or_with_a_lost_one_is_found() -> None:
    assert not names_tests_that_exist("")
    assert not names_tests_that_exist("`tests/docs/test_promises.py::test_that_was_renamed`")
    assert not names_tests_that_exist("`tests/docs/test_lost.py::test_anything`")
    assert names_tests_that_exist("`tests/docs/test_promises.py::test_every_promise_names_tests_that_exist`")
