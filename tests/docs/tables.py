"""Reads the tables in our Markdown files."""

from __future__ import annotations

from tests.house.sources import ROOT


def rows(path: str) -> list[tuple[str, ...]]:
    """The cells of every row of every table in the file, without the rows of headings and dashes."""
    lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
    table = [line for line in lines if line.startswith("|")]
    heads = {index - 1 for index, line in enumerate(table) if line.startswith("|---")}
    body = [line for index, line in enumerate(table) if index not in heads and not line.startswith("|---")]
    return [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in body]
