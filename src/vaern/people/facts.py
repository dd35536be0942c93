"""Who somebody is, as far as a rule or a screen may know it. Frozen; no database, no framework."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vaern.core.refusal import Unseen


class Role(StrEnum):
    """What a post is. The manager's manager is no post: it is the manager found one level up."""

    EMPLOYEE = "employee"
    MANAGER = "manager"
    AMR = "amr"
    TR = "tr"
    SECRETARIAT = "secretariat"
    HEAD_OF_AUTHORITY = "head_of_authority"
    HR = "hr"
    COMMITTEE = "committee"
    ADMINISTRATOR = "administrator"


SEES_OTHERS = frozenset(
    {Role.MANAGER, Role.AMR, Role.TR, Role.SECRETARIAT, Role.HEAD_OF_AUTHORITY, Role.HR, Role.ADMINISTRATOR}
)
"""Posts that let their holder see others' cases or manage people: these need a second factor at login."""


@dataclass(frozen=True, slots=True)
class PostFacts:
    """A post somebody holds today, or stands in for today."""

    role: str
    unit_id: int
    organisation_id: int
    for_user: int | None = None
    """The absent holder stood in for; None for a post of one's own."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks. `organisation_id` is None for a user who belongs nowhere: no door opens."""

    user_id: int
    name: str
    organisation_id: int | None
    language: str
    posts: tuple[PostFacts, ...]
    organisation_name: str = ""

    @property
    def home(self) -> int:
        """The organisation's id. `Unseen` for a user who belongs nowhere: nothing is there to be found."""
        if self.organisation_id is None:
            raise Unseen("no organisation")
        return self.organisation_id

    def has(self, role: str) -> bool:
        return any(post.role == role for post in self.posts)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as shown to others. `role` and `unit_name` say in which post she was found ("" when in none);
    `deputy_for` is the id of the absent holder she stands in for."""

    user_id: int
    name: str
    title: str
    role: str
    unit_name: str
    absent: bool
    deputy_for: int | None = None


@dataclass(frozen=True, slots=True)
class StandIn:
    """Somebody who stands in today for `holder`, who is away, in one post."""

    user_id: int
    name: str
    holder: int
    role: str
    unit_id: int


@dataclass(frozen=True, slots=True)
class OrganisationFacts:
    id: int
    name: str
    slug: str
    silence_days: int
    demo: bool
    evidence_years: int | None = None
    """Years evidence is kept after its case was closed; None: as long as the installation says."""


@dataclass(frozen=True, slots=True)
class UnitFacts:
    id: int
    parent_id: int | None
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Span:
    """Days from and to, both included; `to_date` None means: until further notice."""

    from_date: date
    to_date: date | None = None


@dataclass(frozen=True, slots=True)
class Holding:
    """One post as the rules read it: who holds it, where, and when."""

    post_id: int
    user_id: int
    unit_id: int
    role: str
    span: Span
    active: bool = True


@dataclass(frozen=True, slots=True)
class Standing:
    """One deputy of a post."""

    post_id: int
    user_id: int
    span: Span
    active: bool = True


@dataclass(frozen=True, slots=True)
class Away:
    """One absence of a user."""

    user_id: int
    span: Span


@dataclass(frozen=True, slots=True)
class Pick:
    """One answer to "who has this role here": a holder, or the deputy of the holder `deputy_for`."""

    user_id: int
    unit_id: int
    role: str
    absent: bool
    deputy_for: int | None = None


@dataclass(frozen=True, slots=True)
class UserLine:
    """One line of the administrator's list."""

    user_id: int
    name: str
    email: str
    title: str
    unit_name: str
    active: bool
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeputyLine:
    deputy_id: int
    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class PostLine:
    post_id: int
    role: str
    unit_name: str
    span: Span
    deputies: tuple[DeputyLine, ...]
    """Those whose days are not over."""


@dataclass(frozen=True, slots=True)
class AbsenceLine:
    absence_id: int
    span: Span


@dataclass(frozen=True, slots=True)
class PersonSheet:
    """Everything the administrator, or the person herself, sees on one page. Absences that are over are left out."""

    user_id: int
    name: str
    email: str
    title: str
    phone: str
    language: str
    active: bool
    has_password: bool
    unit_id: int | None
    unit_name: str
    posts: tuple[PostLine, ...]
    absences: tuple[AbsenceLine, ...]


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit in the tree: `depth` 0 is the root; `people` belong to it directly and are active."""

    id: int
    parent_id: int | None
    code: str
    name: str
    depth: int
    people: int
