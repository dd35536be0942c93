"""A real mail server for the tests: SMTP with STARTTLS and a certificate of an authority made for the occasion."""

from __future__ import annotations

import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

from bench.server import free_port


def certificate(folder: Path) -> tuple[Path, Path]:
    """A key and a certificate for 127.0.0.1 and localhost; the certificate is its own authority."""
    key, made = folder / "mail.key", folder / "mail.pem"
    if not made.is_file():
        command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
        names = ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", str(key), "-out", str(made)]
        subprocess.run([*command, *names], check=True, capture_output=True)
    return key, made


class Inbox:
    """Keeps what it is given; `refuse` answers that the mailbox is busy instead."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refuse = False

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.refuse:
            return "451 try again later"
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        return "250 OK"


@contextmanager
def mail_server(folder: Path, *, tls: bool = True) -> Iterator[tuple[Inbox, int]]:
    """The inbox and the port of this machine it listens on."""
    inbox, port = Inbox(), free_port()
    context = None
    if tls:
        key, made = certificate(folder)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(made, key)
    controller = Controller(
        inbox, hostname="127.0.0.1", port=port, tls_context=context, require_starttls=tls, ready_timeout=30
    )
    controller.start()
    try:
        yield inbox, port
    finally:
        controller.stop()
