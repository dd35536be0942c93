"""The JSON Schema for editors: made from the classes, the same every time, and it knows every table."""

from __future__ import annotations

import json

from vaern.guideline.load import ENTRY
from vaern.guideline.pack import Modality
from vaern.guideline.schema import schema


def test_every_table_is_known_and_none_is_demanded_of_one_file() -> None:
    made = schema()
    assert set(made["properties"]) == {"pack", *ENTRY}
    assert "required" not in made
    assert made["additionalProperties"] is False


def test_the_names_are_those_of_the_files_not_of_the_code() -> None:
    definitions = schema()["$defs"]
    assert "register" in definitions["Duty"]["properties"]
    assert "is" in definitions["Test"]["properties"]
    assert "with" in definitions["Overlay"]["required"]
    assert not any(name.endswith("_") for part in definitions.values() for name in part.get("properties", {}))


def test_choices_are_listed_and_unknown_keys_refused() -> None:
    definitions = schema()["$defs"]
    assert definitions["Modality"]["enum"] == [modality.value for modality in Modality]
    assert all(part["additionalProperties"] is False for part in definitions.values() if part["type"] == "object")


def test_every_reference_inside_it_leads_somewhere() -> None:
    text = json.dumps(schema())
    named = {part.split('"')[0] for part in text.split('"#/$defs/')[1:]}
    assert named == set(schema()["$defs"])


def test_it_is_the_same_every_time() -> None:
    assert json.dumps(schema()) == json.dumps(schema())
