"""What may be done with a case, and what follows. Pure: facts, plan and `now` in; a decision or a refusal out."""

from vaern.cases.rules.access import STANDS_IN, sees_content, sees_duty, sees_notes, sees_records, stood_in_roles
from vaern.cases.rules.asking import events_missing, events_used, facts_missing, facts_used
from vaern.cases.rules.checks import (
    BRINGABLE,
    check_bring_in,
    check_consent,
    check_facts,
    check_reason,
    check_take_out,
    check_text,
)
from vaern.cases.rules.duties import (
    DANISH,
    HANDLERS,
    close,
    counts_as,
    fulfil,
    heard,
    in_danger,
    may_settle,
    next_due,
    recorded_meanwhile,
    silence,
    urgency,
    urgency_of,
)
from vaern.cases.rules.report import SETTLES, STEPS, check_report, check_step, events_of, facts_of, settled_by_report

__all__ = [
    "BRINGABLE", "DANISH", "HANDLERS", "SETTLES", "STANDS_IN", "STEPS", "check_bring_in", "check_consent",
    "check_facts", "check_reason", "check_report", "check_step", "check_take_out", "check_text", "close", "counts_as",
    "events_missing", "events_of", "events_used", "facts_missing", "facts_of", "facts_used", "fulfil", "heard",
    "in_danger", "may_settle", "next_due", "recorded_meanwhile", "sees_content", "sees_duty", "sees_notes",
    "sees_records", "settled_by_report", "silence", "stood_in_roles", "urgency", "urgency_of",
]  # fmt: skip
