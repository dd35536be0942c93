"""The steps of the report: saved each time, refused in words, and nothing typed is lost."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from tests.cases_kit import adopt
from tests.people_kit import Municipality, a_person, logged_in
from tests.web.report.kit import a_picture, begin, put, saved
from vaern.cases.models import Case
from vaern.evidence import queries as evidence
from vaern.people import service as people
from vaern.people.facts import Role

STEPS = ("what", "evidence", "kind", "you")


@pytest.mark.parametrize("step", STEPS)
def test_a_draft_is_its_authors_alone(town: Municipality, step: str) -> None:
    draft = begin(logged_in(town.anna))
    address = f"/report/{draft}/{step}/"
    assert logged_in(town.anna).get(address).status_code == 200
    for other in (town.mads, town.karim, town.xenia):
        assert logged_in(other).get(address).status_code == 404
        assert logged_in(other).post(address, {"what": "x"}).status_code == 404


def test_there_is_no_other_step(town: Municipality) -> None:
    client = logged_in(town.anna)
    assert client.get(f"/report/{begin(client)}/money/").status_code == 404
    assert client.get(f"/report/{uuid4()}/what/").status_code == 404


def test_a_manager_is_not_asked_how_it_feels(town: Municipality) -> None:
    client = logged_in(town.mads)
    draft = begin(client, "manager", affected_name="Anna", searched="Anna", affected_id=town.anna.pk)
    assert client.get(f"/report/{draft}/you/").status_code == 404
    assert put(client, draft, "kind", author_known="no").url == f"/report/{draft}/send/"


def test_a_colleague_is_not_asked_how_it_feels(town: Municipality) -> None:
    client = logged_in(town.karim)
    draft = begin(client, "colleague", affected_name="Anna", searched="Anna", affected_id=town.anna.pk)
    page = client.get(f"/report/{draft}/you/").content.decode()
    assert "Hvordan har du det" not in page
    assert "Mads Madsen" in page


def test_each_step_is_saved_and_can_be_read_on_another_device(town: Municipality) -> None:
    client = logged_in(town.anna)
    draft = begin(client)
    put(client, draft, "evidence", platform="facebook", link="https://example.org/a", still_online="yes")
    put(client, draft, "kind", category=["digital_threats"], author_known="yes", author="Bo B.")
    put(client, draft, "you", impact="Jeg sover dårligt.", manager_id=town.mads.pk, manager_away="")
    elsewhere = logged_in(town.anna)
    assert "https://example.org/a" in elsewhere.get(f"/report/{draft}/evidence/").content.decode()
    assert "Bo B." in elsewhere.get(f"/report/{draft}/kind/").content.decode()
    assert "Jeg sover dårligt." in elsewhere.get(f"/report/{draft}/you/").content.decode()
    assert saved(draft)["manager_id"] == town.mads.pk


def test_going_back_saves_too_even_what_is_not_right_yet(town: Municipality) -> None:
    client = logged_in(town.anna)
    draft = begin(client)
    answer = put(client, draft, "evidence", link="facebook.com/x", go="back")
    assert answer.url == f"/report/{draft}/what/"
    assert saved(draft)["link"] == "facebook.com/x"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("link", "facebook.com/x", "skal begynde med https://"),
        ("posted_on", "i går", "Skriv datoen"),
        ("posted_on", "2099-01-01", "fremtiden"),
        ("platform", "myspace", "Vælg et af svarene."),
    ],
)
def test_what_cannot_be_read_is_said_and_stays(town: Municipality, field: str, value: str, said: str) -> None:
    client = logged_in(town.anna)
    draft = begin(client)
    answer = put(client, draft, "evidence", **{"still_online": "yes", field: value})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert f'id="id_{field}_error"' in page
    if field != "platform":
        assert value in page


@pytest.mark.parametrize("typed", ["21.10.2026", "21/10 2026", "21-10-2026", "2026-10-21"])
def test_a_date_may_be_written_the_danish_way(town: Municipality, typed: str) -> None:
    client = logged_in(town.anna)
    draft = begin(client)
    assert put(client, draft, "evidence", posted_on=typed, posted_at="9.05").status_code == 302
    assert (saved(draft)["posted_on"], saved(draft)["posted_at"]) == ("2026-10-21", "09:05")


def test_the_good_files_are_kept_when_one_is_not(town: Municipality) -> None:
    client = logged_in(town.anna)
    draft = begin(client)
    files = [a_picture("et.png"), SimpleUploadedFile("tom.png", b""), a_picture("to.png", (1, 2, 3))]
    answer = client.post(f"/report/{draft}/evidence/", {"files": files, "link": "https://example.org/a"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "tom.png" in page[page.index('id="id_files_error"') :]
    assert "https://example.org/a" in page
    assert [item.name for item in evidence.items_of_draft(draft)] == ["et.png", "to.png"]


def test_the_camera_gives_a_file_like_any_other(town: Municipality) -> None:
    client = logged_in(town.anna)
    draft = begin(client)
    assert client.post(f"/report/{draft}/evidence/", {"camera": a_picture("IMG_1.png")}).status_code == 302
    assert [item.name for item in evidence.items_of_draft(draft)] == ["IMG_1.png"]


def test_the_same_file_again_is_no_fault(town: Municipality) -> None:
    client = logged_in(town.anna)
    draft = begin(client)
    for _ in range(2):
        assert client.post(f"/report/{draft}/evidence/", {"files": a_picture()}).status_code == 302
    assert len(evidence.items_of_draft(draft)) == 1


def test_saving_the_files_stays_on_the_page_and_lists_them(town: Municipality) -> None:
    client = logged_in(town.anna)
    draft = begin(client)
    page = client.post(f"/report/{draft}/evidence/", {"files": a_picture(), "go": "add"}, follow=True)
    assert "1 fil er gemt" in page.content.decode()
    assert "opslag.png" in page.content.decode()


def test_a_file_is_removed_and_what_was_typed_stays(town: Municipality) -> None:
    client = logged_in(town.anna)
    draft = begin(client)
    client.post(f"/report/{draft}/evidence/", {"files": a_picture()})
    (item,) = evidence.items_of_draft(draft)
    answer = put(client, draft, "evidence", remove=str(item.id), link="https://example.org/b")
    assert answer.url == f"/report/{draft}/evidence/#files"
    assert not evidence.items_of_draft(draft)
    assert saved(draft)["link"] == "https://example.org/b"


def test_nobody_removes_a_file_from_anothers_draft(town: Municipality) -> None:
    anna, karim = logged_in(town.anna), logged_in(town.karim)
    hers, his = begin(anna), begin(karim)
    anna.post(f"/report/{hers}/evidence/", {"files": a_picture()})
    (item,) = evidence.items_of_draft(hers)
    assert put(karim, his, "evidence", remove=str(item.id)).status_code == 404
    assert evidence.items_of_draft(hers)


def test_a_file_over_the_limit_is_said_beside_the_field(town: Municipality, settings: Settings) -> None:
    settings.FILE_MAX = 50
    client = logged_in(town.anna)
    draft = begin(client)
    answer = client.post(f"/report/{draft}/evidence/", {"files": a_picture(), "link": "https://example.org/a"})
    assert answer.status_code == 422
    assert "opslag.png" in answer.content.decode()
    assert saved(draft)["link"] == "https://example.org/a"


def test_a_body_over_the_limit_is_not_even_read(town: Municipality, settings: Settings) -> None:
    client = logged_in(town.anna)
    draft = begin(client)
    settings.REPORT_MAX = 1000
    answer = client.post(f"/report/{draft}/evidence/", {"files": SimpleUploadedFile("stor.txt", b"a" * 3_000_000)})
    page = answer.content.decode()
    assert answer.status_code == 413
    assert f'href="/report/{draft}/evidence/"' in page, "the way back to the draft"
    assert saved(draft)["what"] == "Et opslag med mit navn."
    assert not evidence.items_of_draft(draft)


def test_too_many_files_at_once_is_said(town: Municipality, settings: Settings) -> None:
    client = logged_in(town.anna)
    draft = begin(client)
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2
    answer = client.post(f"/report/{draft}/evidence/", {"files": [a_picture(f"{n}.png") for n in range(3)]})
    assert answer.status_code == 413
    assert saved(draft)["what"] == "Et opslag med mit navn."


def test_the_definitions_are_the_guidelines_own(town: Municipality) -> None:
    client = logged_in(town.anna)
    draft = begin(client)
    page = client.get(f"/report/{draft}/kind/").content.decode()
    assert "Digitale trusler" in page
    assert "alvorligt bange" in page
    put(client, draft, "kind", category=["unknown"], author_known="unknown")
    assert saved(draft)["category"] == ["unknown"]


def test_a_guideline_without_definitions_asks_for_none(town: Municipality) -> None:
    adopt(town.organisation_id, "brovst")
    client = logged_in(town.anna)
    page = client.get(f"/report/{begin(client)}/kind/").content.decode()
    assert 'name="category"' not in page
    assert 'name="author_known"' in page


def test_a_guideline_may_ask_its_own_questions(town: Municipality) -> None:
    adopt(town.organisation_id, "example")
    client = logged_in(town.anna)
    draft = begin(client)
    page = client.get(f"/report/{draft}/kind/").content.decode()
    assert 'name="fact_severity"' in page
    put(client, draft, "kind", fact_severity="grave", fact_private_things_shown=["address", "photo"])
    assert saved(draft)["facts"] == {"severity": "grave", "private_things_shown": ["address", "photo"]}
    assert "Meget alvorligt" in client.get(f"/report/{draft}/send/").content.decode()
    assert put(client, draft, "kind", fact_severity="huge").status_code == 422
    put(client, draft, "you", manager_id=town.mads.pk, manager_away="")
    client.post(f"/report/{draft}/send/")
    assert Case.objects.get().facts["severity"] == "grave"


def test_the_manager_and_the_level_above_are_named(town: Municipality) -> None:
    client = logged_in(town.anna)
    page = client.get(f"/report/{begin(client)}/you/").content.decode()
    assert "Mads Madsen" in page
    assert "i stedet til Lone Lauridsen" in page


def test_the_deputy_of_an_absent_manager_is_offered(town: Municipality, now: datetime) -> None:
    post = town.mads.posts.get()
    people.set_deputy(actor=None, post_id=post.pk, user_id=town.karim.pk, from_date=now.date(), now=now)
    people.set_absence(actor=None, user_id=town.mads.pk, from_date=now.date(), now=now)
    client = logged_in(town.anna)
    draft = begin(client)
    assert "Karim Kaya, Jobcenter – vikar for Mads Madsen" in client.get(f"/report/{draft}/you/").content.decode()
    put(client, draft, "you", manager_id=town.karim.pk, manager_away="")
    assert "Karim Kaya" in client.get(f"/report/{draft}/send/").content.decode()


def test_an_absent_manager_without_deputy_is_said_to_be_away(town: Municipality, now: datetime) -> None:
    people.set_absence(actor=None, user_id=town.mads.pk, from_date=now.date(), now=now)
    client = logged_in(town.anna)
    page = client.get(f"/report/{begin(client)}/you/").content.decode()
    assert "Mads Madsen, Jobcenter – er væk i dag" in page
    assert "Lone Lauridsen" in page


def test_the_summary_writes_days_in_words(town: Municipality) -> None:
    client = logged_in(town.anna)
    draft = begin(client)
    put(client, draft, "evidence", posted_on="20.10.2026", posted_at="21.14", discovered_on="2026-10-21")
    page = client.get(f"/report/{draft}/send/").content.decode()
    assert "20. oktober 2026 kl. 21:14" in page
    assert "<dd>21. oktober 2026</dd>" in page


def test_who_has_no_manager_above_is_told(town: Municipality) -> None:
    a_person(town.organisation_id, "Berit Boss", town.kommunen, (Role.MANAGER,))
    client = logged_in(town.lone)
    page = client.get(f"/report/{begin(client)}/you/").content.decode()
    assert "Berit Boss" in page
    assert "Der er ingen leder over" in page


def test_somebody_who_is_no_manager_cannot_be_chosen(town: Municipality) -> None:
    client = logged_in(town.anna)
    draft = begin(client)
    answer = put(client, draft, "you", manager_id=town.karim.pk, impact="Ondt.", manager_away="")
    assert answer.status_code == 422
    assert saved(draft)["impact"] == "Ondt."
    assert saved(draft)["manager_id"] is None


def test_the_page_brings_no_script_or_style_of_its_own(town: Municipality) -> None:
    client = logged_in(town.anna)
    draft = begin(client)
    for step in STEPS:
        page = client.get(f"/report/{draft}/{step}/").content.decode()
        assert "<style" not in page
        assert " style=" not in page
        assert "<script>" not in page


def test_the_pages_of_the_report_lie_in_its_folder() -> None:
    folder = Path(__file__).resolve().parents[3] / "src/vaern/web/templates/report"
    assert {path.stem for path in folder.glob("[a-z]*.html")} == {*STEPS, "send_report", "discard_report"}


def test_who_is_not_logged_in_cannot_make_the_server_read_files(town: Municipality, client: Client) -> None:
    body = {"files": SimpleUploadedFile("stor.txt", b"a" * 3_000_000)}
    assert client.post(f"/report/{uuid4()}/evidence/", body).status_code == 413
