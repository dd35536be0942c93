"""Reading a mail that anybody may have written: its first lines, and what is attached. Pure, and never trusting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesHeaderParser, BytesParser
from hashlib import sha256
from typing import cast

from vaern.mailbox.facts import Attachment, Head
from vaern.mailbox.rules import ATTACHMENTS_MAX, is_automatic, is_believed

# What readers of mail raise on broken input is not one family.
_BROKEN = (LookupError, ValueError, TypeError, AttributeError, AssertionError, RecursionError)
# As in evidence: what makes Python's reader slow or deep.
_LONG_HEADER = re.compile(rb"^content-[a-z-]+:(?:[^\r\n]|\r?\n[ \t]){2000}", re.IGNORECASE | re.MULTILINE)
_NESTS = re.compile(rb"boundary\s*=|message/rfc822", re.IGNORECASE)
_NESTS_MAX = 60
# The time that Python's reader of addresses takes grows with the square of their length: 20 kB of quotes take seconds.
_FROM_MAX, _SUBJECT_MAX = 1000, 4000
HEAD_MAX = 256 * 1024
_ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "message/rfc822": ".eml"}


def read_head(data: bytes, *, own: str, authserv: str) -> Head:
    """`data`: the header lines alone, or a whole mail."""
    head = data.replace(b"\r\n", b"\n").partition(b"\n\n")[0] + b"\n\n"
    plain = BytesHeaderParser().parsebytes(head)
    names = {name.lower(): str(value) for name, value in reversed(plain.items())}
    sender = _sender(head)
    results = [str(value) for value in plain.get_all("Authentication-Results", [])]
    return Head(
        sender=sender,
        message_id=names.get("message-id", "").strip(),
        subject=_subject(head),
        believed=bool(sender) and is_believed(results, authserv, sender),
        automatic=is_automatic(names, own),
    )


def key_of(head: Head, data: bytes) -> str:
    """The same for the same mail delivered twice, and another for any other: of Message-ID, sender and body.

    Not of the Message-ID alone, or somebody could write one in advance and so keep another's mail out.
    """
    body = data.replace(b"\r\n", b"\n").partition(b"\n\n")[2]
    whole = "\n".join([head.message_id, head.sender, sha256(body).hexdigest()])
    return sha256(whole.encode("utf-8", "replace")).hexdigest()


def attachments(data: bytes) -> tuple[list[Attachment], list[str]]:
    """What is attached, and the names of what could not be taken out of the mail."""
    if _LONG_HEADER.search(data) or len(_NESTS.findall(data)) > _NESTS_MAX:
        return [], ["?"]
    try:
        parts = list(_parts(BytesParser(policy=policy.default).parsebytes(data)))
    except _BROKEN:
        return [], ["?"]
    read = [_attachment(part, number) for number, part in enumerate(parts[:ATTACHMENTS_MAX], start=1)]
    unread = [one.name for one in read if not one.data] + [_name(part, 0) for part in parts[ATTACHMENTS_MAX:]]
    return [one for one in read if one.data], unread


def _parts(letter: EmailMessage) -> Iterator[EmailMessage]:
    """Every part with a name, every picture in the text, and whole mails that were attached - not what is in those."""
    for part in letter.iter_parts() if letter.is_multipart() else ():
        part = cast(EmailMessage, part)
        kind = part.get_content_type()
        if kind == "message/rfc822" or part.get_filename() or kind.startswith("image/"):
            yield part
        elif part.is_multipart():
            yield from _parts(part)


def _attachment(part: EmailMessage, number: int) -> Attachment:
    try:
        if part.get_content_type() == "message/rfc822":
            return Attachment(_name(part, number), cast(EmailMessage, part.get_payload(0)).as_bytes())
        return Attachment(_name(part, number), bytes(part.get_payload(decode=True) or b""))  # type: ignore[arg-type]
    except _BROKEN:
        return Attachment(_name(part, number), b"")


def _name(part: EmailMessage, number: int) -> str:
    try:
        given = (part.get_filename() or "").strip()
    except _BROKEN:
        given = ""
    # No database takes half a character, and PostgreSQL no NUL: such a mail would come back for ever.
    given = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in given)[:1000]
    return given or f"vedhæftet-{number}{_ENDINGS.get(part.get_content_type(), '')}"


def _sender(head: bytes) -> str:
    try:
        if len(_plain(head, "From")) > _FROM_MAX:
            return ""
        found = BytesHeaderParser(policy=policy.default).parsebytes(head).get_all("From") or []
        addresses = [one for header in found for one in header.addresses]
        return addresses[0].addr_spec.lower() if len(found) == len(addresses) == 1 else ""
    except _BROKEN:
        return ""


def _subject(head: bytes) -> str:
    try:
        if len(_plain(head, "Subject")) > _SUBJECT_MAX:
            return ""
        return str(BytesHeaderParser(policy=policy.default).parsebytes(head)["Subject"] or "")[:1000]
    except _BROKEN:
        return ""


def _plain(head: bytes, name: str) -> str:
    """All there is under a name, as it was written."""
    return "".join(map(str, BytesHeaderParser().parsebytes(head).get_all(name, [])))
