"""No way to a stored byte leaves no entry: every function of the service that gives bytes is walked here."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any, get_type_hints

import pytest

from tests.cases_kit import NOW, open_case
from tests.evidence.files import GOOD, upload
from tests.house.sources import PACKAGE, functions, trees
from tests.people_kit import Municipality, actor
from vaern.evidence import queries, service
from vaern.evidence.facts import Download
from vaern.evidence.service.seeing import see
from vaern.journal.rules import ACTS

# Function of the service: the kind of file it is tried on, and the one entry it leaves.
GIVES_BYTES: dict[str, tuple[str, str]] = {
    "see": ("png", "see_evidence"),
    "preview": ("png", "preview_evidence"),
    "excerpt": ("txt", "read_evidence"),
    "whole_text": ("txt", "read_evidence"),
    "download": ("pdf", "download_evidence"),
}
# Words that are no evidence: of a text one has, and of what is the matter with a key.
OTHER_WORDS = {"words_at", "key_problems"}
# Walked where a scanner has found something: it leaves its entry only on a dangerous file.
# A bundle's or a letter's own bytes: whoever hands them out leaves the entry (`download_bundle`, `download_letter`).
# `enclose` asks which letter it is for: `tests/letters/test_enclosures.py`.
WALKED_ELSEWHERE = {"download_infected", "kept", "enclose"}
# The only functions that read from the vault, and what makes each of them leave an entry.
READS_THE_VAULT = {
    "evidence/service/opening.py _guarded": "called by preview, excerpt, whole_text, download and mask_evidence",
    "evidence/service/opening.py rendered": "called by preview, excerpt and the search, which is an entry itself",
    "evidence/service/exporting.py _opened": "a bundle or a letter as it was kept; handing it out is an entry there",
    "evidence/service/checking.py _opened": "gives nothing out; the check as a whole is an entry",
}


def _gives_bytes(function: Callable[..., Any]) -> bool:
    given = str(get_type_hints(function).get("return", ""))
    return any(word in given for word in ("bytes", "str", "Download", "Iterator", "IO"))


def test_every_function_that_gives_bytes_stands_in_the_table() -> None:
    found = {name for name in service.__all__ if _gives_bytes(getattr(service, name))}
    assert {*found, "see"} - OTHER_WORDS - WALKED_ELSEWHERE == set(GIVES_BYTES)


@pytest.mark.parametrize("name", GIVES_BYTES)
def test_it_leaves_exactly_one_entry_with_the_persons_name(people: Municipality, name: str) -> None:
    case = open_case(people)
    kind, act = GIVES_BYTES[name]
    item = service.take_in(actor=actor(people.anna), upload=upload(*GOOD[kind]), case_id=case.pk, now=NOW)
    before = len(queries.custody(case.pk, item=item))
    give = see if name == "see" else getattr(service, name)
    given = give(actor=actor(people.mads), item=item, now=NOW)
    assert list(given.chunks) if isinstance(given, Download) else given
    added = queries.custody(case.pk, item=item)[: len(queries.custody(case.pk, item=item)) - before]
    assert [(entry.act, entry.actor_name) for entry in added] == [(act, "Mads Madsen")]


def test_nobody_reads_the_vault_but_the_functions_named_here() -> None:
    readers = {
        f"{path} {function.name}"
        for path, tree in trees(PACKAGE).items()
        for function in functions(tree)
        for node in ast.walk(function)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "vault"
        and node.attr.startswith(("open", "read", "get"))
    }
    assert readers == set(READS_THE_VAULT)


def test_every_act_that_speaks_of_evidence_is_in_the_list_of_hands() -> None:
    assert set(queries.CUSTODY) >= {"take_in_evidence", "see_evidence", "download_evidence", "stamp_evidence"}
    assert set(queries.CUSTODY) == {
        act for act in ACTS if any(word in act for word in ("evidence", "mask", "infected"))
    }
    assert set(queries.SEEN) < set(queries.CUSTODY)


def test_exposures_are_counted_for_each_person_and_each_item(people: Municipality) -> None:
    case = open_case(people)
    picture, other = (
        service.take_in(actor=actor(people.anna), upload=upload(*GOOD[kind]), case_id=case.pk, now=NOW)
        for kind in ("png", "jpeg")
    )
    mads, anna = actor(people.mads), actor(people.anna)
    for who, item in ((mads, picture), (mads, picture), (anna, picture), (mads, other)):
        service.preview(actor=who, item=item, now=NOW)
    list(service.download(actor=mads, item=picture, now=NOW).chunks)
    assert queries.exposures(picture) == {
        (mads.user_id, "preview_evidence"): 2,
        (mads.user_id, "download_evidence"): 1,
        (anna.user_id, "preview_evidence"): 1,
    }
    assert [entry.data["number"] for entry in queries.custody(case.pk, item=other)] == [2, 2]
