"""The processes that work on the queue, from their start to their end."""

from __future__ import annotations

import signal
import time
from types import FrameType

from django.db import connections
from django_q.cluster import Cluster

_LOOK = 0.2
"""Seconds between two looks at whether to stop."""


def unshare_connections() -> None:
    """Before a process forks, and for good. A connection two processes hold is one where each may take the other's
    answer, and then one of them waits for ever.

    Closing is not enough where connections are pooled: a pool only takes back what is closed, and its open sockets go
    along into every child. The cluster closes before it forks, too, again and again; so here there is no pool at all.
    """
    for connection in connections.all():
        connection.close()
        if connection.settings_dict["OPTIONS"].get("pool"):
            connection.close_pool()  # type: ignore[attr-defined]
            del connection.settings_dict["OPTIONS"]["pool"]


def work() -> bool:
    """Works until it is asked to stop (SIGTERM or SIGINT), and then ends what is under way. False when the cluster
    ended unasked.

    The signal is only noted. The cluster's own handler stops it right there, in the middle of whatever held a lock: a
    second signal, or one while it looks whether it has started, makes it wait for itself for ever. And a second one is
    the rule: a service manager sends one to every process, and the kernel one for each thread of a server that dies.
    """
    asked: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        asked.append(number)

    unshare_connections()
    cluster = Cluster()
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, note)
    cluster.start()
    while not asked and cluster.sentinel.is_alive():
        time.sleep(_LOOK)
    cluster.stop()
    return bool(asked)
