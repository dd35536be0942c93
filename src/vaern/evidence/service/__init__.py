"""The only writer of evidence, and the only way to a stored byte: nothing comes in or goes out without an entry."""

from vaern.evidence.service.intake import assign, discard_report, send_report, take_in, withdraw_from_draft
from vaern.evidence.service.opening import download, excerpt, preview
from vaern.evidence.service.upkeep import sweep

__all__ = [
    "assign", "discard_report", "download", "excerpt", "preview", "send_report", "sweep", "take_in",
    "withdraw_from_draft",
]  # fmt: skip
