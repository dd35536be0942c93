"""Whatever is handed in: it is refused with a sentence, or it lies there and hurts nobody."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from PIL import Image

from tests.cases_kit import NOW, open_case
from tests.evidence.files import GOOD, HOSTILE, made, png, upload
from tests.evidence.hostile import CORPUS, SCRIPT, page_with
from tests.people_kit import Municipality, actor, logged_in
from tests.web.test_doors import ON_A_CASE, PATTERNS
from vaern.cases.models import Case
from vaern.core.digest import digest
from vaern.core.refusal import Refused
from vaern.evidence import queries, service
from vaern.evidence.facts import Item
from vaern.evidence.rules import NAME_MAX, SHOWN, clean_name

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
GROUPS = 6
MARK = b"<!-- et maerke, som ingen anden fil har: 5d1f -->"


@pytest.fixture
def case(people: Municipality) -> Case:
    return open_case(people)


def take_in(people: Municipality, case: Case, name: str, data: bytes) -> Item:
    return service.take_in(actor=actor(people.anna), upload=upload(name, data), case_id=case.pk, now=NOW)


def body(answer: HttpResponseBase) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]


def test_the_corpus_is_large() -> None:
    assert len({name for name, _, _ in CORPUS}) == len(CORPUS)
    assert len({digest(made(data)) for _, data, _ in CORPUS}) >= 75
    assert len(CORPUS) + len(HOSTILE) >= 115


@pytest.mark.parametrize("group", range(GROUPS))
def test_each_is_refused_in_words_or_lies_inert(people: Municipality, case: Case, group: int) -> None:
    """In groups, so that several processes share them. After each group the worker still makes what it is asked."""
    wrong = []
    for name, making, code in CORPUS[group::GROUPS]:
        data = made(making)
        try:
            item = take_in(people, case, name, data)
        except Refused as refused:
            said = refused.refusal.message % refused.refusal.params
            if refused.refusal.code != code or clean_name(name) not in said:
                wrong.append(f"{name[:40]!r}: {refused.refusal.code}")
            continue
        wrong += [f"{name[:40]!r}: {fault}" for fault in _not_inert(people, case, item, data, code)]
    assert wrong == []
    good = take_in(people, case, *GOOD["eml"])
    service.derive_item(item=str(good.id))
    assert queries.renditions(case.pk)[good.id]["text"].state == "made"


def _not_inert(people: Municipality, case: Case, item: Item, data: bytes, code: str) -> list[str]:
    """What is wrong with how it lies there."""
    service.derive_item(item=str(item.id))
    renditions = queries.renditions(case.pk)[item.id].values()
    client, address = logged_in(people.mads), f"/case/{case.pk}/evidence/{item.id}/"
    seen = client.post(f"{address}preview/")
    sent = client.post(f"{address}download/")
    faults = {
        f"taken in, was to be {code}": code != "inert",
        "still in the making": not {one.state for one in renditions} <= {"made", "none", "failed"},
        f"name {item.name!r}": len(item.name) > NAME_MAX or any(mark in item.name for mark in "/\\\r\n\x00\u202e"),
        f"page {seen.status_code}": seen.status_code not in (200, 422) or b"<script>alert" in seen.content,
        "other bytes": body(sent) != data,
        "not a plain attachment": not _is_inert(sent),
    }
    return [fault for fault, there in faults.items() if there]


def _is_inert(answer: Any) -> bool:
    return bool(
        answer["Content-Type"] == "application/octet-stream"
        and answer["Content-Disposition"].startswith("attachment")
        and "\n" not in answer["Content-Disposition"]
        and answer["X-Content-Type-Options"] == "nosniff"
        and "sandbox" in answer["Content-Security-Policy"]
        and "default-src 'none'" in answer["Content-Security-Policy"]
    )


def test_every_answer_that_carries_evidence_is_a_picture_made_anew_or_an_attachment(
    people: Municipality, case: Case
) -> None:
    """Every address of a case, asked both ways: bytes of a file are found in inert attachments and nowhere else."""
    page = take_in(people, case, "side.html", page_with(SCRIPT + MARK))
    picture = take_in(people, case, "skærm.png", png() + MARK)
    client, carried, plain = logged_in(people.mads), set(), []
    for name in ON_A_CASE:
        for item in (page, picture):
            for answer in _asked(client, name, case, item):
                found = body(answer)
                if MARK in found or SCRIPT in found:
                    carried.add(name)
                    plain += [] if _is_inert(answer) else [name]
    assert "download_evidence" in carried
    assert plain == []


def _asked(client: Client, name: str, case: Case, item: Item) -> list[HttpResponseBase]:
    values = {"case": case.pk, "item": item.id, "duty": "listen_and_note"}
    # A bundle or a letter that is not there: what leaves in one is asked of it in its own tests.
    path = reverse(name, kwargs={key: values.get(key, uuid4()) for key in PATTERNS[name].pattern.converters})
    return [client.get(path), client.post(path)]


@pytest.mark.parametrize("kind", sorted(SHOWN - {"mp4", "mov"}))
def test_a_preview_is_encoded_anew(people: Municipality, case: Case, kind: str) -> None:
    name, data = GOOD[kind]
    item = take_in(people, case, name, data + MARK if kind != "heic" else data)
    shown = service.preview(actor=actor(people.mads), item=item, now=NOW)
    with Image.open(BytesIO(shown)) as picture:
        assert picture.format == "JPEG"
        assert not picture.getexif()
        assert max(picture.size) <= 1600
    assert MARK not in shown
