"""Every act is documented, and every word of the glossary is a word of the code."""

from __future__ import annotations

import re

from tests.docs.tables import rows
from tests.house.sources import PACKAGE, ROOT
from vaern.journal.rules import ACTS


def test_every_act_of_the_journal_is_documented() -> None:
    documented = [act.strip("`") for act, _ in rows("docs/acts.md")]
    assert documented == sorted(ACTS)


def test_every_word_of_the_glossary_is_used_in_the_code() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    used = set(re.findall(r"[a-z]+(?:_[a-z]+)*", code))
    words = [word for _, cell, _ in rows("docs/glossary.md") for word in re.findall(r"`([^`]+)`", cell)]
    assert len(words) > 30
    assert [word for word in words if word not in used] == []


def test_the_glossary_has_one_row_for_each_word() -> None:
    words = [cell for _, cell, _ in rows("docs/glossary.md")]
    assert len(words) == len(set(words))


def test_links_between_our_papers_lead_somewhere() -> None:
    papers = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    broken = [
        f"{paper.relative_to(ROOT)}: {link}"
        for paper in papers
        for link in re.findall(r"\]\(([^)#:]+)\)", paper.read_text(encoding="utf-8"))
        if not (paper.parent / link).exists()
    ]
    assert broken == []
