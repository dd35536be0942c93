"""Which of a guideline's letters fit a case and a duty, and what each begins with."""

from __future__ import annotations

import re
from collections.abc import Mapping

from vaern.cases.facts import Agreed
from vaern.guideline.composed import Composed
from vaern.guideline.conditions import Values, holds
from vaern.guideline.pack import Duty
from vaern.guideline.pack import Letter as Template
from vaern.letters.facts import Written
from vaern.letters.rules.checks import BLANK, COLLEAGUES, SHORT_MAX

_FIELD = re.compile(r"\{\{\s*([a-z][a-z0-9_]*)\s*\}\}")


def offered(composed: Composed, values: Values) -> list[Template]:
    """The letters that fit the case: all but those whose condition is known not to hold."""
    return [
        letter
        for letter in composed.pack.letters
        if letter.when is None or holds(letter.when, values, composed.fact) is not False
    ]


def template_of(composed: Composed, template: str) -> Template | None:
    return next((one for one in composed.pack.letters if one.id == template), None)


def duty_of(composed: Composed, template: Template) -> str:
    """The duty that sending this letter settles; "" when the guideline has none for it. The one that names the letter
    before one that only wants the same done."""
    fit = [duty for duty in composed.pack.duties if does(template, duty)]
    return next((duty.id for duty in sorted(fit, key=lambda duty: duty.letter != template.id)), "")


def does(template: Template, duty: Duty) -> bool:
    """Whether sending this letter is doing this duty."""
    return duty.letter == template.id or bool(template.act and template.act == duty.act)


def letters_for(composed: Composed, duty: Duty, values: Values) -> list[Template]:
    """The letters this duty can be done with, in the guideline's order, that named by the duty first."""
    fit = [one for one in offered(composed, values) if does(one, duty) and duty_of(composed, one) == duty.id]
    return sorted(fit, key=lambda one: one.id != duty.letter)


def filled(text: str, fields: Mapping[str, str]) -> str:
    """A template's text with what the case knows written in, and a blank to fill in for the rest."""
    return _FIELD.sub(lambda found: fields.get(found[1]) or BLANK, text)


def begins_with(template: Template, fields: Mapping[str, str], agreed: Agreed | None = None) -> Written:
    """What colleagues are told begins with what was agreed, and is to those agreed on."""
    if template.to != COLLEAGUES or agreed is None:
        return Written(subject=template.title, text=filled(template.body, fields).strip())
    words = filled(template.body, {**fields, "agreed_text": agreed.words})
    return Written(subject=template.title, text=words.strip(), recipient=agreed.people[:SHORT_MAX])
