"""`docs/pack-format.md` says what every table and field means, and its examples are read by the real classes."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest

from vaern.guideline import pack as pack_format
from vaern.guideline.compose import compose
from vaern.guideline.core_facts import CORE_CONSENTS, CORE_EVENTS, CORE_FACTS
from vaern.guideline.coverage import SYSTEM_RULES
from vaern.guideline.facts import State
from vaern.guideline.load import ENTRY, load
from vaern.guideline.pack import Head, Part
from vaern.guideline.plan import plan
from vaern.guideline.rehearse import DONE_KEYS, KEYS, read_rehearsal

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "pack-format.md").read_text()
PACKS = ROOT / "guidelines"
TABLES: Mapping[str, type[Part]] = {
    name: found
    for name, found in vars(pack_format).items()
    if isinstance(found, type) and issubclass(found, Part) and found is not Part
}


def section(table: str) -> str:
    """The text below "### Duty: …" up to the next heading."""
    found = re.search(rf"^### {table}: .*?(?=^#{{1,3}} |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    return found[0] if found else ""


def documented(table: str) -> list[str]:
    return re.findall(r"^\| `([a-z_]+)` \| .", section(table), re.MULTILINE)


def words(annotation: Any) -> set[str]:
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return {each.value for each in annotation}
    if get_origin(annotation) is Literal:
        return {each for each in get_args(annotation) if isinstance(each, str)}
    return {word for inner in get_args(annotation) for word in words(inner)}


@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_field_is_explained_in_its_own_section_and_nothing_else_is(table: str) -> None:
    fields = [info.alias or name for name, info in TABLES[table].model_fields.items()]
    assert documented(table) == fields


@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_word_a_field_may_hold_is_named(table: str) -> None:
    allowed = {word for info in TABLES[table].model_fields.values() for word in words(info.annotation)}
    shared = PAGE if table == "Standing" else section(table)
    assert {word for word in allowed if f"`{word}`" not in shared and f'`"{word}"`' not in shared} == set()


def test_every_array_is_named_where_its_table_is() -> None:
    missing = [
        kind for kind, table in ENTRY.items() if not re.search(rf"`\[?\[?{kind}|{kind}/<id>", section(table.__name__))
    ]
    assert missing == []


def test_core_words_and_rules_are_listed() -> None:
    core = [each.id for each in (*CORE_FACTS, *CORE_EVENTS, *CORE_CONSENTS)]
    assert [word for word in (*core, *SYSTEM_RULES) if f"`{word}`" not in PAGE] == []


EXAMPLES = re.findall(r"^```toml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES)
def test_examples_are_read_by_the_real_classes(example: str) -> None:
    tables = tomllib.loads(example)
    assert tables
    for kind, content in tables.items():
        if kind == "pack":
            complete = {"id": "x", "title": "x", "organisation": "x", "version": "1"} | content
            assert Head.model_validate(complete).id
        else:
            assert all(ENTRY[kind].model_validate(entry) for entry in content)


def test_the_rehearsal_is_read_and_planned_and_all_its_fields_are_explained(tmp_path: Path) -> None:
    found = re.search(r"^```toml rehearsal\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    assert found is not None
    (tmp_path / "facts.toml").write_text(found[1])
    composed = compose(load(PACKS / "brovst"), [load(PACKS / "national")])
    case = read_rehearsal(tmp_path / "facts.toml", composed)
    states = {row.id: row.state for row in plan(composed, case, datetime(2026, 11, 21, tzinfo=UTC))}
    assert states["agree_psychologist"] is State.DECLINED
    assert states["insist_on_help"] is State.OWED
    table = PAGE[found.end() :]
    assert [key for key in KEYS if f"| `{key}` | " not in table] == []
    assert [key for key in DONE_KEYS if f"`{key}`" not in table] == []


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 15
