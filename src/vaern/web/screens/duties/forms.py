"""The form of a duty: which fields its kind and proof ask for, and what was typed as a `Submission`."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _

from vaern.cases.facts import Submission
from vaern.cases.rules import binds
from vaern.guideline.composed import Composed
from vaern.guideline.facts import Row
from vaern.guideline.pack import Duty, FulfilKind
from vaern.web.guideline_texts import Said, mark, say
from vaern.web.screens.duties.words import HELP, LABELS, choice_label, ending_label

WAYS_OUT = ("declined", "not_relevant")
_LONGEST = MaxLengthValidator(20_000)

# What is asked for beside the proof, because the kind of act makes it natural. The proof alone is demanded.
_OF_KIND: dict[FulfilKind, tuple[str, ...]] = {
    FulfilKind.NOTE: ("text",),
    FulfilKind.AGREEMENT: ("offered", "agreed"),
    FulfilKind.CONVERSATION: ("text",),
    FulfilKind.INFORMATION: ("recipient", "text"),
    FulfilKind.DECISION: ("reasons",),
    FulfilKind.REGISTRATION: ("reference",),
    FulfilKind.EVIDENCE: ("text",),
    FulfilKind.LETTER: ("recipient", "text", "reference"),
    FulfilKind.CONTACT: ("recipient", "text"),
    FulfilKind.CONFIRM: ("text",),
    FulfilKind.ACCOUNT: ("text",),
}
_ORDER = ("choice", "ending", "recipient", "offered", "agreed", "text", "reasons", "reference")
_SHORT = ("recipient", "reference")


class _Asked:
    """What is missing is said by the rule, which knows the outcome chosen; the mark "required" is for the reader."""

    def validate(self, value: Any) -> None:
        """Nothing: see above."""


class AskedText(_Asked, forms.CharField):
    pass


class AskedChoice(_Asked, forms.ChoiceField):
    pass


class AskedChoices(_Asked, forms.MultipleChoiceField):
    pass


class DutyForm(forms.Form):
    use_required_attribute = False

    on_date = forms.DateField(required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    at_time = forms.CharField(required=False, max_length=5, widget=forms.TextInput({"type": "time"}))
    why_not = AskedText(validators=[_LONGEST], widget=forms.Textarea({"rows": 3}))
    times_seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, composed: Composed, row: Row, language: str, **kwargs: Any) -> None:
        self.composed, self.row, self.language = composed, row, language
        self.duty: Duty = composed.duty[row.id]
        kwargs["initial"] = {"times_seen": row.times_done, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        asked = {name: self._field(name) for name in _ORDER if name in self._names()}
        self.fields = {**asked, **self.fields}
        for name, field in self.fields.items():
            field.label = field.label or str(self._label(name))
            field.help_text = field.help_text or str(HELP.get((self.duty.kind, name), HELP.get(name, "")))

    def _names(self) -> set[str]:
        names = {*_OF_KIND[self.duty.kind], *(proof for proof in self.duty.proof if proof in _ORDER)}
        if any(outcome.needs_reason for outcome in self.duty.outcomes):
            names.add("reasons")
        if binds(self.duty, self.composed.duty):
            names.add("recipient")
        names |= {"ending"} if self.duty.outcomes else set()
        return names | {"choice"} if self.duty.alternatives else names - {"choice"}

    def _label(self, name: str) -> object:
        if name == "reference" and self.duty.register_:
            label = say(self.composed, f"register:{self.duty.register_}", "reference_label", self.language)
            return label.text or LABELS["reference"]
        return LABELS.get((self.duty.kind, name), LABELS[name])

    def _field(self, name: str) -> forms.Field:
        required = name in self.duty.proof or (name == "recipient" and binds(self.duty, self.composed.duty))
        if name == "choice":
            return self._choice()
        if name == "ending":
            return AskedChoice(choices=self._endings(), widget=forms.RadioSelect)
        if name in _SHORT:
            return AskedText(required=required, max_length=500, widget=forms.TextInput)
        attrs: dict[str, object] = {"rows": 5}
        if (self.duty.kind, name) == (FulfilKind.LETTER, "text"):
            attrs = {"rows": 16, **self._letter_language()}
        return AskedText(required=required, validators=[_LONGEST], widget=forms.Textarea(attrs))

    def _letter_language(self) -> dict[str, object]:
        """A letter begins with the guideline's own text, whatever language its page is read in."""
        said = mark(self.composed, f"letter:{self.duty.letter}", "", self.language) if self.duty.letter else Said("")
        return {"lang": said.lang} if said.lang else {}

    def _choice(self) -> forms.Field:
        of = f"duty:{self.duty.id}"
        choices = [
            (one.id, choice_label(mark(self.composed, of, one.label, self.language), one.clauses))
            for one in self.duty.alternatives
        ]
        if self.duty.choose == "one":
            return AskedChoice(choices=choices, widget=forms.RadioSelect)
        return AskedChoices(choices=choices, widget=forms.CheckboxSelectMultiple)

    def _endings(self) -> list[tuple[str, str]]:
        of = f"duty:{self.duty.id}"
        own = [
            (one.id, ending_label(mark(self.composed, of, one.label, self.language), one.needs_reason))
            for one in self.duty.outcomes
        ]
        return [("done", _("Det er gjort")), *own] if offers_done(self.composed, self.duty) else own

    @property
    def outcome(self) -> str:
        """The button pressed, else the ending chosen, else done. Empty when an ending was to be chosen and was not."""
        pressed = self.data.get("outcome", "")
        return pressed or (self.cleaned_data.get("ending", "") if "ending" in self.fields else "done")

    @property
    def way_out(self) -> bool:
        return self.data.get("outcome", "") in WAYS_OUT

    @property
    def reason_field(self) -> dict[str, str]:
        """Where this form keeps what the rules call reasons and outcome."""
        return {"reasons": "why_not" if self.way_out else "reasons", "outcome": "ending"}

    def submission(self) -> Submission:
        given = self.cleaned_data
        choice = given.get("choice") or []
        return Submission(
            outcome=self.outcome,
            on_date=given.get("on_date"),
            at_time=given.get("at_time", ""),
            reasons=given.get("why_not", "") if self.way_out else given.get("reasons", ""),
            choice=(choice,) if isinstance(choice, str) else tuple(choice),
            declined_by=self.duty.declined_by if self.outcome == "declined" else "",
            **{name: given.get(name, "") for name in ("text", "recipient", "reference", "agreed", "offered")},
        )


def offers_done(composed: Composed, duty: Duty) -> bool:
    """Whether the plain "done" stands beside the endings the guideline names: not on a decision, whose endings are
    the decision, unless another duty hangs on that very word."""
    if not duty.outcomes or duty.kind is not FulfilKind.DECISION:
        return True
    others = composed.pack.duties
    named = [after.outcomes for one in others for after in one.after if after.duty == duty.id]
    named += [source.outcomes for one in others for source in one.arises_from if source.duty == duty.id]
    named += [gate.outcomes for one in others for gate in one.gates if gate.kind == "approval" and gate.of == duty.id]
    own = {outcome.id for outcome in duty.outcomes}
    return any("done" in outcomes and not own & set(outcomes) for outcomes in named)
