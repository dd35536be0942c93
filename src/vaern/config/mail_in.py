"""The mailbox mail comes in on, from the settings `VAERN_MAIL_IN_…`. A half one stops the start with a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from os import environ as _environ
from pathlib import Path

from vaern.config.env import SettingProblem, read, read_int
from vaern.mailbox.facts import Account


def account(environ: Mapping[str, str] = _environ) -> Account | None:
    """None when no server is named."""

    def said(name: str) -> str:
        return read(f"VAERN_MAIL_IN_{name}", environ)

    if not said("HOST"):
        return None
    for name in ("USER", "PASSWORD", "ADDRESS", "FOLDER", "DONE", "LEFT"):
        if not said(name):
            raise SettingProblem(f"VAERN_MAIL_IN_{name} is missing, and VAERN_MAIL_IN_HOST is set.")
    if said("TLS") not in {"implicit", "starttls"}:
        raise SettingProblem(f"VAERN_MAIL_IN_TLS: “{said('TLS')}” is neither implicit nor starttls.")
    if said("CA") and not Path(said("CA")).is_file():
        raise SettingProblem(f"VAERN_MAIL_IN_CA: {said('CA')} cannot be read.")
    if said("FOLDER") in {said("DONE"), said("LEFT")}:
        raise SettingProblem("VAERN_MAIL_IN_FOLDER: mail cannot be moved to the folder it comes into.")
    return Account(
        host=said("HOST"), port=read_int("VAERN_MAIL_IN_PORT", environ, least=1), starttls=said("TLS") == "starttls",
        ca=said("CA"), user=said("USER"), password=said("PASSWORD"), folder=said("FOLDER"), done=said("DONE"),
        left=said("LEFT"), address=said("ADDRESS"), authserv=said("AUTHSERV"),
    )  # fmt: skip
