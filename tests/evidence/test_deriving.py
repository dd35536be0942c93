"""What the background makes of evidence: found again by its words, seen without being opened - and never in the way."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from PIL import Image

from tests.cases_kit import NOW, open_case
from tests.evidence import pages
from tests.evidence.files import GOOD, POST, encoded, film, html, photo, upload
from tests.people_kit import Municipality, actor
from vaern.cases.models import Case
from vaern.core.refusal import Refused
from vaern.evidence import models, queries, rules, service, vault
from vaern.evidence.derive import plan, sandbox
from vaern.evidence.facts import Box, Item, Rendition, Searched

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def case(people: Municipality) -> Case:
    return open_case(people)


def on_case(people: Municipality, case: Case, name: str, data: bytes) -> Item:
    return service.take_in(actor=actor(people.anna), upload=upload(name, data), case_id=case.pk, now=NOW)


def derived(people: Municipality, case: Case, name: str, data: bytes) -> dict[str, Rendition]:
    item = on_case(people, case, name, data)
    service.derive_item(item=str(item.id))
    return queries.renditions(case.pk)[item.id]


def search(people: Municipality, case: Case, word: str) -> Searched:
    return service.search_evidence(
        actor=actor(people.mads), case_id=case.pk, items=queries.items_of_case(case.pk), word=word, now=NOW
    )


def numbers(found: Searched) -> list[int | None]:
    return [hit.item.number for hit in found.hits]


def acts(case: Case) -> list[str]:
    return [entry.act for entry in queries.custody(case.pk)]


@pytest.mark.parametrize("kind", [kind for kind in GOOD if kind not in {"mp4", "mov"}])
def test_every_kind_gets_what_it_is_promised(people: Municipality, case: Case, kind: str) -> None:
    made = derived(people, case, *GOOD[kind])
    assert made.keys() == set(plan.WANTED[kind])
    # A photo of circles has no words, and says so; everything else is made.
    assert {one.state for one in made.values()} <= ({"made", "none"} if kind in plan.PICTURES else {"made"})
    assert all(one.made_by for one in made.values() if one.state == "made")
    if "thumb" in made:
        assert made["thumb"].state == "made"
        assert len(made["thumb"].look) == 32


def test_an_item_says_that_it_waits_from_its_first_moment(people: Municipality, case: Case) -> None:
    item = on_case(people, case, *GOOD["png"])
    assert {one.state for one in queries.renditions(case.pk)[item.id].values()} == {"waiting"}


def test_danish_words_are_read_off_a_screenshot_and_found(people: Municipality, case: Case) -> None:
    derived(people, case, "skærm.png", encoded(pages.post(), "PNG"))
    for word in ("ågade", "FØLE DIG", "Ærø", "påske", "hvor  du"):
        assert numbers(search(people, case, word)) == [1], word
    assert numbers(search(people, case, "fødselsdag")) == []


def test_a_scanned_page_is_read_and_a_written_one_is_too(people: Municipality, case: Case) -> None:
    derived(people, case, "scannet.pdf", pages.scanned_pdf())
    derived(people, case, *GOOD["pdf"])
    assert numbers(search(people, case, "føle dig sikker")) == [1]
    assert numbers(search(people, case, "opslag gemt som pdf")) == [2]


def test_mails_documents_and_pages_are_found_and_script_is_no_word(people: Municipality, case: Case) -> None:
    for kind in ("docx", "eml", "msg", "txt", "html", "mhtml"):
        derived(people, case, *GOOD[kind])
    assert numbers(search(people, case, POST[:20])) == [1, 2, 3, 4, 5, 6]
    derived(people, case, "script.html", html() + b"<script>var skjult = 1</script>")
    assert numbers(search(people, case, "skjult")) == []


def test_a_film_gets_a_still_from_after_the_black(people: Municipality, case: Case) -> None:
    made = derived(people, case, "video.mp4", pages.movie())
    assert made["still"].state == "made"
    assert "ffmpeg" in made["still"].made_by
    item = queries.items_of_case(case.pk)[0]
    shown = Image.open(BytesIO(service.preview(actor=actor(people.mads), item=item, now=NOW)))
    red, green, _ = shown.convert("RGB").getpixel((100, 100))  # type: ignore[misc]
    assert red > 200 > 60 > green
    assert item.blurred


def test_a_film_that_no_program_can_read_says_so_and_stays(people: Municipality, case: Case) -> None:
    made = derived(people, case, "video.mp4", film())
    assert (made["still"].state, made["still"].reason) == ("failed", plan.NOT_MADE["broken"])
    item = queries.items_of_case(case.pk)[0]
    assert b"".join(service.download(actor=actor(people.anna), item=item, now=NOW).chunks) == film()


def test_the_reading_is_on_record_without_a_person(people: Municipality, case: Case) -> None:
    derived(people, case, *GOOD["txt"])
    entry = queries.custody(case.pk)[0]
    assert (entry.act, entry.actor_id) == ("derive_evidence", None)
    assert acts(case) == ["derive_evidence", "take_in_evidence"]


def test_twice_is_once(people: Municipality, case: Case) -> None:
    item = on_case(people, case, *GOOD["txt"])
    for _ in range(3):
        service.derive_item(item=str(item.id))
    assert acts(case) == ["derive_evidence", "take_in_evidence"]


def test_the_texts_lie_sealed_and_go_with_the_key(people: Municipality, case: Case) -> None:
    derived(people, case, *GOOD["txt"])
    row = models.Rendition.objects.get(kind="text")
    assert b"hvor du bor" not in b"".join(vault.raw(people.organisation_id, row.object))
    assert numbers(search(people, case, "hvor du bor")) == [1]
    models.Key.objects.update(erased_at=NOW)
    found = search(people, case, "hvor du bor")
    assert (found.hits, found.unread) == ((), (1,))


def test_a_check_finds_nothing_too_much(people: Municipality, case: Case) -> None:
    derived(people, case, *GOOD["txt"])
    later = timezone.now() + timedelta(days=1)
    assert service.check_evidence(now=later).findings == ()


def test_a_sweep_takes_no_text_and_takes_what_nothing_stands_behind(people: Municipality, case: Case) -> None:
    derived(people, case, *GOOD["txt"])
    assert service.sweep(older_than=timedelta(0), now=timezone.now() + timedelta(days=2)) == []
    models.Rendition.objects.all().delete()
    assert len(service.sweep(older_than=timedelta(0), now=timezone.now() + timedelta(days=2))) == 1


def test_what_was_lost_is_found_again(people: Municipality, case: Case) -> None:
    item = on_case(people, case, *GOOD["txt"])
    models.Rendition.objects.all().delete()
    service.derive_evidence()
    assert queries.renditions(case.pk)[item.id]["text"].state == "made"


def test_a_worker_that_was_killed_leaves_it_to_the_next_and_three_times_is_enough(
    people: Municipality, case: Case
) -> None:
    item = on_case(people, case, *GOOD["txt"])
    rows = models.Rendition.objects.filter(item_id=item.id)
    long_ago = timezone.now() - plan.GIVEN_UP_AFTER
    rows.update(state="making", tries=1, changed_at=timezone.now())
    service.derive_evidence()
    assert rows.get().state == "making", "another worker is at it"
    rows.update(state="making", tries=plan.TRIES, changed_at=long_ago)
    service.derive_evidence()
    assert (rows.get().state, rows.get().reason) == ("failed", "gave_up")
    rows.update(state="making", tries=1, changed_at=long_ago)
    service.derive_evidence()
    assert rows.get().state == "made"


def test_without_a_jail_nothing_is_opened_and_it_is_said(
    people: Municipality, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "works", lambda: False)
    made = derived(people, case, *GOOD["png"])
    assert {(one.state, one.reason) for one in made.values()} == {("waiting", plan.NOT_MADE["no_jail"])}
    assert "derive_evidence" not in acts(case)


def test_without_a_text_engine_it_is_said_and_tried_again_later(
    people: Municipality, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as without:
        without.setattr(sandbox, "which", lambda name, path: None)
        made = derived(people, case, "skærm.png", encoded(pages.post(), "PNG"))
    assert (made["thumb"].state, made["text"].state) == ("made", "waiting")
    assert made["text"].reason == plan.NOT_MADE["missing"]
    models.Rendition.objects.update(changed_at=timezone.now() - timedelta(hours=2))
    service.derive_evidence()
    assert numbers(search(people, case, "føle")) == [1]


def test_a_bomb_ends_its_own_process_and_the_next_file_is_made(
    people: Municipality, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limits are set low instead of the bomb large."""
    with monkeypatch.context() as tight:
        tight.setattr(sandbox, "USUAL", sandbox.Bounds(memory=40 * 1024 * 1024))
        assert derived(people, case, *GOOD["txt"])["text"].state == "failed"
    assert derived(people, case, *GOOD["eml"])["text"].state == "made"


def test_a_preview_before_the_background_came_to_it_is_made_then_and_there(people: Municipality, case: Case) -> None:
    item = on_case(people, case, *GOOD["heic"])
    assert service.preview(actor=actor(people.mads), item=item, now=NOW)[:2] == b"\xff\xd8"
    assert acts(case) == ["preview_evidence", "take_in_evidence"]


def test_what_could_not_be_made_is_refused_in_words(people: Municipality, case: Case) -> None:
    item = on_case(people, case, "video.mp4", film())
    with pytest.raises(Refused) as refused:
        service.preview(actor=actor(people.mads), item=item, now=NOW)
    assert refused.value.refusal.params["reason"] == plan.NOT_MADE["broken"]


def test_pictures_that_look_alike_are_pointed_out(people: Municipality, case: Case) -> None:
    """Saved again, smaller and as another kind: the same photo. Another photo is not."""
    derived(people, case, "foto.jpg", encoded(photo(), "JPEG"))
    derived(people, case, "andet.jpg", encoded(photo(seed=9), "JPEG"))
    derived(people, case, "mindre.png", encoded(photo().resize((800, 600)), "PNG"))
    items = queries.items_of_case(case.pk)
    assert queries.looking_alike(items) == {items[2].id: 1}
    service.mask_evidence(
        actor=actor(people.mads), relations=("manager",), item=items[0], boxes=[Box(0, 0, 5000, 5000)], now=NOW
    )
    everything = queries.items_of_case(case.pk)
    assert [one.number for one in rules.showing(everything[0], everything)] == [3]
    assert [one.number for one in rules.for_handing_out(everything)] == [4, 2], "saved again, it would show the face"


@pytest.mark.parametrize("look", ['"no digits"', '""', "null", '"\u00e9"', "7", "[]"])
def test_what_a_decoder_says_of_a_picture_is_looked_at(
    people: Municipality, case: Case, monkeypatch: pytest.MonkeyPatch, look: str
) -> None:
    """A decoder that a stranger's file has taken over could break the pages of the whole case with one word."""
    said = f'{{"look": {look}, "blurred": ""}}\npicture'.encode()
    monkeypatch.setattr(sandbox, "run", lambda command, *more: said if "picture" in command else b"")
    item = on_case(people, case, *GOOD["png"])
    other = on_case(people, case, *GOOD["jpeg"])
    for one in (item, other):
        service.derive_item(item=str(one.id))
    assert queries.looking_alike(queries.items_of_case(case.pk)) in ({}, {other.id: 1})
