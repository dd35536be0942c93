"""Why an act is not allowed, in words a user can read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as _field


@dataclass(frozen=True, slots=True)
class Refusal:
    """A decision not to act. `message` is a Danish sentence with %(name)s places for `params`, of which a tuple is a
    list of words for the screen to translate and join; `clauses` are the clause numbers of the guideline that stand
    behind it, `field` the form field it belongs beside."""

    code: str
    message: str
    params: Mapping[str, str | tuple[str, ...]] = _field(default_factory=dict)
    clauses: tuple[str, ...] = ()
    field: str = ""


class Refused(Exception):
    """Raised by a service whose rule refused; the screen shows every refusal, and nothing was written."""

    def __init__(self, *refusals: Refusal) -> None:
        super().__init__(", ".join(refusal.code for refusal in refusals))
        self.refusals = refusals

    @property
    def refusal(self) -> Refusal:
        """The first of them."""
        return self.refusals[0]


class Unseen(Exception):
    """The thing does not exist for this actor: another organisation's, or no part in it. Screens answer 404."""
