from __future__ import annotations


class Undelivered(Exception):
    """It did not get there for sure. `kind` is one word for the page and the log; never what the receiver said."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind
