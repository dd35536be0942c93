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
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.db.models import Model, sql
from django.test import Client
from django.utils import timezone

from vaern.evidence import service as evidence
from vaern.journal.models import Entry, Head, Payload
from vaern.people import queries, service
from vaern.people.facts import Actor, Role
from vaern.people.models import Organisation, Post, Unit, User
from vaern.people.rules import read_sheets

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


UNITS = """enhed_kode;enhed_navn;overenhed_kode
K;Kommunen;
S;Social;K
J;Jobcenter;S
B;Bibliotek;K
"""
PEOPLE = """navn;email;enhed_kode;rolle;fra
Anna Ankersen;anna@{0}.example;J;medarbejder;01-01-2020
Mads Madsen;mads@{0}.example;J;leder;01-01-2020
Lone Lauridsen;lone@{0}.example;S;leder;01-01-2020
Karim Kaya;karim@{0}.example;J;medarbejder;01-01-2020
Amalie Andreasen;amalie@{0}.example;J;amr;01-01-2020
Troels Thorsen;troels@{0}.example;J;tr;01-01-2020
Signe Skov;signe@{0}.example;K;sekretariat;01-01-2020
Henrik Holm;henrik@{0}.example;K;myndighedschef;01-01-2020
Hanne Hvid;hanne@{0}.example;K;hr;01-01-2020
Carla Clausen;carla@{0}.example;K;udvalg;01-01-2020
Adam Abel;adam@{0}.example;K;administrator;01-01-2020
Olav Østergård;olav@{0}.example;B;medarbejder;01-01-2020
"""
OTHER_UNITS = "enhed_kode;enhed_navn;overenhed_kode\nX;Den anden;\n"
OTHER_PEOPLE = """navn;email;enhed_kode;rolle;fra
Xenia Xander;xenia@{0}.example;X;leder;01-01-2020
Xenia Xander;xenia@{0}.example;X;administrator;01-01-2020
"""


_KEPT: tuple[type[Model], ...] = (Organisation, Unit, User, Post, Head, Entry, Payload)
"""What the import writes, in the order in which the rows need each other."""
_BUILT: dict[str, list[tuple[str, Any]]] = {}
"""The statements that write those rows, put together once: that takes longer than to carry them out."""


def a_municipality(slug: str = "kommunen") -> Municipality:
    """Everybody's password is `PASSWORD`, everybody's posts began in 2020, and addresses are the first name at an
    invented domain. Built with the real import the first time; hundreds of tests begin here, and those that begin with
    an empty database get the rows that came of it."""
    fresh = not Organisation.objects.exists()
    if slug in _BUILT and fresh:
        with transaction.atomic(), connection.cursor() as cursor:
            for statement, values in _BUILT[slug]:
                cursor.execute(statement, values)
        User.objects.update(created=timezone.now())
    else:
        _organisation("Opdigtet Kommune", slug, UNITS, PEOPLE)
        _organisation("En Anden Kommune", f"{slug}-anden", OTHER_UNITS, OTHER_PEOPLE)
        if fresh:
            _BUILT[slug] = [statement for model in _KEPT for statement in _statements(model)]
    found = dict(Organisation.objects.filter(slug__in=(slug, f"{slug}-anden")).values_list("slug", "pk"))
    home, away = found[slug], found[f"{slug}-anden"]
    for one in (home, away):  # not among the rows that are kept: the folder of keys may be another test's
        evidence.create_key(organisation_id=one, now=BEFORE)
    units = dict(Unit.objects.filter(organisation_id__in=(home, away)).values_list("code", "pk"))
    users = {user.name.split()[0].lower(): user for user in User.objects.filter(organisation_id__in=(home, away))}
    return Municipality(
        organisation_id=home,
        kommunen=units["K"],
        social=units["S"],
        jobcenter=units["J"],
        bibliotek=units["B"],
        elsewhere_id=away,
        elsewhere_root=units["X"],
        **users,
    )


def _statements(model: type[Model]) -> list[tuple[str, Any]]:
    """What writes all rows there are once more."""
    query = sql.InsertQuery(model)
    query.insert_values(model._meta.concrete_fields, model._default_manager.order_by("pk"))
    return query.get_compiler(connection=connection).as_sql()


def _organisation(name: str, slug: str, units: str, people: str) -> int:
    made = service.create_organisation(name=name, slug=slug, now=BEFORE)
    sheets = read_sheets(units.encode(), people.format(slug).encode())
    plan = service.import_people(actor=None, organisation_id=made, sheets=sheets, now=BEFORE)
    assert not plan.refused
    User.objects.filter(organisation_id=made).update(password=make_password(PASSWORD))
    return made


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
