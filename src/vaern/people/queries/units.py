"""Organisations and their units. A tree is read with one query."""

from __future__ import annotations

from django.db.models import QuerySet

from vaern.people import rules
from vaern.people.facts import OrganisationFacts, UnitFacts
from vaern.people.models import Organisation, Unit

_COLUMNS = ("pk", "name", "slug", "silence_days", "demo", "evidence_years")


def organisation(organisation_id: int) -> OrganisationFacts | None:
    return _organisation(Organisation.objects.filter(pk=organisation_id))


def organisations() -> list[OrganisationFacts]:
    """Every employer of the installation, by name: for the command line and for jobs, which no door leads to."""
    return [OrganisationFacts(*row) for row in Organisation.objects.order_by("name", "pk").values_list(*_COLUMNS)]


def organisation_by_slug(slug: str) -> OrganisationFacts | None:
    return _organisation(Organisation.objects.filter(slug=slug))


def _organisation(found: QuerySet[Organisation]) -> OrganisationFacts | None:
    row = found.values_list(*_COLUMNS).first()
    return OrganisationFacts(*row) if row else None


def units(organisation_id: int) -> dict[int, UnitFacts]:
    """The whole tree, by id: one query."""
    rows = Unit.objects.filter(organisation_id=organisation_id).order_by("name", "pk")
    return {row[0]: UnitFacts(*row) for row in rows.values_list("pk", "parent_id", "code", "name")}


def tree_of(unit_id: int) -> dict[int, UnitFacts]:
    """The tree the unit belongs to; empty when there is no such unit."""
    own = Unit.objects.filter(pk=unit_id).values("organisation_id")
    rows = Unit.objects.filter(organisation_id__in=own)
    return {row[0]: UnitFacts(*row) for row in rows.values_list("pk", "parent_id", "code", "name")}


def unit_path(unit_id: int) -> tuple[UnitFacts, ...]:
    """From the root down to the unit itself."""
    tree = tree_of(unit_id)
    return tuple(tree[at] for at in reversed(rules.path_up(rules.parents_of(tree.values()), unit_id)))


def path_up(unit_id: int) -> tuple[int, ...]:
    """The unit and everything above it, the unit itself first."""
    return rules.path_up(rules.parents_of(tree_of(unit_id).values()), unit_id)


def units_below(unit_id: int) -> frozenset[int]:
    """The unit and everything under it."""
    tree = tree_of(unit_id)
    return rules.below(rules.parents_of(tree.values()), unit_id) if tree else frozenset()
