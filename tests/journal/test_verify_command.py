"""`vaern journal verify`: exit 0 and the head of each chain, or exit 1 and the place."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection

from tests.journal.conftest import add
from tests.journal_kit import unlocked
from vaern.journal import facts
from vaern.ops.main import main


def test_a_whole_journal_holds(five: list[facts.Entry], capsys: pytest.CaptureFixture[str]) -> None:
    add(organisation_id=None)
    call_command("journal_verify")
    out = capsys.readouterr().out
    assert f"org:7: 5 entries, holds, head {five[4].hash}" in out
    assert "system: 1 entries, holds" in out


def test_a_changed_journal_exits_1_and_says_where(five: list[facts.Entry], capsys: pytest.CaptureFixture[str]) -> None:
    with unlocked(), connection.cursor() as cursor:
        cursor.execute("UPDATE journal_entry SET act = 'preview_evidence' WHERE seq = 3")
    with pytest.raises(SystemExit) as stopped:
        call_command("journal_verify")
    assert stopped.value.code == 1
    assert "org:7 entry 3: was changed after it was recorded" in capsys.readouterr().out
    call_command("journal_verify", "--organisation", "8")


def test_two_words_on_the_command_line(five: list[facts.Entry], capsys: pytest.CaptureFixture[str]) -> None:
    main(["journal", "verify", "--organisation", "7"])
    assert capsys.readouterr().out.startswith("org:7: 5 entries, holds")
