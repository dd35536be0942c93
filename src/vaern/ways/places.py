"""Where each thing that leaves goes, as VAERN_HANDOVER_FILE says."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings


def place_of(organisation: str, name: str) -> Mapping[str, str]:
    """The way and place set up for this name, of the organisation (its slug) before everybody's; empty: by hand."""
    places: dict[str, dict[str, str]] = settings.HANDOVER
    return places.get(f"{organisation}/{name}") or places.get(name) or {}
