"""The program's own settings, on a data folder of the tests' own, with plain static files and quick hashing."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

_worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
_data = Path(tempfile.mkdtemp(prefix=f"vaern-tests-{_worker}-"))
# Only the database may come from outside: the same suite runs on SQLite and on PostgreSQL.
for _name in [name for name in os.environ if name.startswith("VAERN_") and name != "VAERN_DATABASE_URL"]:
    del os.environ[_name]
(_data / "frontend").mkdir()
(_data / "incoming").mkdir()
(_data / "static").mkdir()
os.environ["VAERN_DATA"] = str(_data)
os.environ["VAERN_SECRET_KEY"] = "only-for-tests-" + "x" * 40
os.environ["VAERN_REQUIRE_TOTP"] = "off"
os.environ["VAERN_LOG_LEVEL"] = "ERROR"

from vaern.config.settings import *  # noqa: E402, F403
from vaern.config.settings import CACHES, ROOT, STORAGES  # noqa: E402

# The front-end files that set-up fetched, so that the browser tests see the real pages.
STATICFILES_DIRS = [path for path in (ROOT / "var" / "frontend",) if path.is_dir()]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {**CACHES, "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# A file, as in an installation: threads on a database in memory share one cache, with other locks than the real ones.
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": str(_data / "tests.sqlite3")}  # noqa: F405
