"""The table of settings in the documentation is the table in the code, and refuses what it does not know."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.tables import rows
from vaern.config import env
from vaern.config.serve import address


def test_every_setting_is_documented_with_its_default() -> None:
    documented = [
        (name.strip("`"), "" if default == "(none)" else default.strip("`"), text)
        for name, default, text in rows("docs/operate/settings.md")
    ]
    assert documented == [(setting.name, setting.default, setting.help) for setting in env.SETTINGS]


def test_a_mistyped_setting_is_named() -> None:
    assert env.unknown({"VAERN_HOST": "x", "VAERN_DATA": "var", "VAERN_DATA_FILE": "x", "HOME": "/"}) == ["VAERN_HOST"]


def test_a_value_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "bind").write_text("[::1]:9000\n")
    assert env.read("VAERN_BIND", {"VAERN_BIND_FILE": str(tmp_path / "bind")}) == "[::1]:9000"
    with pytest.raises(env.SettingProblem, match=r"VAERN_BIND_FILE: .*cannot be read"):
        env.read("VAERN_BIND", {"VAERN_BIND_FILE": str(tmp_path / "none")})


@pytest.mark.parametrize("text", ["", "two", "-1", "1.5", "0"])
def test_a_number_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(env.SettingProblem, match="VAERN_WORKERS"):
        env.read_int("VAERN_WORKERS", {"VAERN_WORKERS": text}, least=1)


def test_a_switch_is_on_or_off() -> None:
    assert env.read_switch("VAERN_DEMO", {"VAERN_DEMO": "On"}) is True
    with pytest.raises(env.SettingProblem, match="neither on nor off"):
        env.read_switch("VAERN_DEMO", {"VAERN_DEMO": "yes"})


def test_where_the_server_listens() -> None:
    assert address("127.0.0.1:8000") == ("127.0.0.1", 8000)
    assert address("[::1]:8000") == ("::1", 8000)
    for wrong in ("8000", "localhost", ":8000", "localhost:http"):
        with pytest.raises(env.SettingProblem, match="VAERN_BIND"):
            address(wrong)
