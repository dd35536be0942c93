"""Refusals of the rules, as sentences beside the fields of a form."""

from __future__ import annotations

from django import forms
from django.utils import translation

from vaern.core.refusal import Refusal
from vaern.web.refusals import put_in_form, say_clauses, say_refusal


class _Form(forms.Form):
    text = forms.CharField(required=False)
    why_not = forms.CharField(required=False)


MISSING = Refusal("missing_text", "“%(duty)s” mangler.", {"duty": "Skriv et notat"}, ("B28",), "text")


def test_a_duty_is_named_in_the_readers_language() -> None:
    with translation.override("en"):
        said = say_refusal(MISSING, {"Skriv": "Write", "Skriv et notat": "Write a note"})
    assert said == "“Write a note” is missing. (clause B28)"


def test_a_refusal_names_what_and_which_clause() -> None:
    assert say_refusal(MISSING) == "“Skriv et notat” mangler. (punkt B28)"
    assert say_refusal(Refusal("x", "Vent.")) == "Vent."
    assert say_clauses(["B25", "B26"]) == "punkterne B25, B26"
    assert say_clauses([]) == ""


def test_each_stands_beside_its_field_and_what_was_typed_stays() -> None:
    form = _Form({"text": "Halvt"})
    put_in_form(form, [MISSING, Refusal("y", "Gem igen.")])
    assert form.errors == {"text": ["“Skriv et notat” mangler. (punkt B28)"], "__all__": ["Gem igen."]}
    assert form["text"].value() == "Halvt"


def test_a_form_may_call_a_field_otherwise_than_the_rule() -> None:
    form = _Form({})
    put_in_form(form, [Refusal("z", "Skriv hvorfor.", field="reasons")], {"reasons": "why_not"})
    assert form.errors == {"why_not": ["Skriv hvorfor."]}


def test_a_title_with_a_percent_sign_is_only_text() -> None:
    refusal = Refusal("x", "“%(duty)s” mangler.", {"duty": "100 %s <b>sikker</b>"})
    assert say_refusal(refusal) == "“100 %s <b>sikker</b>” mangler."
    form = _Form({})
    put_in_form(form, [refusal])
    assert "&lt;b&gt;" in str(form.errors)
