"""Kills the server (SIGKILL, the whole process group) again and again while reports are being made, and then looks at
what is left: every report that got a receipt must be there, whole, with its files; none half there.

Half of the kills fall at random moments, half within some milliseconds after somebody pressed "send". After a kill a
client does what people do: most try the same page again, some give up.
"""

from __future__ import annotations

import random
import threading
import time
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from bench import report
from bench.browser import Browser, Gone
from bench.server import Installation

CLIENTS = 4
GIVES_UP = 0.25
SIZES = (60_000, 300_000, 1_600_000)
"""Bytes of the pictures in turn: below and above what the server keeps in memory while it is uploaded."""
MOST = 40
"""Most steps of reports a server gets done before it is killed. Steps and not seconds: on a slow machine a server that
lives for seconds only would get nothing done at all. Fewer reports want a smaller number, to be killed as often."""


@dataclass
class Crowd:
    """What the clients share. A report counts when its receipt was in the client's hands. They go on until there are
    `wanted` reports and the server was killed `least` times, whichever comes last."""

    wanted: int
    least: int = 0
    begun: int = 0
    kills: int = 0
    given_up: int = 0
    receipts: list[dict[str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    steps: int = 0
    busy: int = CLIENTS
    lock: threading.Condition = field(default_factory=threading.Condition)
    sending: threading.Event = field(default_factory=threading.Event)
    up: threading.Event = field(default_factory=threading.Event)

    def next(self) -> int | None:
        """The number of the next report to make; None when there are enough, or something is wrong."""
        with self.lock:
            if self.faults or (self.begun - self.given_up >= self.wanted and self.kills >= self.least):
                return None
            self.begun += 1
            return self.begun

    def put(self, receipt: dict[str, str]) -> None:
        with self.lock:
            self.receipts.append(receipt)

    def stepped(self) -> None:
        with self.lock:
            self.steps += 1
            self.lock.notify_all()

    def wait_for(self, steps: int) -> None:
        """Until so many more steps were done, or nothing happens any more."""
        with self.lock:
            until = self.steps + steps
            self.lock.wait_for(lambda: self.steps >= until or not self.busy, timeout=60)

    def leave(self) -> None:
        """A client is done. Nobody shall wait for it any more."""
        with self.lock:
            self.busy -= 1
            self.lock.notify_all()
        self.sending.set()

    def give_up(self) -> None:
        with self.lock:
            self.given_up += 1


def kill(
    home: Installation, *, reports: int, seed: int | None = None, most: int = MOST, least: int = 0
) -> dict[str, Any]:
    """Makes `reports` reports, or more until `least` kills have been, and kills the server meanwhile. The figures; the
    receipts; under "problems" everything that is wrong. The same seed gives the same plan, but not the
    same moments: those are the machine's."""
    seed = random.randrange(10**6) if seed is None else seed
    people = home.run("bench.fill", "people")
    crowd, begun = Crowd(reports, least), time.perf_counter()
    _until_done(home, crowd, people, random.Random(seed), most)
    seconds = time.perf_counter() - begun
    found = home.run("bench.audit", given=crowd.receipts)
    found["problems"] += crowd.faults + _unreadable(home, crowd, people)
    figures = {"seed": seed, "kills": crowd.kills, "given_up": crowd.given_up, "seconds": round(seconds, 1)}
    return {**figures, "receipts": crowd.receipts, **found}


def _until_done(home: Installation, crowd: Crowd, people: dict[str, Any], dice: random.Random, most: int) -> None:
    """Kills and starts the server until nobody reports any more."""
    server = home.server()
    server.start()
    clients = [Client(server.port, mail, people["password"], crowd, dice.random()) for mail in people["employees"]]
    threads = [threading.Thread(target=client.run, daemon=True) for client in clients[:CLIENTS]]
    for client in clients[:CLIENTS]:
        client.log_in()
    for thread in threads:
        thread.start()
    while crowd.busy:
        crowd.up.set()
        _wait(crowd, dice, most)
        if not crowd.busy:
            break
        crowd.up.clear()
        server.kill()
        crowd.kills += 1
        server.start()
    server.kill()


def _wait(crowd: Crowd, dice: random.Random, most: int) -> None:
    """Until the moment of the next kill."""
    if dice.random() < 0.5:
        crowd.wait_for(dice.randint(1, most))
        time.sleep(dice.uniform(0, 0.2))
    else:
        crowd.wait_for(dice.randint(1, most // 2))
        crowd.sending.clear()
        crowd.sending.wait(timeout=10)
        time.sleep(dice.uniform(0, 0.12))


class Client:
    def __init__(self, port: int, mail: str, password: str, crowd: Crowd, seed: float) -> None:
        self.browser, self.mail, self.password = Browser(port), mail, password
        self.crowd, self.dice = crowd, random.Random(seed)

    def log_in(self) -> None:
        self.browser.log_in(self.mail, self.password)

    def run(self) -> None:
        while (number := self.crowd.next()) is not None:
            try:
                self._report(number)
            except Exception as wrong:
                with self.crowd.lock:
                    self.crowd.faults.append(f"report {number}: {type(wrong).__name__}: {wrong}")
        self.crowd.leave()

    def _report(self, number: int) -> None:
        words = f"Melding {number}."
        picture = report.unlike(PICTURES[number % len(PICTURES)], words)
        told, at = report.Told(words, picture), report.START
        while not report.is_receipt(at):
            if report.is_sending(at):
                self.crowd.sending.set()
            try:
                at = report.step(self.browser, told, at)
                self.crowd.stepped()
            except Gone:
                if self.dice.random() < GIVES_UP:
                    return self.crowd.give_up()
                self.crowd.up.wait(timeout=60)
        self.crowd.put(
            {"case": report.case_of(at), "words": words, "sha256": sha256(picture).hexdigest(), "by": self.mail}
        )


PICTURES = [report.a_photo(size, (400, 300)) for size in SIZES]


def _unreadable(home: Installation, crowd: Crowd, people: dict[str, Any]) -> list[str]:
    """Receipts whose page the person who got it cannot open on a server started once more."""
    wrong = []
    with home.server() as server:
        browsers = {mail: Browser(server.port) for mail in {one["by"] for one in crowd.receipts}}
        for mail, browser in browsers.items():
            browser.log_in(mail, people["password"])
        for one in crowd.receipts:
            status = browsers[one["by"]].get(f"/case/{one['case']}/receipt/").status
            if status != 200:
                wrong.append(f"the receipt of {one['case']} answers {status}")
    return wrong
