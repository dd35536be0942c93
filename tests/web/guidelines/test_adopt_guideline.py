"""The administrator takes a guideline into use; nobody else does, and open cases stay with theirs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cases_kit import fresh, open_case
from tests.people_kit import Municipality, a_municipality, logged_in
from vaern.cases import queries
from vaern.journal import queries as journal

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Municipality:
    return a_municipality()


def test_taking_a_guideline_into_use_leaves_the_open_case_with_its_own(people: Municipality) -> None:
    case = open_case(people, "brovst", national=False)
    client = logged_in(people.adam)
    answer = client.post("/house/guidelines/adopt/", {"pack": "albertslund", "layers": ["national"]})
    assert answer.status_code == 302
    found = queries.guideline_in_use(people.organisation_id)
    assert found is not None
    assert (found[0].pack_id, found[0].layers) == ("albertslund", ["national"])
    assert fresh(case).guideline.pack_id == "brovst"
    acts = [entry.act for entry in journal.entries_of(f"guideline:{found[0].pk}")]
    assert acts == ["adopt_guideline"]


def test_a_pack_that_is_not_on_the_shelf_is_refused(people: Municipality) -> None:
    answer = logged_in(people.adam).post("/house/guidelines/adopt/", {"pack": "../../etc"})
    assert answer.status_code == 422
    assert queries.guideline_in_use(people.organisation_id) is None


def test_a_layer_alone_is_no_guideline(people: Municipality) -> None:
    answer = logged_in(people.adam).post("/house/guidelines/adopt/", {"pack": "national"})
    assert answer.status_code == 422


@pytest.mark.parametrize("who", ["anna", "mads", "signe", "hanne"])
def test_only_an_administrator_does_it(people: Municipality, who: str) -> None:
    client = logged_in(getattr(people, who))
    assert client.get("/house/guidelines/").status_code == 403
    assert client.post("/house/guidelines/adopt/", {"pack": "brovst"}).status_code == 403
    assert queries.guideline_in_use(people.organisation_id) is None


@pytest.mark.parametrize(
    ("language", "words"),
    [("da", "fortæller, hvad pakken hedder"), ("en", "It says what the pack is called")],
)
def test_a_faulty_pack_is_shown_with_its_faults_in_the_readers_language(
    people: Municipality, settings: Any, tmp_path: Path, language: str, words: str
) -> None:
    (tmp_path / "halv").mkdir()
    settings.GUIDELINES = tmp_path
    client = logged_in(people.adam)
    client.post("/language/", {"language": language, "next": "/"})
    page = client.get("/house/guidelines/").content.decode()
    assert "halv" in page
    assert words in page
