"""Guidelines and histories made by chance from a seed, with every construct of the planner in them.

Hypothesis chooses the seed and the size; the rest is drawn with `random.Random`, which is twenty times quicker than
drawing each field through a strategy, so that far more guidelines are tried in the same time. A failing example is
found again by its seed and shrinks in its number of duties and acts.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

from tests.guideline.planner_kit import at, duty, pack
from vaern.guideline.compose import Composed, compose
from vaern.guideline.facts import CaseFacts, Done
from vaern.guideline.pack import Duty

OUTCOMES = ("done", "declined", "not_relevant", "agreed", "refused")
OWN_OUTCOMES = [
    {"id": "agreed", "label": "Aftalt"},
    {"id": "refused", "label": "Afvist", "counts_as": "declined"},
]
EVENTS = ("discovered", "removed", "first_absence_day", "police_reported")
FACTS = ("absence", "injury", "still_online")
PEOPLE = ("manager", "above", "head", "amr", "night")
OFFSETS: tuple[dict[str, int], ...] = ({"hours": 24}, {"days": 3}, {"workdays": 2}, {"weeks": 1}, {"months": 1})
LAYER = pack(
    name="national",
    kind="layer",
    clocks=[{"id": "soon", "act": "contact", "deadline": {"anchor": "event:discovered", "offset": {"hours": 72}}}],
)


class Chance(Random):
    """`Random` with the few words the generator needs."""

    def maybe(self, value: Any, instead: Any = None) -> Any:
        return value if self.random() < 0.4 else instead

    def some(self, values: Sequence[Any], least: int = 0, most: int = 2) -> list[Any]:
        return self.sample(values, min(len(values), self.randint(least, most)))


def condition(chance: Chance) -> dict[str, Any]:
    tests = [{"fact": fact, "is": chance.choice((["yes"], ["no"], ["no", "unknown"]))} for fact in chance.some(FACTS)]
    return {chance.choice(("all", "any", "none")): tests}


def a_duty(chance: Chance, number: int, count: int) -> Duty:
    """Duty `number` of `count`. It waits only for earlier ones (a ring of waiting is refused when composing), but may
    arise from, be handed over after, or count from any of them."""
    names = [f"d{one}" for one in range(count)]
    earlier = names[:number]

    def outcomes() -> list[str]:
        return chance.some(OUTCOMES, 1)

    def moment() -> dict[str, Any]:
        anchor = chance.choice([f"event:{event}" for event in EVENTS] + [f"duty:{name}" for name in names])
        return {"anchor": anchor, "offset": chance.choice(OFFSETS)}

    gates: list[dict[str, Any]] = [{"kind": "wish", "of": "police_report"}, {"kind": "event", "of": "removed"}]
    gates += [{"kind": "approval", "of": name, "outcomes": outcomes()} for name in earlier]
    every = chance.maybe(chance.choice(OFFSETS))
    until = chance.choice(("event:first_absence_day", f"duty:{chance.choice(names)}"))
    exception = {"when": condition(chance), "reason": "Undtaget.", "unless": chance.maybe(condition(chance))}
    repeat = {"every": every, "until": until, "at_least": chance.randint(0, 2), "continuous": every is None}
    outsider = {"who": "platform", "then": chance.choice(names), "answered_by": "removed"}
    return duty(
        f"d{number}",
        act=chance.choice(("evidence", "contact", None)),
        phase=chance.choice(("before", "discover", "handle", "follow_up")),
        modality=chance.choice(("must", "must", "must", "should", "may", "must_not")),
        owners={"roles": chance.some(PEOPLE, 1, 3), "mode": chance.choice(("any", "all", "joint"))},
        decision_right=chance.maybe(chance.maybe({"role": chance.choice(PEOPLE)})),
        outcomes=OWN_OUTCOMES,
        when=chance.maybe(condition(chance)),
        exceptions=chance.maybe([exception], []),
        after=[
            {"duty": name, "outcomes": chance.maybe(outcomes(), [])} for name in chance.maybe(chance.some(earlier), [])
        ],
        arises_from=[{"duty": name, "outcomes": outcomes()} for name in chance.maybe(chance.some(names), [])],
        gates=chance.maybe(chance.some(gates), []),
        deadline=chance.maybe(moment() | {"words": "straks"}),
        not_before=chance.maybe(moment()),
        not_after=chance.maybe(moment()),
        repeat=chance.maybe(repeat),
        hand_over=[{"to": chance.choice(PEOPLE), "after": name} for name in chance.maybe(chance.some(names), [])],
        outsider=chance.maybe(outsider | {"offset": chance.maybe(chance.choice(OFFSETS))}),
    )


def a_case(seed: int, duties: int, acts: int) -> tuple[Composed, CaseFacts]:
    """A guideline of `duties` duties under a layer, and a case with `acts` past acts in its first 200 hours."""
    chance = Chance(seed)
    composed = compose(pack(*(a_duty(chance, number, duties) for number in range(duties))), [LAYER])
    history = [
        Done(f"d{chance.randrange(duties)}", at(hours=chance.randint(0, 200)), chance.choice(OUTCOMES),
             chance.choice(("", *PEOPLE)))
        for _ in range(acts)
    ]  # fmt: skip
    answers: Any = {fact: chance.choice(("yes", "no", "unknown")) for fact in chance.some(FACTS, 0, 3)}
    wishes: Any = {"police_report": chance.choice(("yes", "no", "unknown"))}
    case = CaseFacts(
        facts=answers,
        events={event: at(hours=chance.randint(-99, 300)) for event in chance.some(EVENTS, 0, 4)},
        consents=chance.maybe(wishes, {}),
        absent=frozenset(chance.maybe(chance.some(PEOPLE), ())),
        part_of_it=frozenset(chance.maybe(chance.some(PEOPLE), ())),
        out_of_hours=chance.random() < 0.3,
        done=tuple(history),
    )
    return composed, case
