"""The only writer of cases. Every act: facts in, the rule asked, rows written and one journal entry, all or nothing."""

from vaern.cases.service.affected import name_affected, unname_affected
from vaern.cases.service.change import see_case
from vaern.cases.service.closing import close_case, reopen_case
from vaern.cases.service.conversations import note_conversation, say_needs
from vaern.cases.service.duties import fulfil_duty
from vaern.cases.service.evidence import hold_case, hold_draft, hold_for_copy, hold_for_erasing
from vaern.cases.service.guideline import adopt_guideline
from vaern.cases.service.handing_over import hand_over, hand_over_parts
from vaern.cases.service.parts import bring_in, shut_out, step_in, take_out
from vaern.cases.service.renewing import renew_cases
from vaern.cases.service.report import discard_report, send_report, start_report, write_report
from vaern.cases.service.talk import add_account, give_consent, note_facts, write_message, write_note

__all__ = [
    "add_account",
    "adopt_guideline",
    "bring_in",
    "close_case",
    "discard_report",
    "fulfil_duty",
    "give_consent",
    "hand_over",
    "hand_over_parts",
    "hold_case",
    "hold_draft",
    "hold_for_copy",
    "hold_for_erasing",
    "name_affected",
    "note_conversation",
    "note_facts",
    "renew_cases",
    "reopen_case",
    "say_needs",
    "see_case",
    "send_report",
    "shut_out",
    "start_report",
    "step_in",
    "take_out",
    "unname_affected",
    "write_message",
    "write_note",
    "write_report",
]
