"""The pack format: an employer's guideline as typed, frozen data.

A pack is a folder of TOML files (and Markdown for longer texts). Each table below is one array or table
in those files; `docs/pack-format.md` explains them to a jurist, and `vaern guideline schema` prints the
JSON Schema made from these very classes. Nothing here reads a file or knows a case.

Two habits hold everywhere:

* *Unknown is a value.* A fact, a date or an approval that is not known is written as "unknown", shown as
  such, and never filled in by guess.
* *Conditions are tables, not expressions*, so that they can be checked by a machine and read by a jurist.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", description="snake_case, unique within its kind")]
ClauseId = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9.\-]*$", description="number of a clause in the source")]
Text = Annotated[str, Field(min_length=1)]
MaybeDate = date | Literal["unknown"]


class Part(BaseModel):
    """Base of every table: frozen, and a key it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


class Modality(StrEnum):
    """How strongly the source speaks; the word the source used stands beside it in `Duty.modality_words`."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"
    MUST_NOT = "must_not"


class Phase(StrEnum):
    BEFORE = "before"
    DISCOVER = "discover"
    HANDLE = "handle"
    FOLLOW_UP = "follow_up"


class Certainty(StrEnum):
    """V: wording seen in a statute copy or the authority's own page. V2: seen in a secondary source."""

    V = "V"
    V2 = "V2"


# --- what a case knows -----------------------------------------------------------------------------------


class FactKind(StrEnum):
    CHOICE = "choice"
    CHOICES = "choices"  # several at once; a condition holds when one of them is allowed
    SCALE = "scale"  # ordered: `values` runs from least to most severe, `at_least` may be asked
    YES_NO = "yes_no"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"


class Option(Part):
    id: Id
    label: Text
    help: str = ""


class Fact(Part):
    """A fact the pack declares itself, beside the built-in core (see `core_facts.py`)."""

    id: Id
    label: Text
    kind: FactKind
    values: tuple[Option, ...] = ()
    help: str = ""
    ask_at: Literal["report", "case"] = "case"
    clauses: tuple[ClauseId, ...] = ()


class Test(Part):
    """One fact against what is allowed. An unknown fact makes the answer unknown unless "unknown" is allowed."""

    __test__ = False  # not for the test collector

    fact: Id
    is_: tuple[str, ...] = Field(default=(), alias="is")
    at_least: str | int | None = None
    at_most: str | int | None = None


class Condition(Part):
    """All of `all` hold, at least one of `any` holds (when given), and none of `none` holds."""

    all: tuple[Test, ...] = ()
    any: tuple[Test, ...] = ()
    none: tuple[Test, ...] = ()


class Exception_(Part):
    """When `when` holds the duty falls away, with `reason`; unless `unless` holds (exception to the exception)."""

    when: Condition
    reason: Text
    unless: Condition | None = None
    unless_reason: str = ""
    clauses: tuple[ClauseId, ...] = ()


# --- who -------------------------------------------------------------------------------------------------

RoleKind = Literal[
    "affected", "reporter", "colleague", "manager", "managers_manager", "amr", "tr", "secretariat",
    "head_of_authority", "hr", "committee", "employees", "outsider",
]  # fmt: skip


class Role(Part):
    """A local name for a part in the case. `kind` ties it to Værn's own roles; several roles may share a kind."""

    id: Id
    name: Text
    kind: RoleKind
    fallback: tuple[Id, ...] = ()
    """Roles that take over, in order, when this one is absent, out of hours, or is the problem."""
    fallback_when: tuple[Literal["absent", "out_of_hours", "part_of_it"], ...] = ("absent", "part_of_it")
    qualification: str = ""
    outside: bool = False
    """True: outside the organisation (police, crisis help); can owe something but never logs in."""
    clauses: tuple[ClauseId, ...] = ()


class Owners(Part):
    """Who owes the duty: any one of, each of (`all`: one fulfilment per role), or `joint`ly (one, together)."""

    roles: Annotated[tuple[Id, ...], Field(min_length=1)]
    mode: Literal["any", "all", "joint"] = "any"
    contributes: bool = False
    """The source only says that the owner contributes to it; who does it is left open there."""


class DecisionRight(Part):
    """Only `role` decides; `others_may` says what somebody else may still do alone."""

    role: Id
    others_may: str = ""
    clauses: tuple[ClauseId, ...] = ()


class HandOver(Part):
    """Ownership moves to `to` once duty `after` has (one of) `outcomes`."""

    to: Id
    after: Id
    outcomes: tuple[Id, ...] = ("done",)


# --- when ------------------------------------------------------------------------------------------------

Anchor = Annotated[
    str,
    Field(
        pattern=r"^(event|duty|contact):[a-z][a-z0-9_]*$",
        description='"event:discovered", or "duty:inform_colleagues" (the time it was done)',
    ),
]


class Offset(Part):
    """Exactly one unit. Hours are wall-clock hours and run through weekends; months clamp to the month's end."""

    hours: int | None = None
    days: int | None = None
    workdays: int | None = None
    weeks: int | None = None
    months: int | None = None


class Moment(Part):
    anchor: Anchor
    offset: Offset = Offset(hours=0)


class Deadline(Part):
    """A moment, or the source's words, or both. `own` marks a number the organisation set itself."""

    words: str = ""
    anchor: Anchor | None = None
    """Several anchors: `anchors`; the earliest known one counts."""
    anchors: tuple[Anchor, ...] = ()
    offset: Offset | None = None
    own: bool = False
    reference: str = ""
    certainty: Certainty | None = None
    checked_on: date | None = None
    missed: str = ""
    """What is still possible after it passed."""


class Repeat(Part):
    """Owed again `every` so often `until` an event or duty, or `continuous`ly (never done, only kept alive)."""

    every: Offset | None = None
    until: Anchor | None = None
    continuous: bool = False
    at_least: int = 0
    """So many times in any case before the case may close."""


class OutsiderDeadline(Part):
    """A deadline set on somebody outside once this duty is done; passed unanswered, `then` becomes owed."""

    who: Id
    words: str = ""
    offset: Offset | None = None
    then: Id
    answered_by: Id | None = None
    """The event that stops the clock, for instance "names_removed"."""


# --- duties ----------------------------------------------------------------------------------------------


class FulfilKind(StrEnum):
    NOTE = "note"
    AGREEMENT = "agreement"
    CONVERSATION = "conversation"
    INFORMATION = "information"
    DECISION = "decision"
    REGISTRATION = "registration"
    EVIDENCE = "evidence"
    LETTER = "letter"
    CONTACT = "contact"
    CONFIRM = "confirm"
    ACCOUNT = "account"


Proof = Literal["text", "date", "recipient", "reference", "agreed", "offered", "choice", "reasons", "evidence"]


class Outcome(Part):
    """A way the duty can end besides the built-in done, declined and not_relevant."""

    id: Id
    label: Text
    needs_reason: bool = False
    counts_as: Literal["done", "declined", "not_relevant"] = "done"


class After(Part):
    """This duty waits until `duty` is settled (or has one of `outcomes`)."""

    duty: Id
    outcomes: tuple[Id, ...] = ()
    reason: str = ""


class ArisesFrom(Part):
    """This duty exists only because `duty` ended with one of `outcomes` (a negative branch, usually)."""

    duty: Id
    outcomes: tuple[Id, ...] = ("declined",)


class Gate(Part):
    """What must be in place first: the employee's wish (a consent), an approval (a duty decided), or an event."""

    kind: Literal["wish", "approval", "event"]
    of: Id
    """The consent, the approving duty, or the event."""
    outcomes: tuple[Id, ...] = ("done",)
    reason: str = ""


class Alternative(Part):
    id: Id
    label: Text
    clauses: tuple[ClauseId, ...] = ()


class Ambiguity(Part):
    """The source can be read in two ways; both are shown on the duty, none is chosen for the reader."""

    against: tuple[ClauseId, ...]
    text: Text


class Legal(Part):
    """A reference to law. Only V and V2 exist: what is not verified is not shown as law."""

    reference: Text
    text: Text
    certainty: Certainty
    checked_on: date
    source: Text


class Duty(Part):
    id: Id
    act: Id | None = None
    """Shared word for what is done (for instance police_report): layers meet on it."""
    phase: Phase
    title: Text
    text: str = ""
    clauses: tuple[ClauseId, ...] = ()
    owners: Owners
    modality: Modality
    modality_words: str = ""
    when: Condition | None = None
    exceptions: tuple[Exception_, ...] = ()
    after: tuple[After, ...] = ()
    arises_from: tuple[ArisesFrom, ...] = ()
    gates: tuple[Gate, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    choose: Literal["one", "any"] = "one"
    kind: FulfilKind
    proof: tuple[Proof, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    may_decline: bool = True
    declined_by: Literal["affected", "owner"] = "owner"
    declined_text: str = ""
    deadline: Deadline | None = None
    not_before: Moment | None = None
    not_after: Moment | None = None
    repeat: Repeat | None = None
    outsider: OutsiderDeadline | None = None
    hand_over: tuple[HandOver, ...] = ()
    decision_right: DecisionRight | None = None
    brings_in: tuple[Id, ...] = ()
    """Roles that become part of the case when this is done (need to know, per case)."""
    tells_affected: bool = False
    """Doing it is in itself news to the affected employee: it resets the silence clock."""
    register_: Id | None = Field(default=None, alias="register")
    letter: Id | None = None
    contacts: tuple[Id, ...] = ()
    events: tuple[Id, ...] = ()
    """Events of the case this duty's date is the time of, when done (for instance police_reported)."""
    ambiguities: tuple[Ambiguity, ...] = ()
    legal: tuple[Legal, ...] = ()
    stands_in_for: Id | None = None
    """In a layer: this duty is left out where the guideline itself carries a duty with that `act`."""


class Clock(Part):
    """A layer's deadline laid on whichever duty carries `act`, shown beside the guideline's own."""

    id: Id
    act: Id
    deadline: Deadline
    when: Condition | None = None


class Order(Part):
    """A layer's order: acts in `then` wait until `first` is settled."""

    id: Id
    first: Id
    then: tuple[Id, ...]
    reason: Text
    legal: tuple[Legal, ...] = ()
    source: str = ""


class Offence(Part):
    """A provision that may fit what happened, for whoever writes to the police: a suggestion, never a conclusion."""

    id: Id
    title: Text
    text: Text
    when: Condition
    prosecution: Literal["public", "on_request", "private", "unknown"] = "unknown"
    """Who brings the case: the authorities, they when the victim asks, the victim alone, or not verified."""
    report_by: tuple[Literal["phone", "writing", "in_person", "online", "court"], ...] = ()
    """Where it can be reported. What is not here is not known, or not possible."""
    legal: tuple[Legal, ...] = Field(min_length=1)


class Standing(Part):
    """A duty outside any case: prevention, training, information to citizens, evaluation twice a year."""

    id: Id
    title: Text
    text: str = ""
    clauses: tuple[ClauseId, ...] = ()
    owners: Owners
    modality: Modality
    modality_words: str = ""
    every: Offset | None = None
    times_a_year: int | None = None
    proof: tuple[Proof, ...] = ()


# --- texts, words, places --------------------------------------------------------------------------------


class Clause(Part):
    """One numbered piece of the source, in own words. Whoever carries it points here; else `none` says why not."""

    id: ClauseId
    title: Text
    none: str = ""
    rule: str = ""
    """A rule of the system itself that carries it (for instance "silence_clock", "scope")."""


class Definition(Part):
    """A definition the reporter may recognise what happened in; may nest, may differ per legal track."""

    id: Id
    name: Text
    synonyms: tuple[str, ...] = ()
    text: Text
    examples: tuple[str, ...] = ()
    part_of: Id | None = None
    track: str = ""
    clauses: tuple[ClauseId, ...] = ()


class Passage(Part):
    """A text that is no step: values, norms, advice, what is not covered. Kept in order, shown `to` somebody."""

    id: Id
    kind: Literal["values", "norm", "advice", "scope", "not_covered", "law", "heading", "prohibition"]
    title: str = ""
    text: Text
    to: tuple[Id, ...] = ()
    show: tuple[Literal["report", "receipt", "case", "my_case", "colleague", "guideline"], ...] = ("guideline",)
    clauses: tuple[ClauseId, ...] = ()
    legal: tuple[Legal, ...] = ()


class Contact(Part):
    """A place to call or write to, kept fresh: owner, last checked, and when that check expires."""

    id: Id
    name: Text
    what_for: str = ""
    phone: str = ""
    hours: str = ""
    ean: str = ""
    url: str = ""
    email: str = ""
    reachable: Literal["yes", "no", "unknown"] = "unknown"
    crisis: bool = False
    owner: str = ""
    last_checked: MaybeDate = "unknown"
    expires: MaybeDate = "unknown"
    clauses: tuple[ClauseId, ...] = ()


class Register(Part):
    id: Id
    name: Text
    takes: Text
    reference_label: str = ""
    clauses: tuple[ClauseId, ...] = ()


class Measure(Part):
    """Something put in place for a time: scope, period, review, end."""

    id: Id
    name: Text
    scope: Text
    period: Offset | None = None
    review: Offset | None = None
    ends: str = ""
    clauses: tuple[ClauseId, ...] = ()


class Consent(Part):
    """Something only the affected employee can say yes or no to, and take back."""

    id: Id
    question: Text
    help: str = ""
    clauses: tuple[ClauseId, ...] = ()


class Event(Part):
    """An event of the case this pack names beside the core ones."""

    id: Id
    label: Text


class Letter(Part):
    """Front matter of `letters/<id>.md`; the body is the text with {{ merge fields }}."""

    id: Id
    title: Text
    purpose: Text
    to: Id
    act: str = ""
    """What sending it does, in the word layers meet on: the guideline's own duty for that is then done."""
    language: str = "da"
    when: Condition | None = None
    fields: tuple[Id, ...] = ()
    second_person: bool = False
    """Somebody else than whoever wrote it must approve it."""
    example: bool = False
    clauses: tuple[ClauseId, ...] = ()
    legal: tuple[Legal, ...] = ()
    body: Text


# --- the pack --------------------------------------------------------------------------------------------


class Governance(Part):
    owner: str = "unknown"
    editor: str = "unknown"
    approver: str = "unknown"
    decided: MaybeDate = "unknown"
    published: MaybeDate = "unknown"
    updated: MaybeDate = "unknown"
    valid_from: MaybeDate = "unknown"
    valid_to: MaybeDate = "unknown"
    review: str = ""
    journal_number: str = ""
    note: str = ""


class Overlay(Part):
    """Change one word in one clause of the parent: everywhere that carries `clause`, `replace` becomes `with`."""

    clause: ClauseId
    replace: Text
    with_: str = Field(alias="with")
    reason: Text


class Translation(Part):
    """Own text in a second language for one thing (`duty:inform`, `passage:values`). The two need not be parallel:
    a text may be missing (shown in the first language, and marked so) or be `only` in this language."""

    of: Annotated[str, Field(pattern=r"^[a-z_]+:[A-Za-z0-9_.\-]+$")]
    language: str
    fields: dict[str, str]
    note: str = ""


class Head(Part):
    """The table [pack] of pack.toml."""

    id: Id
    title: Text
    organisation: Text
    version: Text
    kind: Literal["guideline", "layer", "overlay"] = "guideline"
    basis: Literal["law", "suggestion"] = "law"
    """For a layer: "law" is law and good practice; a "suggestion" is nobody's rule, and is shown so."""
    language: str = "da"
    languages: tuple[str, ...] = ("da",)
    scope: str = ""
    parent: Id | None = None
    requires_children: tuple[Text, ...] = ()
    """Local guidelines that each workplace must write below this one."""
    silence_days: int | None = None
    governance: Governance = Governance()


class Pack(Part):
    """A whole guideline. Order in the files carries no meaning except for `passages` and `clauses`."""

    pack: Head
    clauses: tuple[Clause, ...] = ()
    facts: tuple[Fact, ...] = ()
    events: tuple[Event, ...] = ()
    consents: tuple[Consent, ...] = ()
    roles: tuple[Role, ...] = ()
    duties: tuple[Duty, ...] = ()
    standing: tuple[Standing, ...] = ()
    clocks: tuple[Clock, ...] = ()
    orders: tuple[Order, ...] = ()
    offences: tuple[Offence, ...] = ()
    definitions: tuple[Definition, ...] = ()
    passages: tuple[Passage, ...] = ()
    contacts: tuple[Contact, ...] = ()
    registers: tuple[Register, ...] = ()
    measures: tuple[Measure, ...] = ()
    letters: tuple[Letter, ...] = ()
    overlays: tuple[Overlay, ...] = ()
    translations: tuple[Translation, ...] = ()
