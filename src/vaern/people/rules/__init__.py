"""What decides about people. Pure: facts in, an answer or a refusal out."""

from vaern.people.rules.holding import (
    Roster,
    away_on,
    below,
    holds_on,
    is_above,
    levels,
    parents_of,
    path_up,
    pick_above,
    pick_at,
    pick_nearest,
    pick_reachable,
    units_one_level_below,
)
from vaern.people.rules.importing import Change, Plan, UnitChange, UserChange, plan_import
from vaern.people.rules.people_csv import RefusedLine, Sheets, read_sheets

__all__ = [
    "Change",
    "Plan",
    "RefusedLine",
    "Roster",
    "Sheets",
    "UnitChange",
    "UserChange",
    "away_on",
    "below",
    "holds_on",
    "is_above",
    "levels",
    "parents_of",
    "path_up",
    "pick_above",
    "pick_at",
    "pick_nearest",
    "pick_reachable",
    "plan_import",
    "read_sheets",
    "units_one_level_below",
]
