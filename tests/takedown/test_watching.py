"""A watch from the first look to the last, by a person and by the server against a real page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import Settings

from tests.capture.outside import WORDS, outside, page
from tests.cases_kit import NOW, open_case
from tests.people_kit import Municipality, actor
from vaern.capture import service as capture
from vaern.core.refusal import Refused, Unseen
from vaern.journal import queries as journal
from vaern.takedown import queries, service
from vaern.takedown.facts import Asked, Watch
from vaern.takedown.models import Watch as Row
from vaern.takedown.rules import hours_to_removal

pytestmark = pytest.mark.django_db
ADDRESS = "https://side.eksempel.dk/opslag"


def begun(people: Municipality, **more: object) -> Watch:
    case = open_case(people, platform="facebook")
    asked = Asked(**{"address": ADDRESS, "step": "platform", "asked_at": NOW, **more})  # type: ignore[arg-type]
    return service.start_watch(actor=actor(people.mads), case_id=case.pk, asked=asked, now=NOW)


def seen(people: Municipality, watch: Watch, standing: str, hours: float) -> Watch:
    return service.look_at_post(
        actor=actor(people.anna), case_id=watch.case_id, watch_id=watch.id, standing=standing,
        now=NOW + timedelta(hours=hours),
    )  # fmt: skip


def test_each_look_is_on_record_and_the_hours_to_removal_are_counted(people: Municipality) -> None:
    watch = begun(people)
    assert (watch.platform, watch.next_at) == ("facebook", NOW)
    seen(people, watch, "up", 2)
    seen(people, watch, "gone", 30)
    watch = seen(people, watch, "gone", 55)
    assert (watch.ended, watch.next_at, hours_to_removal(watch)) == ("gone", None, 30)
    entries = journal.entries_of(f"case:{watch.case_id}", acts=["look_at_post"])
    assert sorted((entry.data["standing"], entry.data["ended"]) for entry in entries) == [
        ("gone", ""), ("gone", "gone"), ("up", ""),
    ]  # fmt: skip
    assert ADDRESS not in str([entry.data for entry in entries])
    with pytest.raises(Refused):
        seen(people, watch, "up", 60)


def test_a_person_ends_it_with_a_reason(people: Municipality) -> None:
    watch = begun(people)
    end = {"actor": actor(people.mads), "case_id": watch.case_id, "watch_id": watch.id, "now": NOW}
    with pytest.raises(Refused):
        service.end_watch(note=" ", **end)
    assert service.end_watch(note="Anna vil ikke mere.", **end).ended == "person"
    with pytest.raises(Unseen):
        queries.watch(open_case(people).pk, watch.id)


def test_an_address_inside_the_house_is_not_visited(people: Municipality) -> None:
    with pytest.raises(Refused):
        begun(people, address="http://10.0.0.5/", by_server=True)
    assert begun(people, address="http://10.0.0.5/").by_server is False, "a person may look anywhere"


def test_the_server_looks_and_a_wall_proves_nothing(
    people: Municipality, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CAPTURE = True
    watch = begun(people, by_server=True)
    real = capture.look
    with outside() as net:
        world = net.world()
        monkeypatch.setattr(capture, "look", lambda *args, **named: real(*args, world=world, **named))
        for answer in (
            page(f"<p>{WORDS}</p>"),
            page("<p>Noget helt andet end før, og det er længe nok.</p>"),
            (410, {}, b""),
        ):
            net.pages["/opslag"] = answer
            Row.objects.filter(pk=watch.id).update(next_at=NOW)
            service.look_at_watch(watch=str(watch.id))
            service.look_at_watch(watch=str(watch.id))
    found = queries.watch(watch.case_id, watch.id)
    assert [look.standing for look in found.looks] == ["up", "changed", "gone"]
    assert all(look.by is None for look in found.looks)
    assert found.ended == "", "gone once is not gone"


def test_with_capture_off_the_server_says_that_it_could_not_see(people: Municipality, settings: Settings) -> None:
    watch = begun(people, by_server=True)
    settings.CAPTURE = False
    service.look_at_watch(watch=str(watch.id))
    (look,) = queries.watch(watch.case_id, watch.id).looks
    assert (look.standing, look.reason) == ("unknown", "off")
