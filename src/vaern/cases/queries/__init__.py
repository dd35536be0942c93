"""Reads of a case, scoped to who asks."""

from vaern.cases.queries.lists import (
    advice,
    case_lines,
    duty_lines,
    inbox_lines,
    my_case_lines,
    own_lines_at,
    referred_lines,
)
from vaern.cases.queries.one import (
    accounts,
    case_for,
    data_of,
    draft_for,
    drafts_of,
    fulfilments,
    guideline_in_use,
    is_author,
    label,
    messages,
    notes,
    openings,
    parts,
    plan_of,
    relations,
    silence_of,
    versions,
)

__all__ = [
    "accounts", "advice", "case_for", "case_lines", "data_of", "draft_for", "drafts_of", "duty_lines", "fulfilments",
    "guideline_in_use", "inbox_lines", "is_author", "label", "messages", "my_case_lines", "notes", "openings",
    "own_lines_at", "parts", "plan_of", "referred_lines", "relations", "silence_of", "versions",
]  # fmt: skip
