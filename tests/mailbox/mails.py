"""Mails as people and programs send them. All of them are invented."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP

from tests.evidence.files import png

BELIEVED = "mx.example; spf=pass smtp.mailfrom=kommunen.example; dmarc=pass (p=reject) header.from=kommunen.example"


def a_mail(
    sender: str = "Anna Ankersen <anna@kommunen.example>",
    subject: str = "Vs: Jeg ved, hvor du bor",
    *,
    number: int = 1,
    believed: bool = False,
    attached: dict[str, bytes] | None = None,
    **headers: str,
) -> bytes:
    letter = EmailMessage(policy=SMTP)
    if believed:
        letter["Authentication-Results"] = BELIEVED
    letter["From"], letter["To"], letter["Subject"] = sender, "ind@kommunen.example", subject
    letter["Date"] = "Tue, 17 Nov 2026 09:00:00 +0100"
    letter["Message-ID"] = f"<{number}@kommunen.example>"
    for name, value in headers.items():
        letter[name.replace("_", "-")] = value
    letter.set_content("Se hvad jeg har fået. Det er grimt.\n")
    for name, data in (attached or {}).items():
        letter.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return letter.as_bytes()


def with_files(**more: object) -> bytes:
    """A screenshot, and a program that is not taken in."""
    files = {"skærm.png": png(), "løn.exe": b"MZ" + b"\x00" * 200}
    return a_mail(attached=files, **more)  # type: ignore[arg-type]
