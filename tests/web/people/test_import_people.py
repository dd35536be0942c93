"""Import on the page: rehearsed, shown, then done."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.people_kit import Municipality, a_municipality, logged_in
from vaern.people.models import User

pytestmark = pytest.mark.django_db
PEOPLE = "navn;email;enhed_kode;rolle\nBo Bæk;bo@kommunen.example;J;leder\nForkert;forkert;J;leder\n"


@pytest.fixture
def town() -> Municipality:
    return a_municipality()


@pytest.fixture
def adam(town: Municipality) -> Client:
    return logged_in(town.adam)


def csv(text: str | bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("personer.csv", text.encode() if isinstance(text, str) else text)


def test_first_shown_then_done(adam: Client) -> None:
    shown = adam.post(reverse("import_people"), {"people": csv(PEOPLE)})
    page = shown.content.decode()
    assert "Intet er ændret endnu" in page
    assert "“forkert” er ikke en e-mail" in page
    assert not User.objects.filter(email="bo@kommunen.example").exists()
    done = adam.post(reverse("import_people"), {"files": shown.context["files"]})
    assert "Indlæst" in done.content.decode()
    assert User.objects.get(email="bo@kommunen.example").unit.name == "Jobcenter"
    again = adam.post(reverse("import_people"), {"people": csv(PEOPLE)})
    assert "Der er intet at ændre" in again.content.decode()


def test_when_people_changed_in_between_it_is_shown_again(adam: Client, town: Municipality) -> None:
    shown = adam.post(reverse("import_people"), {"people": csv(PEOPLE)})
    User.objects.create(email="bo@kommunen.example", name="Bo Andet", organisation_id=town.organisation_id)
    again = adam.post(reverse("import_people"), {"files": shown.context["files"]})
    assert "Noget er ændret imens" in again.content.decode()
    assert User.objects.get(email="bo@kommunen.example").name == "Bo Andet"


def test_files_that_were_not_shown_first_are_not_taken(adam: Client) -> None:
    answer = adam.post(reverse("import_people"), {"files": "noget-andet"}, follow=True)
    assert "Siden er for gammel" in answer.content.decode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "tom"),
        (b"x" * 1_000_001, "for stor"),
        (b"\xff\xfe\x00\x01", "ikke UTF-8"),
    ],
)
def test_a_bad_file_gets_a_clear_answer(adam: Client, content: bytes, said: str) -> None:
    answer = adam.post(reverse("import_people"), {"people": csv(content)})
    assert said in answer.content.decode()


def test_no_file_at_all(adam: Client) -> None:
    answer = adam.post(reverse("import_people"), {"x": "1"})
    assert answer.status_code == 422
    assert "Vælg mindst én fil" in answer.content.decode()
