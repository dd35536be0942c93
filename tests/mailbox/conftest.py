from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.mailbox import dovecot
from tests.people_kit import Municipality, a_municipality
from vaern.mailbox.facts import Account


@pytest.fixture(scope="session")
def server() -> Iterator[Account]:
    with dovecot.a_server() as account:
        yield account


@pytest.fixture
def mailbox(server: Account, settings: Any, tmp_path: Path) -> Account:
    """The mailbox of the installation, with nothing in it."""
    dovecot.empty(server)
    settings.MAIL_IN = server
    settings.EVIDENCE = tmp_path / "evidence"
    return server


@pytest.fixture
def people(db: None) -> Municipality:
    return a_municipality()
