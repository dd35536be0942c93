"""A letter as a message of Digital Post: MeMo 1.2 (the format's own documentation: digitaliser.dk, "MeMo").

Loaded only where a place for such letters is set up: what writes the XML is an optional part of an installation.
"""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime, time

from python_serviceplatformen.models.message import (
    AdditionalDocument,
    File,
    MainDocument,
    Message,
    MessageBody,
    MessageHeader,
    Recipient,
    Sender,
)
from python_serviceplatformen.models.xml_util import dataclass_to_xml_string

from vaern.core.workdays import DANISH_TIME
from vaern.letters.facts import Post


def message(post: Post) -> bytes:
    """The XML, as UTF-8. Its label is what a telephone may show on a locked screen: who it is from, and no more."""
    header = MessageHeader(
        messageType="DIGITALPOST",
        messageUUID=str(post.id),
        label=post.label,
        mandatory=False,
        legalNotification=False,
        replyByDateTime=_last_moment(post),
        sender=Sender(senderID=post.sender_cvr, idType="CVR", label=post.sender),
        recipient=Recipient(recipientID=post.number, idType="CPR" if len(post.number) == 10 else "CVR"),
    )
    file = _file("brev.pdf", "application/pdf", post.language, post.pdf)
    document = MainDocument(label=post.label, files=(file,))
    enclosed = tuple(
        AdditionalDocument(label=one.name, files=(_file(one.name, one.mime, post.language, one.data),))
        for one in post.enclosures
    )
    body = MessageBody(
        createdDateTime=post.at.astimezone(UTC), mainDocument=document, additionalDocuments=enclosed or None
    )
    written: str = dataclass_to_xml_string(Message(messageHeader=header, messageBody=body))
    return written.encode()


def _file(name: str, mime: str, language: str, data: bytes) -> File:
    return File(encodingFormat=mime, filename=name, language=language, content=b64encode(data).decode("ascii"))


def _last_moment(post: Post) -> datetime | None:
    """The end of the day an answer is asked for by, in UTC: the client writes "Z" after whatever it is given."""
    if post.answer_by is None:
        return None
    return datetime.combine(post.answer_by, time(23, 59, 59), DANISH_TIME).astimezone(UTC)
