"""Handing in files: the form fields, and what is said of each file that was no good."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db import OperationalError
from django.utils.translation import gettext_noop as _

from vaern.core.refusal import Refusal, Refused
from vaern.evidence import service as evidence
from vaern.evidence.facts import Said
from vaern.evidence.rules import clean_name, refuse
from vaern.people.facts import Actor
from vaern.web.spool import Lost

NOTHING_SAID = Said()
NOT_SAVED = _(
    "Det kunne ikke gemmes lige nu. Alt, du har skrevet, står her stadig. Prøv igen om lidt, før du lukker siden."
)
ACCEPT = (
    "image/*,.heic,.heif,application/pdf,.pdf,.docx,.eml,.msg,.txt,.html,.htm,.mhtml,.mht,video/mp4,video/quicktime,"
    ".mp4,.mov"
)
"""What a phone offers first. Only a help: the content decides, not the name."""


class _Files(forms.FileInput):
    allow_multiple_selected = True


class Files(forms.FileField):
    """Several files at once. An empty one passes: the judge of evidence says what is wrong with each."""

    def __init__(self, *, accept: str = ACCEPT, **kwargs: Any) -> None:
        widget = _Files(attrs={"multiple": True, "accept": accept})
        super().__init__(widget=widget, required=False, allow_empty_file=True, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        return list(data or [])


class Camera(Files):
    """Opens the phone's camera at once. One picture at a time is all such a field gives."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(accept="image/*", **kwargs)
        self.widget.attrs["capture"] = "environment"
        del self.widget.attrs["multiple"]


def take_in_all(
    actor: Actor,
    files: Iterable[UploadedFile],
    now: datetime,
    *,
    draft_id: UUID | None = None,
    case_id: UUID | None = None,
    note: str = "",
    said: Said = NOTHING_SAID,
) -> tuple[Refusal, ...]:
    """Takes in every file that can be; what is wrong with each of the others. One bad file never costs the good."""
    refusals: list[Refusal] = []
    for upload in files:
        if isinstance(upload, Lost):
            refusals.append(refuse("not_kept", clean_name(upload.name or "")))
            continue
        try:
            evidence.take_in(
                actor=actor, upload=upload, draft_id=draft_id, case_id=case_id, note=note, said=said, now=now
            )
        except Refused as refused:
            refusals.extend(refused.refusals)
        except OperationalError:
            # No room for the row, either: the sealed object without one is the sweep's.
            refusals.append(refuse("not_kept", clean_name(upload.name or "")))
    return tuple(refusals)
