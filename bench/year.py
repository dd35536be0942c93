"""A simulated stretch of time with many cases, in which workers and the mail server are killed at random.

`python -m bench.year CASES DAYS SEED rough|calm` runs inside an installation and prints what came of it as JSON. The
same seed gives the same cases; "calm" is the same time with nobody killed. `compare` says what the rough one lost or
doubled. Time is moved in each process by the library the tests use: a year of waiting proves no more. A worker is a
process of its own (a fork), so that a kill leaves what a kill leaves; each is followed by one that is let live. Half
of the kills fall anywhere in the time a worker's round takes, which grows with the cases; half within some milliseconds
after a mail has come, around the one moment in which a double can arise.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import threading
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import django

django.setup()

import time_machine  # noqa: E402
from aiosmtpd.controller import Controller  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connections  # noqa: E402

from bench.fill import people  # noqa: E402
from bench.server import free_port  # noqa: E402
from vaern.cases import service as cases  # noqa: E402
from vaern.cases.models import Case  # noqa: E402
from vaern.evidence import service as evidence  # noqa: E402
from vaern.notices import service as notices  # noqa: E402
from vaern.notices.models import Mail, Notice  # noqa: E402
from vaern.people import queries  # noqa: E402
from vaern.people.models import User  # noqa: E402

START = datetime(2026, 1, 5, 7, 0, tzinfo=UTC)
STEP = timedelta(hours=12)
AGAIN = timedelta(minutes=6)
"""After so long a worker that was killed is taken for dead (`notices.service.post.LEASE` is five minutes)."""
OPEN_FOR = timedelta(days=30)
QUIET = 8
"""Steps at the end in which nobody is killed: everything must get through."""
KILLED, DOWN = 0.8, 0.15


class Inbox:
    """Counts Message-IDs; on a port of this machine, stopped and started again."""

    def __init__(self) -> None:
        self.ids: Counter[str] = Counter()
        self.came = threading.Event()
        self.port = free_port()
        self.running: Controller | None = None

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        head = envelope.content.decode("utf-8", "replace").partition("\r\n\r\n")[0]
        found = [line[11:].strip() for line in head.splitlines() if line.lower().startswith("message-id:")]
        self.ids.update(found)
        self.came.set()
        return "250 OK"

    def up(self) -> None:
        if self.running is None:
            self.running = Controller(self, hostname="127.0.0.1", port=self.port, ready_timeout=30)
            self.running.start()

    def down(self) -> None:
        if self.running is not None:
            self.running.stop()
            self.running = None


def main(count: str, days: str, seed: str, how: str) -> None:
    begun, dice, plan = time.perf_counter(), random.Random(seed), random.Random(f"plan {seed}")  # nosec B311
    rough, steps = how == "rough", int(days) * 24 // 12
    people()
    inbox = Inbox()
    settings.MAIL_HOST = settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT, settings.EMAIL_USE_TLS, settings.EMAIL_TIMEOUT = inbox.port, False, 5
    settings.MAIL_FROM, settings.PUBLIC_URL = "vaern@maal.example", "https://vaern.example"
    coming = Counter(plan.randrange(max(1, steps)) for _ in range(int(count)))
    kills, sending, usual = 0, 0, 0.1
    for step in range(steps + QUIET):
        now, last = START + step * STEP, step >= steps
        _acts(coming[step], now, plan)
        inbox.down() if rough and not last and dice.random() < DOWN else inbox.up()
        killed, first = _work(now, inbox, dice if rough and not last else None, usual)
        kills, sending = kills + killed, sending + (killed and inbox.came.is_set())
        usual = max(first, _work(now + AGAIN, inbox, None, usual)[1])
    inbox.down()
    json.dump(
        {
            **_said(inbox, START + (steps + QUIET - 1) * STEP),
            "kills": kills,
            "kills_after_a_mail": sending,
            "seconds": round(time.perf_counter() - begun, 1),
        },
        sys.stdout,
    )


def _acts(count: int, now: datetime, plan: random.Random) -> None:
    """Reports fall in the middle between two steps, so that no deadline falls into the minutes a kill costs."""
    at = now - STEP / 2
    manager = queries.actor_of(User.objects.get(name="leder"), today=at.date())
    with time_machine.travel(at, tick=False):
        for _ in range(count):
            employee = User.objects.get(name=f"medarbejder{plan.randrange(8)}")
            who = queries.actor_of(employee, today=at.date())
            draft = cases.start_report(actor=who, who="me", now=at)
            danger = "yes" if plan.random() < 0.1 else "no"
            answers = {"what": "Et opslag.", "manager_id": manager.user_id, "danger_now": danger}
            cases.write_report(actor=who, draft_id=draft.pk, answers=answers, now=at)
            case = evidence.send_report(actor=who, draft_id=draft.pk, now=at)
            if plan.random() < 0.5:
                cases.write_message(actor=manager, case_id=case.pk, text="Jeg ringer.", from_affected=False, now=at)
        cases.renew_cases()
        # A case is closed in many steps; here it ends by being old, which is all that matters to a reminder.
        Case.objects.filter(opened_at__lt=at - OPEN_FOR, state="open").update(state="closed", closed_at=at)


def _work(now: datetime, inbox: Inbox, dice: random.Random | None, usual: float) -> tuple[bool, float]:
    """One worker's round, in a process of its own: whether it was killed in the middle, and its seconds. `usual` is how
    long a round takes that has everything to do. Whether a mail came in it, `inbox.came` tells."""
    connections.close_all()
    inbox.came.clear()
    begun = time.perf_counter()
    child = os.fork()
    if not child:
        code = 1
        try:
            with time_machine.travel(now, tick=False):
                notices.read_journal()
                notices.remind()
                notices.send_notices()
            code = 0
        finally:
            os._exit(code)
    killed = dice is not None and dice.random() < KILLED
    if killed and dice is not None:
        _until_the_kill(inbox, dice, usual)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if not killed and status:
        raise RuntimeError("a worker that was let live did not end well")
    return os.WIFSIGNALED(status), time.perf_counter() - begun


def _until_the_kill(inbox: Inbox, dice: random.Random, usual: float) -> None:
    if dice.random() < 0.5:
        time.sleep(dice.uniform(0, usual))
    else:
        inbox.came.wait(timeout=usual)
        time.sleep(dice.uniform(0, 0.03))


def _said(inbox: Inbox, end: datetime) -> dict[str, Any]:
    """Notices without what differs from run to run: a case is its number."""
    names = {str(case.pk): f"{case.year}-{case.number}" for case in Case.objects.all()}
    keys = []
    for user, kind, key in Notice.objects.values_list("user__name", "kind", "key"):
        head, _, rest = key.partition("/")
        keys.append([user, kind, f"{names.get(head, head)}/{rest}"])
    sent = set(Mail.objects.filter(sent_at__isnull=False).values_list("message_id", flat=True))
    return {
        "cases": len(names),
        "notices": sorted(keys),
        "without_mail": Notice.objects.filter(mail__isnull=True, mail_at__lte=end).count(),
        "unsent": Mail.objects.filter(sent_at__isnull=True).count(),
        "mails": len(sent),
        "lost_mails": len(sent - set(inbox.ids)),
        "strange_mails": len(set(inbox.ids) - sent),
        "came_twice": sum(number - 1 for number in inbox.ids.values()),
    }


def compare(rough: dict[str, Any], calm: dict[str, Any]) -> list[str]:
    """Everything that is wrong. A mail that came twice is no fault as long as it has one Message-ID, and cannot come
    more often than a worker was killed."""
    one, other = ({tuple(key) for key in run["notices"]} for run in (rough, calm))
    wrong = [f"lost: {key}" for key in sorted(other - one)] + [f"too much: {key}" for key in sorted(one - other)]
    wrong += [f"doubled: {len(rough['notices']) - len(one)}"] if len(rough["notices"]) != len(one) else []
    wrong += [
        f"{name}: {rough[name]}" for name in ("without_mail", "unsent", "lost_mails", "strange_mails") if rough[name]
    ]
    return wrong + (["more doubles than kills"] if rough["came_twice"] > rough["kills"] else [])


if __name__ == "__main__":
    if sys.argv[1:] == ["compare"]:
        json.dump(compare(*json.load(sys.stdin)), sys.stdout)
    else:
        main(*sys.argv[1:])
