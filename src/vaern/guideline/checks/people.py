"""Roles: each one named exists, somebody inside can answer for each duty, and nobody outside is let in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from vaern.core.text import gettext_noop
from vaern.guideline.checks.book import Book, Spot
from vaern.guideline.checks.circles import circles
from vaern.guideline.pack import Duty, Modality, Owners
from vaern.guideline.problem import Problem

NO_ROLE = gettext_noop("Rollen '%(role)s' findes ikke i roles.")
ROLE_TWICE = gettext_noop("Rollen '%(role)s' står to gange.")
FALLBACK_SELF = gettext_noop("Rollen kan ikke træde i stedet for sig selv.")
FALLBACK_CIRCLE = gettext_noop("Rollerne træder i stedet for hinanden i ring: %(line)s.")
FALLBACK_NEVER = gettext_noop("Rollen har en afløser, men fallback_when siger aldrig, hvornår afløseren tager over.")
OUTSIDER_INSIDE = gettext_noop('En rolle med kind = "outsider" er uden for organisationen. Skriv outside = true.')
OUTSIDE_INSIDE = gettext_noop('En rolle med outside = true skal have kind = "outsider", for den logger aldrig ind.')
SEVERAL_ALONE = gettext_noop('mode = "%(mode)s" kræver mindst to roller.')
OUTSIDE_ALONE = gettext_noop(
    "Kun roller uden for organisationen ejer pligten, og den skal gøres. Giv den en ejer eller afløser indenfor."
)
OUTSIDE_BROUGHT_IN = gettext_noop("Rollen '%(role)s' er uden for organisationen og kan ikke få del i sagen.")
OUTSIDER_WHO_INSIDE = gettext_noop("Rollen '%(role)s' er ikke uden for organisationen. Giv den en almindelig frist.")


def check_people(book: Book) -> Iterator[Problem]:
    yield from _roles(book)
    for spot, duty in book.duties():
        yield from _owners(book, spot.at("owners"), duty.owners)
        yield from _duty(book, spot, duty)
    for spot, standing in book.spots("standing", book.pack.standing):
        yield from _owners(book, spot.at("owners"), standing.owners)
        if not any(_inside(book, role) for role in standing.owners.roles):
            yield spot.at("owners").problem(OUTSIDE_ALONE)
    for spot, passage in book.spots("passages", book.pack.passages):
        yield from _known(book, spot.at("to"), *passage.to)
    for spot, letter in book.spots("letters", book.pack.letters):
        yield from _known(book, spot.at("to"), letter.to)


def _known(book: Book, spot: Spot, *roles: str) -> Iterator[Problem]:
    for role in dict.fromkeys(roles):
        if not book.role_known(role):
            yield spot.problem(NO_ROLE, role=role)
        elif roles.count(role) > 1:
            yield spot.problem(ROLE_TWICE, role=role)


def _roles(book: Book) -> Iterator[Problem]:
    spots = {role.id: spot for spot, role in book.spots("roles", book.pack.roles)}
    for role in book.pack.roles:
        spot = spots[role.id]
        yield from _known(book, spot.at("fallback"), *role.fallback)
        if role.id in role.fallback:
            yield spot.at("fallback").problem(FALLBACK_SELF)
        if role.fallback and not role.fallback_when:
            yield spot.at("fallback_when").problem(FALLBACK_NEVER)
        if role.kind == "outsider" and not role.outside:
            yield spot.at("outside").problem(OUTSIDER_INSIDE)
        if role.outside and role.kind != "outsider":
            yield spot.at("kind").problem(OUTSIDE_INSIDE)
    lines: Mapping[str, list[str]] = {role.id: [r for r in role.fallback if r != role.id] for role in book.pack.roles}
    for circle in circles(lines):
        yield spots[circle[0]].at("fallback").problem(FALLBACK_CIRCLE, line=" → ".join([*circle, circle[0]]))


def _owners(book: Book, spot: Spot, owners: Owners) -> Iterator[Problem]:
    yield from _known(book, spot.at("roles"), *owners.roles)
    if owners.mode != "any" and len(set(owners.roles)) < 2:
        yield spot.at("mode").problem(SEVERAL_ALONE, mode=owners.mode)


def _inside(book: Book, role: str) -> bool:
    """Inside itself, or with somebody inside who takes over. An unknown role is judged elsewhere."""
    found = book.roles.get(role)
    if found is None or not found.outside:
        return True
    return any(other in book.roles and not book.roles[other].outside for other in found.fallback)


def _duty(book: Book, spot: Spot, duty: Duty) -> Iterator[Problem]:
    if duty.modality is Modality.MUST and not any(_inside(book, role) for role in duty.owners.roles):
        yield spot.at("owners").problem(OUTSIDE_ALONE)
    if duty.decision_right:
        yield from _known(book, spot.at("decision_right", "role"), duty.decision_right.role)
    for index, hand_over in enumerate(duty.hand_over):
        yield from _known(book, spot.at("hand_over", index, "to"), hand_over.to)
    yield from _known(book, spot.at("brings_in"), *duty.brings_in)
    for role in duty.brings_in:
        if role in book.roles and book.roles[role].outside:
            yield spot.at("brings_in").problem(OUTSIDE_BROUGHT_IN, role=role)
    if duty.outsider:
        yield from _known(book, spot.at("outsider", "who"), duty.outsider.who)
        who = book.roles.get(duty.outsider.who)
        if who is not None and not who.outside:
            yield spot.at("outsider", "who").problem(OUTSIDER_WHO_INSIDE, role=who.id)
