"""Filling in the report through the browser's requests."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from vaern.cases.models import Draft


def a_picture(name: str = "opslag.png", colour: tuple[int, int, int] = (20, 90, 120)) -> SimpleUploadedFile:
    kept = BytesIO()
    Image.new("RGB", (40, 30), colour).save(kept, "PNG")
    return SimpleUploadedFile(name, kept.getvalue(), "image/png")


def begin(client: Client, who: str = "me", **answers: object) -> UUID:
    """Sends the first step; the draft it began."""
    before = set(Draft.objects.values_list("pk", flat=True))
    client.post(f"/report/start/?who={who}", {"what": "Et opslag med mit navn.", "danger_now": "no", **answers})
    (found,) = set(Draft.objects.values_list("pk", flat=True)) - before
    return UUID(str(found))


def put(client: Client, draft: UUID, step: str, **answers: object) -> HttpResponse:
    return client.post(f"/report/{draft}/{step}/", answers)


def saved(draft: UUID) -> dict[str, object]:
    return dict(Draft.objects.get(pk=draft).data)
