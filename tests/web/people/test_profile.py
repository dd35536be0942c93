"""What each person says about herself."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.people_kit import Municipality, a_municipality, logged_in
from vaern.people.models import Absence, Deputy, Post, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Municipality:
    return a_municipality()


def test_language_and_phone(town: Municipality) -> None:
    anna = logged_in(town.anna)
    answer = anna.post(reverse("keep_profile"), {"language": "en", "phone": "12345678"})
    assert answer.cookies["django_language"].value == "en"
    kept = User.objects.get(pk=town.anna.pk)
    assert (kept.language, kept.phone) == ("en", "12345678")
    assert anna.post(reverse("keep_profile"), {"language": "kl"}).status_code == 422


def test_i_am_away_and_back(town: Municipality) -> None:
    mads, today = logged_in(town.mads), str(timezone.localdate())
    assert mads.get(reverse("set_my_absence")).status_code == 200
    mads.post(reverse("set_my_absence"), {"from_date": today, "to_date": ""})
    absence = Absence.objects.get()
    assert absence.user_id == town.mads.pk
    assert "Afslut fraværet" in mads.get(reverse("keep_profile")).content.decode()
    assert logged_in(town.karim).post(reverse("end_my_absence", args=[absence.pk])).status_code == 404
    mads.post(reverse("end_my_absence", args=[absence.pk]))
    assert not Absence.objects.exists()


def test_my_deputy(town: Municipality) -> None:
    mads, today = logged_in(town.mads), str(timezone.localdate())
    choose = reverse("set_my_deputy", args=[Post.objects.get(user=town.mads).pk])
    assert "Karim Kaya" in mads.post(choose, {"term": "kaya"}).content.decode()
    mads.post(choose, {"term": "kaya", "user_id": town.karim.pk, "from_date": today})
    deputy = Deputy.objects.get()
    assert deputy.user_id == town.karim.pk
    assert logged_in(town.karim).post(reverse("end_my_deputy", args=[deputy.pk])).status_code == 404
    assert logged_in(town.karim).get(choose).status_code == 404
    mads.post(reverse("end_my_deputy", args=[deputy.pk]))
    assert not Deputy.objects.exists()


def test_the_profile_page_names_the_posts(town: Municipality) -> None:
    page = logged_in(town.amalie).get(reverse("keep_profile")).content.decode()
    assert "Arbejdsmiljørepræsentant (AMR)" in page
    assert "amalie@kommunen.example" in page
