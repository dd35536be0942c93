"""Whatever is changed behind our back about a stamp is found, and `vaern stamps verify` says what."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from tests.cases_kit import NOW, open_case
from tests.evidence.files import GOOD, upload
from tests.journal_kit import unlocked
from tests.people_kit import Municipality, actor
from tests.stamps_kit import Running
from vaern.core.digest import digest
from vaern.evidence import models as evidence_models
from vaern.evidence import service as evidence
from vaern.journal import models as journal_models
from vaern.journal import service as journal
from vaern.stamps import models, rules, service

pytestmark = pytest.mark.one_database

MUTATIONS = 60


@pytest.fixture
def stamped(settings: Any, tsa: Running, people: Municipality) -> models.Stamp:
    settings.TSA = (tsa.as_("good"),)
    case = open_case(people)
    evidence.take_in(actor=actor(people.anna), upload=upload(*GOOD["png"]), case_id=case.pk, now=NOW)
    service.stamp(now=NOW)
    return models.Stamp.objects.get(item_id__isnull=False)


def codes() -> list[str]:
    return sorted(found.code for found in service.verify().wrong)


def test_untouched_stamps_all_hold(stamped: models.Stamp, people: Municipality) -> None:
    report = service.verify()
    assert report.wrong == ()
    assert report.stamps == models.Stamp.objects.count() > 1
    assert service.verify(organisation_id=people.organisation_id).stamps == 2, "the item, and the chain's end"


def test_a_single_changed_byte_of_an_answer_is_always_found(stamped: models.Stamp) -> None:
    seed = random.randrange(2**32)
    dice, whole = random.Random(seed), bytes(stamped.response)
    rows = models.Stamp.objects.filter(pk=stamped.pk)
    for _ in range(MUTATIONS):
        place, bit = dice.randrange(len(whole)), 1 << dice.randrange(8)
        changed = bytearray(whole)
        changed[place] ^= bit
        rows.update(response=bytes(changed))
        assert "response" in codes(), f"byte {place}, bit {bit}, seed {seed}"


def test_an_answer_changed_together_with_its_digest_is_found_by_the_journal(stamped: models.Stamp) -> None:
    changed = bytes(stamped.response[:-1]) + bytes([stamped.response[-1] ^ 1])
    models.Stamp.objects.filter(pk=stamped.pk).update(response=changed, response_sha256=digest(changed))
    assert codes() == ["entry", "signature"]


def _by(**columns: object) -> Callable[[models.Stamp], object]:
    return lambda row: models.Stamp.objects.filter(pk=row.pk).update(**columns)


def erase_everything() -> None:
    evidence_models.Provenance.objects.all().delete()
    evidence_models.Item.objects.all().delete()


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (_by(digest="0" * 64), ["digest", "item"]),
        (_by(digest="no digest"), ["digest", "item"]),
        (_by(gen_time=NOW), ["time"]),
        (_by(authority="another"), ["entry", "missing"]),
        (_by(response=b""), ["response", "unreadable"]),
        (lambda row: models.Roots.objects.update(pem="nothing"), ["roots"] * 3 + ["signature"] * 3),
        (lambda row: models.Stamp.objects.filter(pk=row.pk).delete(), ["missing"]),
        (lambda row: evidence_models.Item.objects.update(sha256="1" * 64), ["item"]),
        (lambda row: erase_everything(), []),
    ],
    ids=["digest", "nonsense", "time", "authority", "no answer", "roots", "gone", "other file", "erased file"],
)
def test_whatever_is_changed_is_named(
    stamped: models.Stamp, change: Callable[[models.Stamp], object], found: list[str]
) -> None:
    with unlocked():
        change(stamped)
    assert codes() == found


def test_a_journal_written_anew_does_not_fit_its_stamp(stamped: models.Stamp, people: Municipality) -> None:
    end = models.Stamp.objects.get(chain=f"org:{people.organisation_id}")
    with unlocked():
        journal_models.Entry.objects.filter(chain=end.chain, seq=end.seq).update(hash="2" * 64)
    assert codes() == ["head"]


def test_erased_content_of_the_journal_costs_no_stamp(stamped: models.Stamp, people: Municipality) -> None:
    case = evidence_models.Item.objects.get().case_id
    journal.erase_payload(
        organisation_id=people.organisation_id, subject=f"case:{case}", actor_id=None, reason="fristen er gået",
        now=NOW + timedelta(days=1),
    )  # fmt: skip
    assert codes() == []


def test_the_nightly_job_fails_when_a_stamp_does_not_hold(stamped: models.Stamp) -> None:
    service.verify_stamps()
    models.Stamp.objects.filter(pk=stamped.pk).update(gen_time=NOW)
    with pytest.raises(service.Broken):
        service.verify_stamps()


def test_the_command_says_what_is_wrong_and_exits_1(stamped: models.Stamp) -> None:
    said = StringIO()
    call_command("stamps_verify", stdout=said)
    assert "all hold" in said.getvalue()
    assert stamped.roots_id in said.getvalue()
    models.Stamp.objects.filter(pk=stamped.pk).update(gen_time=NOW)
    with pytest.raises(SystemExit) as left:
        call_command("stamps_verify", stdout=said)
    assert left.value.code == 1
    assert rules.WRONG["time"] in said.getvalue()
