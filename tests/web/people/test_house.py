"""The administrator's house, through its pages."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.people_kit import Municipality, a_municipality, logged_in
from vaern.journal.models import Entry
from vaern.people.models import Absence, Deputy, Organisation, Post, Unit, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Municipality:
    return a_municipality()


@pytest.fixture
def adam(town: Municipality) -> Client:
    return logged_in(town.adam)


def body(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]


def pages(town: Municipality) -> list[str]:
    user, post = town.anna.pk, Post.objects.get(user=town.mads).pk
    return [
        reverse("manage_people"), reverse("create_user"), reverse("import_people"), reverse("see_person", args=[user]),
        reverse("change_user", args=[user]), reverse("deactivate_user", args=[user]), reverse("give_post", args=[user]),
        reverse("set_absence", args=[user]), reverse("end_post", args=[post]), reverse("set_deputy", args=[post]),
        reverse("manage_units"), reverse("create_unit"), reverse("change_unit", args=[town.jobcenter]),
    ]  # fmt: skip


def test_every_page_opens_for_the_administrator_and_for_nobody_else(town: Municipality, adam: Client) -> None:
    for address in pages(town):
        assert adam.get(address).status_code == 200, address
        for name in ("anna", "mads", "hanne", "signe", "henrik"):
            assert logged_in(getattr(town, name)).get(address).status_code == 403, (address, name)
        assert Client().get(address).status_code == 302, address


def test_another_organisations_administrator_sees_none_of_it(town: Municipality) -> None:
    xenia = logged_in(town.xenia)
    own = {reverse(name) for name in ("manage_people", "create_user", "import_people", "manage_units", "create_unit")}
    for address in pages(town):
        answer = xenia.get(address)
        if address in own:
            assert "Anna" not in body(answer)
            assert "Jobcenter" not in body(answer)
        else:
            assert answer.status_code == 404, address
    for act in ("activate_user", "deactivate_user", "issue_link", "reset_second_factor"):
        assert xenia.post(reverse(act, args=[town.anna.pk])).status_code == 404


def test_the_list_searches(town: Municipality, adam: Client) -> None:
    found = body(adam.post(reverse("manage_people"), {"term": "østergård"}))
    assert "Olav Østergård" in found
    assert "Karim Kaya" not in found
    assert "1 person" in found


def test_create_user_then_post_then_link(town: Municipality, adam: Client) -> None:
    answer = adam.post(
        reverse("create_user"),
        {"name": "Nynne Ny", "email": "Nynne@kommunen.example", "title": "", "unit_id": town.jobcenter},
    )
    user = User.objects.get(email="nynne@kommunen.example")
    assert answer.headers["Location"] == reverse("see_person", args=[user.pk])
    assert not user.has_usable_password()
    adam.post(
        reverse("give_post", args=[user.pk]),
        {"role": "employee", "unit_id": town.jobcenter, "from_date": "2026-01-01", "to_date": ""},
    )
    assert Post.objects.get(user=user).role == "employee"
    shown = body(adam.post(reverse("issue_link", args=[user.pk])))
    assert f"/log_in/link/{user.pk}/" in shown
    assert f"/log_in/link/{user.pk}/" not in body(adam.get(reverse("see_person", args=[user.pk])))


def test_a_refusal_stands_beside_its_field_and_nothing_typed_is_lost(town: Municipality, adam: Client) -> None:
    answer = adam.post(
        reverse("create_user"), {"name": "En Anden", "email": town.anna.email, "unit_id": town.jobcenter}
    )
    assert answer.status_code == 422
    assert answer.context["form"].errors["email"]
    assert "En Anden" in body(answer)


def test_change_user(town: Municipality, adam: Client) -> None:
    adam.post(
        reverse("change_user", args=[town.anna.pk]),
        {"name": "Anna Holm", "email": town.anna.email, "title": "Teamleder", "unit_id": town.social},
    )
    anna = User.objects.get(pk=town.anna.pk)
    assert (anna.name, anna.title, anna.unit_id) == ("Anna Holm", "Teamleder", town.social)


def test_deactivate_and_activate(town: Municipality, adam: Client) -> None:
    adam.post(reverse("deactivate_user", args=[town.anna.pk]))
    assert not User.objects.get(pk=town.anna.pk).is_active
    assert "Brugeren er lukket" in body(adam.get(reverse("see_person", args=[town.anna.pk])))
    assert adam.post(reverse("issue_link", args=[town.anna.pk])).status_code == 302
    adam.post(reverse("activate_user", args=[town.anna.pk]))
    assert User.objects.get(pk=town.anna.pk).is_active


def test_the_last_administrator_stays(town: Municipality, adam: Client) -> None:
    answer = adam.post(reverse("deactivate_user", args=[town.adam.pk]), follow=True)
    assert "sidste administrator" in body(answer)
    assert User.objects.get(pk=town.adam.pk).is_active


def test_deputy_absence_and_the_end_of_a_post(town: Municipality, adam: Client) -> None:
    post = Post.objects.get(user=town.mads)
    today = timezone.localdate()
    choose = reverse("set_deputy", args=[post.pk])
    assert "Karim Kaya" in body(adam.post(choose, {"term": "karim"}))
    assert "Ingen fundet" in body(adam.post(choose, {"term": "xenia"}))
    adam.post(choose, {"term": "karim", "user_id": town.karim.pk, "from_date": str(today)})
    adam.post(reverse("set_absence", args=[town.mads.pk]), {"from_date": str(today), "to_date": ""})
    sheet = body(adam.get(reverse("see_person", args=[town.mads.pk])))
    assert "Stedfortræder: Karim Kaya" in sheet
    deputy, absence = Deputy.objects.get(), Absence.objects.get()
    adam.post(reverse("end_deputy", args=[town.mads.pk, deputy.pk]))
    adam.post(reverse("end_absence", args=[town.mads.pk, absence.pk]))
    assert not Deputy.objects.exists()
    assert not Absence.objects.exists()
    adam.post(reverse("end_post", args=[post.pk]), {"to_date": str(today)})
    assert Post.objects.get(pk=post.pk).to_date == today


def test_a_deputy_not_in_the_search_cannot_be_posted(town: Municipality, adam: Client) -> None:
    choose = reverse("set_deputy", args=[Post.objects.get(user=town.mads).pk])
    answer = adam.post(choose, {"term": "karim", "user_id": town.xenia.pk, "from_date": "2026-11-21"})
    assert answer.status_code == 422
    assert not Deputy.objects.exists()


def test_units(town: Municipality, adam: Client) -> None:
    adam.post(reverse("create_unit"), {"code": "N", "name": "Nyt center", "parent_id": town.social})
    made = Unit.objects.get(code="N")
    adam.post(reverse("change_unit", args=[made.pk]), {"name": "Nyere center", "parent_id": town.kommunen})
    made.refresh_from_db()
    assert (made.name, made.parent_id) == ("Nyere center", town.kommunen)
    refused = adam.post(reverse("change_unit", args=[town.social]), {"name": "Social", "parent_id": town.jobcenter})
    assert "under sig selv" in body(refused)
    adam.post(reverse("manage_units"), {"silence_days": 5})
    assert Organisation.objects.get(pk=town.organisation_id).silence_days == 5


def test_a_post_must_have_its_days_in_order(town: Municipality, adam: Client) -> None:
    today = date(2026, 11, 21)
    answer = adam.post(
        reverse("give_post", args=[town.anna.pk]),
        {"role": "amr", "unit_id": town.jobcenter, "from_date": str(today), "to_date": str(today - timedelta(days=1))},
    )
    assert "Slutdatoen ligger før startdatoen" in body(answer)
    assert Entry.objects.filter(act="give_post").count() == 0
