"""Which provisions may fit what a case knows, as the layers say. Suggestions: the police and the courts decide."""

from __future__ import annotations

from vaern.guideline.composed import Composed
from vaern.guideline.conditions import Values, holds
from vaern.guideline.pack import Offence


def suggested(composed: Composed, values: Values) -> tuple[Offence, ...]:
    """Those whose condition is known to hold, in the packs' order. What is unknown suggests nothing."""
    return tuple(one for one in composed.pack.offences if holds(one.when, values, composed.fact) is True)
