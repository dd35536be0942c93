"""How bytes get to another system. Each way takes an `Order` and answers with the receiver's own reference, or "" when
it gives none; `Undelivered` when it did not arrive for sure."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from vaern.ways import drop, https, mail, sftp
from vaern.ways.facts import Order

WAYS: Mapping[str, Callable[[Order], str]] = {
    "https": https.send,
    "sftp": sftp.send,
    "drop": drop.send,
    "mail": mail.send,
}
