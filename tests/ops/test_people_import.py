"""`vaern people import`."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.people_kit import Municipality, a_municipality
from vaern.people.models import User

pytestmark = pytest.mark.django_db
GOOD = "navn;email;enhed_kode\nBo Bæk;bo@kommunen.example;J\n"


@pytest.fixture
def town() -> Municipality:
    return a_municipality()


def run(*arguments: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    try:
        call_command("people_import", *arguments, stdout=out, stderr=err)
    except CommandError as error:
        err.write(f"{error} (exit {error.returncode})")
    return out.getvalue(), err.getvalue()


def test_dry_run_then_deed_then_nothing(town: Municipality, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(GOOD, encoding="utf-8")
    arguments = ("--organisation", "kommunen", "--people", str(file))
    rehearsed, _err = run(*arguments, "--dry-run")
    assert "2 ville blive oprettet" in rehearsed
    assert not User.objects.filter(email="bo@kommunen.example").exists()
    done, err = run(*arguments)
    assert "2 blev oprettet" in done
    assert err == ""
    assert User.objects.get(email="bo@kommunen.example").name == "Bo Bæk"
    assert "0 blev oprettet, 0 blev ændret, 2 uden ændring, 0 afvist" in run(*arguments)[0]


def test_refused_lines_are_named_and_the_rest_is_taken(town: Municipality, tmp_path: Path) -> None:
    units, people = tmp_path / "units.csv", tmp_path / "people.csv"
    units.write_text("enhed_kode;enhed_navn;overenhed_kode\nN;Nyt;Z\n", encoding="utf-8")
    people.write_text(GOOD + "Forkert;forkert;J\n", encoding="utf-8")
    out, err = run("--organisation", "kommunen", "--units", str(units), "--people", str(people))
    assert "enheder linje 2: Overenheden “Z” findes ikke" in err
    assert "personer linje 3: “forkert” er ikke en e-mail" in err
    assert "2 linjer er afvist. (exit 1)" in err
    assert "2 blev oprettet" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--organisation", "kommunen"), "Give --units, --people or both"),
        (("--organisation", "ukendt", "--people", "x.csv"), "no organisation"),
        (("--organisation", "kommunen", "--people", "/no/such/file.csv"), "No such file"),
    ],
)
def test_what_cannot_be_run_says_why(town: Municipality, arguments: tuple[str, ...], said: str) -> None:
    assert said in run(*arguments)[1]
