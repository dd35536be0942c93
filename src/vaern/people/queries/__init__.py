"""Reads about people, units and posts. Each makes a bounded number of queries."""

from vaern.people.queries.people import absent, actor_of, colleagues, in_organisation, names, person, unit_of
from vaern.people.queries.units import organisation, organisation_by_slug, unit_path, units, units_below
from vaern.people.queries.who_has import holders, is_above, manager_above, managers_for, units_one_level_below

__all__ = [
    "absent",
    "actor_of",
    "colleagues",
    "holders",
    "in_organisation",
    "is_above",
    "manager_above",
    "managers_for",
    "names",
    "organisation",
    "organisation_by_slug",
    "person",
    "unit_of",
    "unit_path",
    "units",
    "units_below",
    "units_one_level_below",
]
