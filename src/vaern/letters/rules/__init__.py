"""What may be done with a letter, and what follows. Pure."""

from vaern.letters.rules.blocks import blocks
from vaern.letters.rules.checks import (
    AUTHOR,
    BY_WORKER,
    COLLEAGUES,
    SHORT_MAX,
    TEXT_MAX,
    Standing,
    check_approve,
    check_begin,
    check_confirm,
    check_day,
    check_reopen,
    check_send,
    check_written,
    number_of,
    refuse,
    why,
)
from vaern.letters.rules.templates import begins_with, duty_of, letters_for, offered, template_of

__all__ = [
    "AUTHOR",
    "BY_WORKER",
    "COLLEAGUES",
    "SHORT_MAX",
    "TEXT_MAX",
    "Standing",
    "begins_with",
    "blocks",
    "check_approve",
    "check_begin",
    "check_confirm",
    "check_day",
    "check_reopen",
    "check_send",
    "check_written",
    "duty_of",
    "letters_for",
    "number_of",
    "offered",
    "refuse",
    "template_of",
    "why",
]
