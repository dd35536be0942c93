"""What has happened to somebody's login, told to that person.

An administrator can make a link, choose a password with it, reset the second factor and so be somebody who reads
cases. That cannot be prevented without locking out people who lost a phone; it can be made impossible to hide. The
warning hangs on time and not on having been shown, because the first to see it could be the one it warns about.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from vaern.journal import queries as journal
from vaern.journal.facts import Entry
from vaern.journal.rules import ACTS
from vaern.people import queries as people
from vaern.web.templatetags.vaern import moment

WARNED = timedelta(days=30)
BY_OTHERS = ("issue_link", "reset_second_factor")
ABOUT_LOGIN = (
    *BY_OTHERS, "use_link", "logged_in", "login_failed", "change_password", "set_second_factor",
    "remove_second_factor", "make_recovery_codes",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Happened:
    at: datetime
    who: str
    sentence: str


def login_history(user_id: int, *, limit: int = 20) -> list[Happened]:
    """The latest acts about this login, newest first. Two queries."""
    return _happened(journal.entries_of(f"user:{user_id}", acts=ABOUT_LOGIN, limit=limit))


def warnings(user_id: int, now: datetime) -> list[str]:
    """A sentence for each time lately that somebody else changed how this person logs in, newest first."""
    found = journal.entries_of(f"user:{user_id}", acts=BY_OTHERS, limit=3)
    lately = [one for one in found if one.at > now - WARNED]
    text = _("%(when)s: %(who)s %(what)s. Har du ikke selv bedt om det, så sig det til din leder.")
    return [text % {"when": moment(one.at), "who": one.who, "what": one.sentence} for one in _happened(lately)]


def _happened(entries: list[Entry]) -> list[Happened]:
    names = people.names({entry.actor_id for entry in entries if entry.actor_id})
    return [
        Happened(one.at, one.actor_name or names.get(one.actor_id or 0, "") or _("Nogen"), _(ACTS[one.act]))
        for one in entries
    ]
