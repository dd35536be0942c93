"""The only writer of evidence, and the only way to a stored byte: nothing comes in or goes out without an entry."""

from vaern.evidence.derive.sandbox import works as decoders_work
from vaern.evidence.masks import words_at
from vaern.evidence.service.checking import check_all, check_evidence
from vaern.evidence.service.deriving import derive_evidence, derive_item
from vaern.evidence.service.description import describe_evidence
from vaern.evidence.service.exporting import enclose, export, keep, kept
from vaern.evidence.service.intake import assign, discard_report, judge, send_report, take_in, withdraw_from_draft
from vaern.evidence.service.keys import create_key, key_problems, rotate_key
from vaern.evidence.service.masking import mask_evidence, set_mask_aside
from vaern.evidence.service.opening import download, download_infected, excerpt, preview, whole_text
from vaern.evidence.service.retention import erase_evidence, hold_evidence, lift_hold
from vaern.evidence.service.scanning import scan_evidence, scan_item
from vaern.evidence.service.searching import search_evidence
from vaern.evidence.service.upkeep import sweep, sweep_evidence
from vaern.evidence.vault import KeyProblem, Unreachable

__all__ = [
    "KeyProblem", "Unreachable", "assign", "check_all", "check_evidence", "create_key", "decoders_work",
    "derive_evidence", "derive_item", "describe_evidence", "discard_report", "download", "download_infected",
    "enclose", "erase_evidence", "excerpt", "export", "hold_evidence", "judge", "keep", "kept", "key_problems",
    "lift_hold",
    "mask_evidence", "preview", "rotate_key", "scan_evidence", "scan_item", "search_evidence", "send_report",
    "set_mask_aside", "sweep", "sweep_evidence", "take_in", "whole_text", "withdraw_from_draft", "words_at",
]  # fmt: skip
