"""Runs inside an installation and prints what it made as JSON: `python -m bench.fill people | cases N | big`."""

from __future__ import annotations

import json
import secrets
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import django

django.setup()

from django.db import transaction  # noqa: E402

from bench.server import ROOT  # noqa: E402
from vaern.cases import service as cases  # noqa: E402
from vaern.cases.models import Case, DutyOwner, DutyRow, GuidelineVersion, Part  # noqa: E402
from vaern.evidence import service as evidence  # noqa: E402
from vaern.guideline.compose import compose  # noqa: E402
from vaern.guideline.load import load  # noqa: E402
from vaern.people import service  # noqa: E402
from vaern.people.facts import Role  # noqa: E402
from vaern.people.models import User  # noqa: E402

EMPLOYEES = 8
SINCE = date(2020, 1, 1)
BATCH = 2000


def people() -> dict[str, object]:
    """A municipality with one manager, one secretary, eight employees and a guideline in use."""
    now, password = datetime.now(UTC), secrets.token_urlsafe(16)
    home = service.create_organisation(name="Målekommunen", slug="maal", now=now)
    evidence.create_key(organisation_id=home, now=now)
    unit = service.create_unit(actor=None, organisation_id=home, code="J", name="Jobcenter", parent_id=None, now=now)
    named = [("leder", Role.MANAGER), ("sekretariat", Role.SECRETARIAT)]
    for name, role in [*named, *((f"medarbejder{n}", Role.EMPLOYEE) for n in range(EMPLOYEES))]:
        user = service.create_user(
            actor=None, organisation_id=home, email=f"{name}@maal.example", name=name, unit_id=unit, password=password,
            now=now,
        )  # fmt: skip
        service.give_post(actor=None, user_id=user, unit_id=unit, role=role, from_date=SINCE, now=now)
    packs = ROOT / "guidelines"
    composed = compose(load(packs / "brovst"), [load(packs / "national")])
    cases.adopt_guideline(organisation_id=home, composed=composed, actor_id=None, now=now)
    return {"password": password, "employees": [f"medarbejder{n}@maal.example" for n in range(EMPLOYEES)]}


def many_cases(count: int) -> dict[str, object]:
    """`count` open cases with their manager, secretary and one owed duty each, made in bulk: no service is that fast,
    and a list reads only these rows."""
    guideline = GuidelineVersion.objects.get()
    manager, secretary, employee = (User.objects.get(name=name) for name in ("leder", "sekretariat", "medarbejder0"))
    now = datetime.now(UTC)
    for numbers in _batches(count):
        with transaction.atomic():
            rows = Case.objects.bulk_create(_case(guideline, employee, number, now) for number in numbers)
            parts = ((manager, "manager"), (secretary, "secretariat"), (employee, "affected"))
            Part.objects.bulk_create(
                Part(case=case, user=user, role=role, since=now) for case in rows for user, role in parts
            )
            duties = DutyRow.objects.bulk_create(
                DutyRow(
                    case=case, duty="report", state="owed", owners=["manager"], due=case.next_due_at, must_close=True
                )
                for case in rows
            )
            DutyOwner.objects.bulk_create(DutyOwner(row=row, case_id=row.case_id, role="manager") for row in duties)
    return {"cases": Case.objects.count()}


def _batches(count: int) -> Iterator[range]:
    return (range(start, min(start + BATCH, count)) for start in range(0, count, BATCH))


def _case(guideline: GuidelineVersion, employee: User, number: int, now: datetime) -> Case:
    opened = now - timedelta(minutes=number)
    return Case(
        organisation_id=guideline.organisation_id, unit_id=employee.unit_id, guideline=guideline, year=2000,
        number=number + 1, affected=employee, reporter=employee, what="Et opslag.", opened_at=opened,
        last_heard_at=opened, next_due_at=opened + timedelta(hours=72), open_duties=1,
    )  # fmt: skip


def main(what: str, count: str = "0") -> None:
    made = people() if what == "people" else many_cases(int(count))
    json.dump(made, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
