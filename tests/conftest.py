"""Where the tests run: a data folder of their own, never the developer's. Settings are read at import, so this
file sets them before Django looks."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

_worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
_data = Path(tempfile.mkdtemp(prefix=f"vaern-tests-{_worker}-"))
_kept = {name: value for name, value in os.environ.items() if name == "VAERN_DATABASE_URL"}
for _name in [name for name in os.environ if name.startswith("VAERN_")]:
    del os.environ[_name]
os.environ.update(_kept)
(_data / "frontend").mkdir()
(_data / "incoming").mkdir()
os.environ["VAERN_DATA"] = str(_data)
os.environ["VAERN_SECRET_KEY"] = "only-for-tests-" + "x" * 40
os.environ["VAERN_REQUIRE_TOTP"] = "off"
os.environ["VAERN_LOG_LEVEL"] = "ERROR"
