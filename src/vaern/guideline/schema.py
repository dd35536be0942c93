"""The JSON Schema of one TOML file of a pack, made from the very classes that read it.

Any file may hold any of the arrays, so each is optional here; that the folder as a whole has a [pack] is the
loader's business. An editor (for instance Taplo) completes and checks a file against it.
"""

from __future__ import annotations

from typing import Any

from vaern.guideline.pack import Pack

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema() -> dict[str, Any]:
    """The schema as JSON data. The same classes give the same schema, key for key."""
    made = Pack.model_json_schema(by_alias=True)
    made.pop("required", None)
    return {"$schema": DIALECT, **made, "title": "Værn guideline pack: one file"}
