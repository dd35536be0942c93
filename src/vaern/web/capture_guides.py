"""How a piece of evidence is secured, as a page shows it: the guides of the installation's folder, in one language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from vaern.guideline.capture_guide import DEVICES, CaptureGuides, PlatformGuide, load_guides
from vaern.guideline.guide_files import Words
from vaern.web.guide_folders import guides_in

FOLDER = "capture"


@dataclass(frozen=True, slots=True)
class DeviceView:
    """The steps on one sort of device, in their order; what cannot be had there; how a screenshot is taken."""

    title: str
    steps: list[str]
    left_out: list[str]
    screenshot: list[str]


@dataclass(frozen=True, slots=True)
class GuideView:
    """One platform's guide. `is_old`: nobody has gone through it in time, and the page says so."""

    platform: str
    name: str
    before: list[str]
    devices: list[DeviceView]
    checked_on: date
    is_old: bool
    tried: bool
    owner: str


def guide_for(platform: str, language: str, today: date) -> GuideView | None:
    """None for a platform that has no guide, and when the folder is missing or not as it should be."""
    guides = _guides()
    one = guides.of(platform) if guides else None
    return _view(guides, one, language, today) if guides and one else None


def platforms(language: str) -> list[tuple[str, str]]:
    """(id, name) of each guide there is."""
    guides = _guides()
    return [(one.guide.platform, one.guide.name.said(language)) for one in guides.platforms] if guides else []


def _guides() -> CaptureGuides | None:
    return guides_in(FOLDER, load_guides)


def _view(guides: CaptureGuides, one: PlatformGuide, language: str, today: date) -> GuideView:
    titles = {"phone": _("På telefon"), "computer": _("På computer")}
    devices = [
        DeviceView(
            titles[device],
            _said(one.steps_on(device), language),
            _said(one.left_out_on(device), language),
            _said((shot for shot in guides.screenshot if device in shot.on), language),
        )
        for device in DEVICES
    ]
    guide = one.guide
    return GuideView(
        platform=guide.platform,
        name=guide.name.said(language),
        before=_said(guides.before, language),
        devices=devices,
        checked_on=guide.checked_on,
        is_old=one.is_old(today),
        tried=guide.certainty == "tried",
        owner=guide.owner,
    )


def _said(texts: Iterable[Words], language: str) -> list[str]:
    return [text.said(language) for text in texts]
