"""The front door: three doors, somebody to call, and what one has begun. Nothing else."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from vaern.cases import queries as cases
from vaern.people import doors
from vaern.people.facts import Actor
from vaern.web.contacts import crisis_calls
from vaern.web.doors import door


@door("start")
@require_safe
def start(request: Any) -> HttpResponse:
    actor, now = request.actor, timezone.now()
    in_use = cases.guideline_in_use(actor.organisation_id)
    roles = {post.role for post in actor.posts}
    context = {
        "contacts": crisis_calls(in_use[1], get_language() or "da") if in_use else [],
        "guideline": in_use is not None,
        "drafts": [
            {"id": one.pk, "at": one.updated_at, "who": one.data["who"], "by_mail": one.data.get("came_by") == "mail"}
            for one in cases.drafts_of(actor)
        ],
        "lines": cases.my_case_lines(actor, now),
        "sees_inbox": doors.may("see_inbox", roles),
        "sees_cases": doors.may("list_cases", roles),
        **(_work(actor, now) if doors.may("list_cases", roles) else {}),
    }
    return render(request, "start/start.html", context)


def _work(actor: Actor, now: datetime) -> dict[str, int]:
    """How much waits for somebody who handles cases, their own and those of the managers below them."""
    lines = cases.duty_lines(actor, now)
    waiting = cases.inbox_lines(actor, now)
    silent = sum(line.silence is not None and line.silence.alarm for line in waiting)
    return {
        "duties": len(lines),
        "burning": sum(line.urgency == "now" for line in lines),
        "danger": sum(line.in_danger for line in waiting),
        "waiting": len(waiting),
        "silent": silent,
    }
