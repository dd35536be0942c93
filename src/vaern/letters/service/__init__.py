"""The only writer of letters: begun, written, approved, sent, confirmed; the files are made by a job."""

from vaern.letters.leaks import marks
from vaern.letters.service.approving import approve_letter, findings_of, leaks_of, reopen_letter
from vaern.letters.service.enclosing import enclosable, enclosed
from vaern.letters.service.making import make_letter, make_letters
from vaern.letters.service.sending import (
    approved_files,
    confirm_letter,
    download_letter,
    mail_letter,
    mail_letters,
    send_letter,
    ways_of,
)
from vaern.letters.service.writing import draft_letter, first_words, write_letter

__all__ = [
    "approve_letter", "approved_files", "confirm_letter", "download_letter", "draft_letter", "enclosable",
    "enclosed", "findings_of",
    "first_words", "leaks_of",
    "mail_letter", "mail_letters", "make_letter", "make_letters", "marks", "reopen_letter", "send_letter", "ways_of",
    "write_letter",
]  # fmt: skip
