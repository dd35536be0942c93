"""The only writer: walls, refusals, one entry for each act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.people_kit import SINCE, Municipality, a_municipality, actor
from vaern.core.refusal import Refused, Unseen
from vaern.journal.models import Entry
from vaern.people import queries, service
from vaern.people.models import Absence, Deputy, Organisation, Post, Unit, User
from vaern.people.rules import read_sheets

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 21)
Act = Callable[[Municipality, User], object]


@pytest.fixture
def town() -> Municipality:
    return a_municipality()


def manager_post(town: Municipality) -> int:
    return int(Post.objects.get(user=town.mads).pk)


# Acts on Mads or his unit, by whoever is given.
ACTS: dict[str, Act] = {
    "create_user": lambda t, who: service.create_user(
        actor=actor(who), organisation_id=t.organisation_id, email="ny@k.example", name="Ny", now=NOW
    ),
    "change_user": lambda t, who: service.change_user(
        actor=actor(who), user_id=t.mads.pk, name="Mads Møller", email="MADS@ny.example", title="Chef",
        unit_id=t.social, now=NOW,
    ),
    "give_post": lambda t, who: service.give_post(
        actor=actor(who), user_id=t.mads.pk, unit_id=t.jobcenter, role="committee", from_date=TODAY, now=NOW
    ),
    "end_post": lambda t, who: service.end_post(actor=actor(who), post_id=manager_post(t), to_date=TODAY, now=NOW),
    "set_deputy": lambda t, who: service.set_deputy(
        actor=actor(who), post_id=manager_post(t), user_id=t.karim.pk, from_date=TODAY, now=NOW
    ),
    "set_absence": lambda t, who: service.set_absence(
        actor=actor(who), user_id=t.mads.pk, from_date=TODAY, to_date=TODAY, now=NOW
    ),
    "deactivate_user": lambda t, who: service.deactivate_user(actor=actor(who), user_id=t.mads.pk, now=NOW),
    "activate_user": lambda t, who: service.activate_user(actor=actor(who), user_id=t.mads.pk, now=NOW),
    "issue_link": lambda t, who: service.issue_link(actor=actor(who), user_id=t.mads.pk, now=NOW),
    "create_unit": lambda t, who: service.create_unit(
        actor=actor(who), organisation_id=t.organisation_id, code="N", name="Ny", parent_id=t.social, now=NOW
    ),
    "change_unit": lambda t, who: service.change_unit(
        actor=actor(who), unit_id=t.jobcenter, name="Job", parent_id=t.kommunen, now=NOW
    ),
    "change_organisation": lambda t, who: service.change_organisation(
        actor=actor(who), organisation_id=t.organisation_id, silence_days=5, now=NOW
    ),
    "import_people": lambda t, who: service.import_people(
        actor=actor(who), organisation_id=t.organisation_id, now=NOW,
        sheets=read_sheets(None, b"navn;email;enhed_kode\nNy;ny@k.example;S\n"),
    ),
}  # fmt: skip
OWN = {"set_deputy", "set_absence"}


@pytest.mark.parametrize("act", ACTS)
def test_the_administrator_does_it_and_it_is_one_entry(town: Municipality, act: str) -> None:
    before = Entry.objects.count()
    ACTS[act](town, town.adam)
    entries = list(Entry.objects.order_by("pk")[before:])
    assert [(entry.act, entry.actor_id, entry.chain) for entry in entries] == [
        (act, town.adam.pk, f"org:{town.organisation_id}")
    ]


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("name", ["xenia", "anna", "lone", "hanne"])
def test_nobody_else_does_it(town: Municipality, act: str, name: str) -> None:
    before = Entry.objects.count()
    with pytest.raises(Unseen):
        ACTS[act](town, getattr(town, name))
    assert Entry.objects.count() == before


@pytest.mark.parametrize("act", ACTS)
def test_oneself_only_absence_and_deputy(town: Municipality, act: str) -> None:
    if act in OWN:
        ACTS[act](town, town.mads)
        assert Entry.objects.filter(act=act, actor_id=town.mads.pk).count() == 1
    else:
        with pytest.raises(Unseen):
            ACTS[act](town, town.mads)


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda t: service.create_user(
            actor=None, organisation_id=t.organisation_id, email="ANNA@kommunen.example ", name="To", now=NOW),
         "email_taken"),
        (lambda t: service.create_user(
            actor=None, organisation_id=t.organisation_id, email=t.xenia.email, name="To", now=NOW), "email_taken"),
        (lambda t: service.change_user(
            actor=None, user_id=t.anna.pk, name="Anna", email=t.karim.email, title="", unit_id=None, now=NOW),
         "email_taken"),
        (lambda t: service.give_post(
            actor=None, user_id=t.mads.pk, unit_id=t.jobcenter, role="manager", from_date=TODAY, now=NOW), "post_open"),
        (lambda t: service.give_post(
            actor=None, user_id=t.anna.pk, unit_id=t.jobcenter, role="king", from_date=TODAY, now=NOW), "role_unknown"),
        (lambda t: service.give_post(
            actor=None, user_id=t.anna.pk, unit_id=t.jobcenter, role="amr", from_date=TODAY, to_date=SINCE, now=NOW),
         "days_reversed"),
        (lambda t: service.end_post(
            actor=None, post_id=manager_post(t), to_date=date(2019, 1, 1), now=NOW), "days_reversed"),
        (lambda t: service.set_deputy(
            actor=None, post_id=manager_post(t), user_id=t.mads.pk, from_date=TODAY, now=NOW), "deputy_is_holder"),
        (lambda t: service.set_absence(
            actor=None, user_id=t.anna.pk, from_date=TODAY, to_date=SINCE, now=NOW), "days_reversed"),
        (lambda t: service.create_unit(
            actor=None, organisation_id=t.organisation_id, code="N", name="To", now=NOW), "second_root"),
        (lambda t: service.create_unit(
            actor=None, organisation_id=t.organisation_id, code="S", name="To", parent_id=t.kommunen, now=NOW),
         "code_taken"),
        (lambda t: service.change_unit(
            actor=None, unit_id=t.social, name="Social", parent_id=t.jobcenter, now=NOW), "unit_below_itself"),
        (lambda t: service.change_unit(
            actor=None, unit_id=t.social, name="Social", parent_id=None, now=NOW), "root_moved"),
        (lambda t: service.create_organisation(name="To", slug="kommunen", now=NOW), "slug_taken"),
        (lambda t: service.change_organisation(
            actor=None, organisation_id=t.organisation_id, silence_days=0, now=NOW), "silence_days"),
        (lambda t: service.deactivate_user(actor=None, user_id=t.adam.pk, now=NOW), "last_administrator"),
        (lambda t: service.end_post(
            actor=None, post_id=Post.objects.get(user=t.adam).pk, to_date=TODAY, now=NOW), "last_administrator"),
        (lambda t: service.keep_profile(actor=actor(t.anna), language="kl", phone="", now=NOW), "language_unknown"),
    ],
)  # fmt: skip
def test_refused_and_nothing_written(town: Municipality, act: Callable[[Municipality], object], code: str) -> None:
    before = Entry.objects.count()
    with pytest.raises(Refused) as refused:
        act(town)
    assert refused.value.refusal.code == code
    assert Entry.objects.count() == before


def test_nothing_reaches_across_the_wall(town: Municipality) -> None:
    adam = actor(town.adam)
    with pytest.raises(Unseen):
        service.give_post(
            actor=adam, user_id=town.mads.pk, unit_id=town.elsewhere_root, role="amr", from_date=TODAY, now=NOW
        )
    with pytest.raises(Unseen):
        service.set_deputy(actor=adam, post_id=manager_post(town), user_id=town.xenia.pk, from_date=TODAY, now=NOW)
    with pytest.raises(Unseen):
        service.create_user(
            actor=adam, organisation_id=town.organisation_id, email="n@k.example", name="N",
            unit_id=town.elsewhere_root, now=NOW,
        )  # fmt: skip
    with pytest.raises(Unseen):
        service.create_organisation(actor=adam, name="Ny", slug="ny", now=NOW)


def test_coming_back_early_and_taking_off_a_deputy(town: Municipality) -> None:
    mads = actor(town.mads)
    begun = service.set_absence(actor=mads, user_id=mads.user_id, from_date=TODAY - timedelta(days=3), now=NOW)
    planned = service.set_absence(actor=mads, user_id=mads.user_id, from_date=TODAY + timedelta(days=9), now=NOW)
    deputy = service.set_deputy(actor=mads, post_id=manager_post(town), user_id=town.karim.pk, from_date=SINCE, now=NOW)
    assert queries.absent({mads.user_id}, today=TODAY)
    service.end_absence(actor=mads, absence_id=begun, now=NOW)
    service.end_absence(actor=mads, absence_id=planned, now=NOW)
    service.end_deputy(actor=mads, deputy_id=deputy, now=NOW)
    assert Absence.objects.get().to_date == TODAY - timedelta(days=1)
    assert Deputy.objects.get().to_date == TODAY - timedelta(days=1)
    assert not queries.absent({mads.user_id}, today=TODAY)
    with pytest.raises(Unseen):
        service.end_absence(actor=actor(town.karim), absence_id=begun, now=NOW)


def test_the_profile(town: Municipality) -> None:
    service.keep_profile(actor=actor(town.anna), language="en", phone=" 12 34 56 78 ", now=NOW)
    anna = User.objects.get(pk=town.anna.pk)
    assert (anna.language, anna.phone) == ("en", "12 34 56 78")


def test_import_writes_what_was_planned_and_the_second_time_nothing(town: Municipality) -> None:
    units = "enhed_kode;enhed_navn;overenhed_kode\nS;Social og Sundhed;K\nN;Nyt;S\n"
    people = (
        "navn;email;titel;enhed_kode;rolle;fra;til\n"
        "Anna Åkjær;anna@kommunen.example;Rådgiver;N;medarbejder;01-01-2026;\n"
        "Bo Bæk;bo@kommunen.example;;N;leder;01-01-2026;\n"
        "Mads Madsen;mads@kommunen.example;;J;leder;01-01-2020;31-12-2026\n"
        "Forkert;forkert;;N;leder;;\n"
    )
    sheets = read_sheets(units.encode(), people.encode())
    adam = actor(town.adam)
    rehearsed = queries.rehearse_import(adam, town.organisation_id, sheets, today=TODAY)
    assert not Unit.objects.filter(code="N").exists()
    done = service.import_people(actor=adam, organisation_id=town.organisation_id, sheets=sheets, now=NOW)
    assert done == rehearsed
    assert [line.line for line in done.refused] == [5]
    anna, bo = User.objects.get(pk=town.anna.pk), User.objects.get(email="bo@kommunen.example")
    assert (anna.name, anna.title, anna.unit.name) == ("Anna Åkjær", "Rådgiver", "Nyt")
    assert not bo.has_usable_password()
    assert [p.user_id for p in queries.managers_for(anna.pk, today=TODAY)] == [bo.pk]
    assert Post.objects.get(user=town.mads).to_date == date(2026, 12, 31)
    assert [person.name for person in queries.colleagues(adam, "åkjær")] == ["Anna Åkjær"]
    before = Entry.objects.count()
    again = service.import_people(actor=adam, organisation_id=town.organisation_id, sheets=sheets, now=NOW)
    assert not again.changes
    assert Entry.objects.count() == before


def test_an_import_cannot_take_the_last_administrator_away(town: Municipality) -> None:
    text = (
        b"navn;email;enhed_kode;rolle;fra;til\nAdam Abel;adam@kommunen.example;K;administrator;01-01-2020;01-01-2026\n"
    )
    with pytest.raises(Refused):
        service.import_people(
            actor=actor(town.adam), organisation_id=town.organisation_id, sheets=read_sheets(None, text), now=NOW
        )
    assert Post.objects.get(user=town.adam).to_date is None


@pytest.mark.parametrize(
    "write",
    [
        lambda t: User.objects.create(email="ANNA@kommunen.example", name="To"),
        lambda t: User.objects.create(email="n@k.example", name="N", unit_id=t.social),
        lambda t: Post.objects.create(user=t.anna, unit_id=t.social, role="king", from_date=TODAY),
        lambda t: Post.objects.create(user=t.anna, unit_id=t.social, role="amr", from_date=TODAY, to_date=SINCE),
        lambda t: Post.objects.create(user=t.mads, unit_id=t.jobcenter, role="manager", from_date=TODAY),
        lambda t: Absence.objects.create(user=t.anna, from_date=TODAY, to_date=SINCE),
        lambda t: Unit.objects.create(organisation_id=t.organisation_id, code="Z", name="Z"),
        lambda t: Unit.objects.filter(pk=t.social).update(parent_id=t.social),
        lambda t: Organisation.objects.filter(pk=t.organisation_id).update(silence_days=0),
    ],
)
def test_the_database_itself_refuses(town: Municipality, write: Callable[[Municipality], object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        write(town)
