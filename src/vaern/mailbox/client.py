"""The mailbox itself, over IMAP and never without TLS. Nothing is deleted: what was dealt with is moved to a folder."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from imaplib import IMAP4

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls
from imap_tools.errors import ImapToolsError

from vaern.mailbox.facts import Account

SECONDS = 30
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


class Down(Exception):
    """The mailbox does not answer as it should. `why`: unreachable, certificate, login, folder or answer."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Mailbox:
    """An open mailbox. Mails are named by their UID; those that wait lie in the folder mail comes into."""

    def __init__(self, box: BaseMailBox, account: Account) -> None:
        self._box, self._account = box, account

    def waiting(self) -> list[str]:
        """UIDs, the oldest first. Which of them a person has read or marked makes no difference."""
        return list(self._box.uids())

    def place(self, uid: str) -> str:
        """A name for a mail that was not read: folder, the folder's generation, UID."""
        status = self._box.folder.status(self._account.folder, ["UIDVALIDITY"])
        return f"{self._account.folder}:{status['UIDVALIDITY']}:{uid}"

    def head(self, uid: str) -> tuple[int, bytes]:
        """Size in bytes, and the header lines."""
        about, lines = self._fetch(uid, "(RFC822.SIZE BODY.PEEK[HEADER])")
        size = _SIZE.search(about)
        if size is None:
            raise Down("answer")
        return int(size[1]), lines

    def whole(self, uid: str) -> bytes:
        """The mail as the server has it, byte for byte."""
        return self._fetch(uid, "(BODY.PEEK[])")[1]

    def move(self, uid: str, folder: str) -> None:
        if not self._box.folder.exists(folder):
            self._box.folder.create(folder)
        self._box.move(uid, folder)

    def _fetch(self, uid: str, what: str) -> tuple[bytes, bytes]:
        status, answer = self._box.client.uid("FETCH", uid, what)
        pieces = [piece for piece in answer if isinstance(piece, tuple)]
        if status != "OK" or not pieces:
            raise Down("answer")
        around = b" ".join(piece for piece in answer if isinstance(piece, bytes))
        return bytes(pieces[0][0]) + b" " + around, bytes(pieces[0][1])


@contextmanager
def opened(account: Account) -> Iterator[Mailbox]:
    box = _connected(account)
    try:
        box.login(account.user, account.password, initial_folder=None)
    except (ImapToolsError, IMAP4.error, OSError) as error:
        raise Down("login") from error
    try:
        try:
            box.folder.set(account.folder)
        except (ImapToolsError, IMAP4.error) as error:
            raise Down("folder") from error
        yield Mailbox(box, account)
    except (ImapToolsError, IMAP4.error, OSError) as error:
        raise Down("answer") from error
    finally:
        _leave(box)


def _connected(account: Account) -> BaseMailBox:
    context = ssl.create_default_context(cafile=account.ca or None)
    kind = MailBoxStartTls if account.starttls else MailBox
    try:
        return kind(account.host, account.port, timeout=SECONDS, ssl_context=context)
    except ssl.SSLError as error:
        raise Down("certificate") from error
    except (ImapToolsError, IMAP4.error, OSError) as error:
        raise Down("unreachable") from error


def _leave(box: BaseMailBox) -> None:
    try:
        box.logout()
    except (ImapToolsError, IMAP4.error, OSError):
        return  # the line is down already; what was done is done
