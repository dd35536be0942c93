"""The file that says where sheets are sent is read at the start, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from vaern.config import handover
from vaern.config.env import SettingProblem

GOOD = """
[safetynet]
way = "https"
url = "https://register.example/in"
[eksempelby.defgo]
way = "drop"
folder = "{folder}"
"""


def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, *, mail: bool = False) -> handover.Places:
    file = tmp_path / "handover.toml"
    file.write_text(text)
    monkeypatch.setenv("VAERN_HANDOVER_FILE", str(file))
    return handover.read(mail=mail)


def test_a_table_for_everybody_and_one_for_one_organisation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    places = read(tmp_path, monkeypatch, GOOD.format(folder=tmp_path))
    assert places["safetynet"]["url"] == "https://register.example/in"
    assert places["eksempelby/defgo"] == {"way": "drop", "folder": str(tmp_path)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[a]\nway = 'fax'", "way must be one of"),
        ("[a]\nway = 'https'", "url is missing"),
        ("[a]\nway = 'https'\nurl = 'http://x'", "must begin with https"),
        ("[a]\nway = 'https'\nurl = 'https://x'\ntokn_file = 'x'", "tokn_file is unknown"),
        ("[a]\nway = 'https'\nurl = 'https://x'\ntoken_file = '/findes/ikke'", "is not there"),
        ("[a]\nway = 'drop'\nfolder = '/findes/ikke'", "is not there"),
        ("[a]\nway = 'mail'\naddress = 'x@y.example'", "needs VAERN_MAIL_HOST"),
        ("a = 1", "way must be one of"),
        ("[a", "cannot be read"),
    ],
)
def test_what_is_wrong_stops_the_start_and_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, said: str
) -> None:
    with pytest.raises(SettingProblem, match=said):
        read(tmp_path, monkeypatch, text)
