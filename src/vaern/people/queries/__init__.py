"""Reads about people, units and posts. Each makes a bounded number of queries."""

from vaern.people.queries.house import people_page, person_sheet, post_of, unit_tree
from vaern.people.queries.importing import rehearse_import
from vaern.people.queries.people import (
    absent,
    actor_of,
    addresses,
    colleagues,
    in_organisation,
    names,
    organisation_ids,
    person,
    stand_ins,
    unit_of,
    who_logs_in,
)
from vaern.people.queries.units import organisation, organisation_by_slug, organisations, unit_path, units, units_below
from vaern.people.queries.units import organisation, organisation_by_slug, path_up, unit_path, units, units_below
from vaern.people.queries.who_has import (
    holders,
    is_above,
    manager_above,
    managers_for,
    posts_of,
    standing_in,
    units_answered_for,
    units_one_level_below,
)

__all__ = [
    "absent",
    "actor_of",
    "addresses",
    "colleagues",
    "holders",
    "in_organisation",
    "is_above",
    "manager_above",
    "managers_for",
    "names",
    "organisation",
    "organisation_by_slug",
    "organisation_ids",
    "organisations",
    "path_up",
    "people_page",
    "person",
    "person_sheet",
    "post_of",
    "posts_of",
    "rehearse_import",
    "stand_ins",
    "standing_in",
    "unit_of",
    "unit_path",
    "unit_tree",
    "units",
    "units_answered_for",
    "units_below",
    "units_one_level_below",
    "who_logs_in",
]
