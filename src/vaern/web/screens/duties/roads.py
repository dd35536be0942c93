"""Where in Værn a duty can be done for real, instead of being written down: a letter, a sheet, a conversation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from vaern.cases.rules import SETTLES
from vaern.guideline.composed import Composed
from vaern.guideline.pack import Duty
from vaern.handover.facts import Channel
from vaern.handover.rules import channel_for
from vaern.letters import rules as letters
from vaern.people import doors
from vaern.web.guideline_texts import Said, say


@dataclass(frozen=True, slots=True)
class Roads:
    """Empty where this person may not go, or where there is none."""

    letters: tuple[tuple[str, Said], ...]
    """Ids and titles of the letters."""
    channel: Channel | None
    conversation: bool
    needs: bool
    privacy: bool
    """Whether there is a walk through one's own profiles beside it."""


def roads(request: Any, composed: Composed, duty: Duty) -> Roads:
    open_to = {act: doors.may(act, request.relations) for act in DOORS} if request.case.state == "open" else {}
    return Roads(
        letters=_letters(request.case, composed, duty) if open_to.get("draft_letter") else (),
        channel=channel_for(duty) if open_to.get("start_handover") else None,
        conversation=bool(open_to.get("note_conversation")) and duty.act in SETTLES["conversation"],
        needs=bool(open_to.get("say_needs")) and duty.act in SETTLES["impact"] | SETTLES["needs"],
        privacy=duty.act == "privacy_check",
    )


DOORS = ("draft_letter", "start_handover", "note_conversation", "say_needs")


def _letters(case: Any, composed: Composed, duty: Duty) -> tuple[tuple[str, Said], ...]:
    values = {name: tuple(one) if isinstance(one, list) else one for name, one in case.facts.items()}
    language = get_language() or "da"
    return tuple(
        (one.id, say(composed, f"letter:{one.id}", "title", language))
        for one in letters.letters_for(composed, duty, values)
    )
