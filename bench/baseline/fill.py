"""`python -m bench.baseline.fill COUNT`: the tables, and so many rows; the first with twenty lines."""

import sys
from datetime import UTC, datetime, timedelta

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from bench.baseline.models import Line, Thing  # noqa: E402


def main(count):
    call_command("migrate", run_syncdb=True, verbosity=0)
    now = datetime.now(UTC)
    rows = (
        Thing(title=f"Thing {n}", state="open", due=now - timedelta(minutes=n), opened=now - timedelta(minutes=n))
        for n in range(count)
    )
    Thing.objects.bulk_create(rows, batch_size=2000)
    first = Thing.objects.order_by("pk").first()
    Line.objects.bulk_create(Line(thing=first, title=f"Line {n}", due=now + timedelta(hours=n)) for n in range(20))


if __name__ == "__main__":
    main(int(sys.argv[1]))
