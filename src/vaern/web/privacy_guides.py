"""How somebody looks through a profile of her own, as a page shows it: the guides of the installation's folder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from vaern.guideline.privacy_guide import PrivacyGuides, load_privacy_guides
from vaern.web.guide_folders import guides_in

FOLDER = "privacy"


@dataclass(frozen=True, slots=True)
class PrivacyView:
    """One platform's walk in one language. `next`: id and name of the one after it, ("", "") on the last."""

    platform: str
    name: str
    before: tuple[str, ...]
    steps: tuple[str, ...]
    left_out: tuple[str, ...]
    after: tuple[str, ...]
    next: tuple[str, str]
    checked_on: date
    is_old: bool
    tried: bool
    owner: str


def privacy_guide(platform: str, language: str, today: date) -> PrivacyView | None:
    """None for a platform that has no guide, and when the folder is missing or not as it should be."""
    guides = _guides()
    one = guides.of(platform) if guides else None
    if guides is None or one is None:
        return None
    there = privacy_platforms(language)
    at = [name for name, _ in there].index(platform) + 1
    before, steps, left_out, after = (
        tuple(text.said(language) for text in texts) for texts in (guides.before, one.steps, one.left_out, guides.after)
    )
    return PrivacyView(
        platform=platform, name=one.guide.name.said(language), before=before, steps=steps, left_out=left_out,
        after=after, next=there[at] if at < len(there) else ("", ""), checked_on=one.guide.checked_on,
        is_old=one.guide.is_old(today), tried=one.guide.certainty == "tried", owner=one.guide.owner,
    )  # fmt: skip


def privacy_platforms(language: str) -> list[tuple[str, str]]:
    """(id, name) of each guide there is."""
    guides = _guides()
    return [(one.guide.platform, one.guide.name.said(language)) for one in guides.platforms] if guides else []


def _guides() -> PrivacyGuides | None:
    return guides_in(FOLDER, load_privacy_guides)
