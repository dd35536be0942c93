"""Where each channel's sheets are sent, read from the file of VAERN_HANDOVER_FILE. Without it everything goes by hand.

[safetynet]                       # for every organisation
way = "https"
url = "https://…"

[eksempelby.safetynet]            # for one, by its slug
way = "sftp"
…
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from stdnum.dk import cvr

from vaern.config import env

NEEDS: Mapping[str, tuple[str, ...]] = {
    "https": ("url",),
    "sftp": ("host", "user", "host_key_file"),
    "drop": ("folder",),
    "mail": ("address",),
}
MAY: Mapping[str, tuple[str, ...]] = {
    "https": ("token_file", "ca_file"),
    "sftp": ("port", "folder", "key_file", "password_file"),
    "drop": (),
    "mail": (),
}

MORE: Mapping[str, tuple[str, ...]] = {"digital_post": ("cvr", "sender")}
"""What stands in the table of one name alone, whatever the way."""
_WRITES_POST = "python_serviceplatformen"

Places = dict[str, dict[str, str]]


def read(mail: bool) -> Places:
    """ "channel" or "organisation/channel" -> way and place. SettingProblem with the table that is wrong."""
    given = env.read("VAERN_HANDOVER_FILE")
    if not given:
        return {}
    try:
        tables = tomllib.loads(Path(given).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise env.SettingProblem(f"VAERN_HANDOVER_FILE: {given} cannot be read ({type(fault).__name__}).") from None
    return {name: _checked(name, table, mail) for name, table in _tables(tables)}


def _tables(tables: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, table in tables.items():
        if isinstance(table, dict) and "way" not in table and all(isinstance(one, dict) for one in table.values()):
            yield from ((f"{name}/{channel}", inner) for channel, inner in table.items())
        else:
            yield name, table


def _checked(name: str, table: Any, mail: bool) -> dict[str, str]:
    way = str(table.get("way")) if isinstance(table, dict) else ""
    if way not in NEEDS:
        raise _problem(name, f"way must be one of {', '.join(NEEDS)}")
    place = {key: str(value) for key, value in table.items()}
    more = MORE.get(name.rpartition("/")[2], ())
    if missing := [key for key in (*NEEDS[way], *more) if not place.get(key)]:
        raise _problem(name, f"{', '.join(missing)} is missing")
    if unknown := set(place) - {"way", *NEEDS[way], *MAY[way], *more}:
        raise _problem(name, f"{', '.join(sorted(unknown))} is unknown")
    if way == "https" and not place["url"].startswith("https://"):
        raise _problem(name, "url must begin with https://")
    if way == "mail" and not mail:
        raise _problem(name, "mail needs VAERN_MAIL_HOST")
    if more:
        _check_post(name, way, place)
    for key in (one for one in place if one.endswith("_file") or (one == "folder" and way == "drop")):
        if not Path(place[key]).exists():
            raise _problem(name, f"{key} {place[key]} is not there")
    return place


def _check_post(name: str, way: str, place: Mapping[str, str]) -> None:
    if way == "mail":
        raise _problem(name, "Digital Post is no mail")
    if not cvr.is_valid(place["cvr"]):
        raise _problem(name, "cvr is no CVR number")
    if find_spec(_WRITES_POST) is None:
        raise _problem(name, "set up with VAERN_DIGITAL_POST=on first, which installs what writes such messages")


def _problem(name: str, what: str) -> env.SettingProblem:
    return env.SettingProblem(f"VAERN_HANDOVER_FILE: [{name.replace('/', '.')}]: {what}.")
