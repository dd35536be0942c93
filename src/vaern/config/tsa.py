"""The time-stamp authorities of the installation, from `VAERN_TSA`. A wrong one stops the start with a sentence."""

from __future__ import annotations

from pathlib import Path

from vaern.config.env import SettingProblem
from vaern.stamps.facts import Authority
from vaern.stamps.rules import read_authorities


def authorities(text: str) -> tuple[Authority, ...]:
    found = read_authorities(text)
    if isinstance(found, str):
        raise SettingProblem(f"VAERN_TSA: {found}")
    return tuple(Authority(name, url, _roots(path), policy) for name, url, path, policy in found)


def _roots(path: str) -> str:
    """The certificates as text. That they can be used at all is found at the first stamp, which says so."""
    try:
        text = Path(path).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingProblem(f"VAERN_TSA: the certificates in {path} cannot be read.") from error
    if "-----BEGIN CERTIFICATE-----" not in text:
        raise SettingProblem(f"VAERN_TSA: {path} holds no certificate in PEM.")
    return text
