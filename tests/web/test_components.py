"""The form components: every control has its label, and its help and error are tied to it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django import forms
from django.template.loader import render_to_string


class Many(forms.ClearableFileInput):
    allow_multiple_selected = True


class Everything(forms.Form):
    name = forms.CharField(label="Navn", help_text="Som du plejer", required=True)
    story = forms.CharField(label="Hvad skete der?", widget=forms.Textarea, max_length=200)
    where = forms.ChoiceField(label="Hvor?", choices=[("a", "Her"), ("b", "Der")], widget=forms.RadioSelect)
    kinds = forms.MultipleChoiceField(label="Hvad?", choices=[("x", "Trussel")], widget=forms.CheckboxSelectMultiple)
    unit = forms.ChoiceField(label="Enhed", choices=[("1", "Skolen")])
    when = forms.SplitDateTimeField(label="Hvornår?", help_text="Cirka")
    day = forms.DateField(label="Dag", widget=forms.DateInput(attrs={"type": "date"}))
    sure = forms.BooleanField(label="Jeg er sikker", help_text="Du kan ændre det")
    pictures = forms.FileField(label="Billeder", widget=Many)


class Page(HTMLParser):
    """Ids, label targets, described-by references and controls of a rendered page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.targets: set[str] = set()
        self.described: set[str] = set()
        self.controls: list[dict[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids.add(found.get("id") or "")
        self.described.update((found.get("aria-describedby") or "").split())
        if tag == "label":
            self.targets.add(found.get("for") or "")
        if tag in {"input", "select", "textarea"} and found.get("type") not in {"hidden", "submit"}:
            self.controls.append(found)


def render(form: forms.Form) -> str:
    return "".join(render_to_string("components/_field.html", {"field": field}) for field in form)


@pytest.mark.parametrize("form", [Everything(), Everything({}, {})], ids=["empty", "with errors"])
def test_what_is_referred_to_is_on_the_page(form: forms.Form) -> None:
    page = Page(render(form))
    assert page.targets | page.described <= page.ids
    unlabelled = [control for control in page.controls if control["id"] not in page.targets]
    assert [control["aria-label"] for control in unlabelled] == ["Hvornår?: dato", "Hvornår?: klokkeslæt"]


def test_an_error_stands_beside_its_field_and_in_the_summary_with_a_link() -> None:
    form = Everything({}, {})
    page, summary = Page(render(form)), render_to_string("components/_errors.html", {"form": form})
    links = re.findall(r'href="#([^"]+)"', summary)
    assert len(links) == len(form.errors) == len(form.fields)
    assert set(links) <= page.ids
    assert {"id_name_error", "id_where_error", "id_when_error"} <= page.described


def test_every_control_wears_the_design_system() -> None:
    classes = {control["name"]: control["class"] for control in Page(render(Everything())).controls}
    assert classes["name"] == classes["story"] == classes["day"] == "form-input"
    assert classes["unit"] == "form-select"
    assert (classes["where"], classes["kinds"], classes["sure"]) == ("form-radio", "form-checkbox", "form-checkbox")


def test_what_is_chosen_or_written_stays() -> None:
    html = render(Everything({"where": "b", "kinds": ["x"], "name": "<b>Ida</b>"}))
    assert re.search(r'value="b" checked', html)
    assert re.search(r'value="x" checked', html)
    assert "&lt;b&gt;Ida&lt;/b&gt;" in html


def test_a_long_text_says_how_much_it_may_hold() -> None:
    assert "Højst 200 tegn." in render(Everything())
    assert render(Everything()).count("data-characters") == 1
