"""One way to show a form, try an act and say what was refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from vaern.core.refusal import Refused, Unseen
from vaern.web.refusals import put_in_form


def attempt(form: Form, act: Callable[..., object], **known: object) -> bool:
    """Whether the act was done, with what is `known`, what the form says and the time. A refusal lands beside its
    field; something unseen is 404."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        act(**known, **form.cleaned_data, now=timezone.now())
    except Refused as refused:
        put_in_form(form, refused.refusals)
        return False
    except Unseen as unseen:
        raise Http404 from unseen
    return True


def page(request: Any, template: str, form: Form, **context: object) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    return render(request, f"people/{template}.html", {"form": form, **context}, status=status)
