"""The rules of capturing a public page. Plain Python: texts and facts in, a decision or a refusal out."""

from vaern.capture.rules.addresses import check_address, is_public, split_address
from vaern.capture.rules.asking import RETRIES, STALE, check_asking
from vaern.capture.rules.judging import judge, redirects
from vaern.capture.rules.walls import is_captcha, is_login, wall_of
from vaern.capture.rules.words import REASONS, REFUSALS, REMARKS, refuse

__all__ = [
    "REASONS", "REFUSALS", "REMARKS", "RETRIES", "STALE", "check_address", "check_asking", "is_captcha", "is_login",
    "is_public", "judge", "redirects", "refuse", "split_address", "wall_of",
]  # fmt: skip
