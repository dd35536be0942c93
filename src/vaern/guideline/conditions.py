"""Conditions against facts, with three answers: yes, no, and not known.

The logic is Kleene's: a condition is only unknown when the missing fact could change its answer, so nobody is
asked for a fact that makes no difference.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from vaern.guideline.facts import UNKNOWN, type_Value
from vaern.guideline.pack import Condition, Fact, FactKind, Test

Truth = bool | None
"""None: not known."""
Values = Mapping[str, type_Value]


def holds(condition: Condition, values: Values, known: Mapping[str, Fact]) -> Truth:
    """Whether `condition` holds. `known` are the declared facts by id: the order of a scale stands there."""
    truths = [holds_test(test, values, known) for test in condition.all]
    if condition.any:
        truths.append(_some([holds_test(test, values, known) for test in condition.any]))
    truths += [_not(holds_test(test, values, known)) for test in condition.none]
    return _every(truths)


def unknown_facts(condition: Condition, values: Values, known: Mapping[str, Fact]) -> tuple[str, ...]:
    """The facts whose answer is missing, in alphabetical order: what to ask for when `holds` says None."""
    tests = (*condition.all, *condition.any, *condition.none)
    return tuple(sorted({test.fact for test in tests if holds_test(test, values, known) is None}))


def holds_test(test: Test, values: Values, known: Mapping[str, Fact]) -> Truth:
    fact = known.get(test.fact)
    value = plain(values.get(test.fact, UNKNOWN))
    if is_unknown(value):
        return True if UNKNOWN in test.is_ else None
    parts: list[Truth] = []
    if test.is_:
        parts.append(_is_one_of(value, test.is_))
    if test.at_least is not None:
        parts.append(_not_below(value, test.at_least, fact))
    if test.at_most is not None:
        parts.append(_not_below(test.at_most, value, fact))
    return _every(parts)


def plain(value: type_Value) -> type_Value:
    """One spelling of each value: true is "yes", false is "no" (a bool is also a number in Python)."""
    return ("yes" if value else "no") if isinstance(value, bool) else value


def is_unknown(value: type_Value) -> bool:
    """An empty answer is no answer; of several ticked, only "unknown" alone is unknown."""
    return value in (UNKNOWN, "", ()) or value == (UNKNOWN,)


def _is_one_of(value: type_Value, allowed: tuple[str, ...]) -> Truth:
    if isinstance(value, tuple):
        return _some([None if one == UNKNOWN and UNKNOWN not in allowed else one in allowed for one in value])
    return str(value) in allowed


def _not_below(high: type_Value, low: type_Value, fact: Fact | None) -> Truth:
    """high >= low: on the pack's scale, as numbers, or as dates. What cannot be compared is not known."""
    ranks = _rank(high, fact), _rank(low, fact)
    if ranks[0] is None or ranks[1] is None:
        return None
    return ranks[0] >= ranks[1]


def _rank(value: type_Value, fact: Fact | None) -> float | None:
    if fact is None or isinstance(value, tuple):
        return None
    if fact.kind is FactKind.SCALE:
        order = [option.id for option in fact.values]
        return order.index(str(value)) if value in order else None
    if fact.kind is FactKind.DATE:
        digits = str(value).replace("-", "")
        return float(digits) if digits.isdigit() else None
    try:
        return float(value)
    except ValueError:
        return None


def _every(truths: Collection[Truth]) -> Truth:
    if False in truths:
        return False
    return None if None in truths else True


def _some(truths: Collection[Truth]) -> Truth:
    if True in truths:
        return True
    return None if None in truths else False


def _not(truth: Truth) -> Truth:
    return None if truth is None else not truth
