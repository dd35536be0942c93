"""One municipality and its people, the same in every test. All of them are invented.

Kommunen (root)   Henrik head of authority · Signe secretariat · Hanne HR · Carla committee · Adam administrator
  Social          Lone manager
    Jobcenter     Mads manager · Amalie AMR · Troels TR · Anna, Karim employees
  Bibliotek       Olav employee
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.test import Client

from vaern.people import queries, service
from vaern.people.facts import Actor, Role
from vaern.people.models import User

PASSWORD = "en-lang-prøve-kode-7"
SINCE = date(2020, 1, 1)
BEFORE = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Municipality:
    """Ids of organisations and units; each person as the user row (for `Client.force_login`)."""

    organisation_id: int
    kommunen: int
    social: int
    jobcenter: int
    bibliotek: int
    anna: User
    mads: User
    lone: User
    karim: User
    amalie: User
    troels: User
    signe: User
    henrik: User
    hanne: User
    carla: User
    adam: User
    olav: User
    elsewhere_id: int
    elsewhere_root: int
    xenia: User


def a_municipality(slug: str = "kommunen") -> Municipality:
    """Builds it with the real services. Everybody's password is `PASSWORD`, everybody's posts began in 2020."""
    home = service.create_organisation(name="Opdigtet Kommune", slug=slug, now=BEFORE)
    kommunen = _unit(home, "K", "Kommunen", None)
    social = _unit(home, "S", "Social", kommunen)
    jobcenter = _unit(home, "J", "Jobcenter", social)
    bibliotek = _unit(home, "B", "Bibliotek", kommunen)
    away = service.create_organisation(name="En Anden Kommune", slug=f"{slug}-anden", now=BEFORE)
    away_root = _unit(away, "X", "Den anden", None)

    def one(name: str, unit: int, *roles: Role) -> User:
        return a_person(home, name, unit, roles, domain=slug)

    return Municipality(
        organisation_id=home,
        kommunen=kommunen,
        social=social,
        jobcenter=jobcenter,
        bibliotek=bibliotek,
        anna=one("Anna Ankersen", jobcenter, Role.EMPLOYEE),
        mads=one("Mads Madsen", jobcenter, Role.MANAGER),
        lone=one("Lone Lauridsen", social, Role.MANAGER),
        karim=one("Karim Kaya", jobcenter, Role.EMPLOYEE),
        amalie=one("Amalie Andreasen", jobcenter, Role.AMR),
        troels=one("Troels Thorsen", jobcenter, Role.TR),
        signe=one("Signe Skov", kommunen, Role.SECRETARIAT),
        henrik=one("Henrik Holm", kommunen, Role.HEAD_OF_AUTHORITY),
        hanne=one("Hanne Hvid", kommunen, Role.HR),
        carla=one("Carla Clausen", kommunen, Role.COMMITTEE),
        adam=one("Adam Abel", kommunen, Role.ADMINISTRATOR),
        olav=one("Olav Østergård", bibliotek, Role.EMPLOYEE),
        elsewhere_id=away,
        elsewhere_root=away_root,
        xenia=a_person(away, "Xenia Xander", away_root, (Role.MANAGER, Role.ADMINISTRATOR), domain=f"{slug}-anden"),
    )


def _unit(organisation_id: int, code: str, name: str, parent_id: int | None) -> int:
    return service.create_unit(
        actor=None, organisation_id=organisation_id, code=code, name=name, parent_id=parent_id, now=BEFORE
    )


def a_person(organisation_id: int, name: str, unit_id: int, roles: Iterable[Role], *, domain: str = "kommunen") -> User:
    """Somebody who can log in with `PASSWORD`; the address is the first name at an invented domain."""
    email = f"{name.split()[0].lower()}@{domain}.example"
    user_id = service.create_user(
        actor=None,
        organisation_id=organisation_id,
        email=email,
        name=name,
        unit_id=unit_id,
        password=PASSWORD,
        now=BEFORE,
    )
    for role in roles:
        service.give_post(actor=None, user_id=user_id, unit_id=unit_id, role=role, from_date=SINCE, now=BEFORE)
    return User.objects.get(pk=user_id)


def actor(user: User, today: date = date(2026, 11, 21)) -> Actor:
    """The person as the one who acts, on a day."""
    return queries.actor_of(user, today=today)


def logged_in(user: User) -> Client:
    """A browser with this person logged in, without the login page."""
    client = Client()
    client.force_login(user)
    return client
