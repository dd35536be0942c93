"""What a file is, judged by its content: a first opinion from libmagic, then really opened as that.

The name is used for one thing only: a file that calls itself a picture and is something else gets a clearer refusal.
"""

from __future__ import annotations

import magic

from vaern.core.refusal import Refusal
from vaern.evidence import documents, pictures, texts
from vaern.evidence.facts import Judged, Limits, Upload
from vaern.evidence.rules import KINDS, check_size, claims, clean_name, refuse

_HEAD = 64 * 1024
_PICTURES = {
    "image/png": "png",
    "image/jpeg": "jpeg",
    "image/heic": "heic",
    "image/heif": "heic",
    "image/heic-sequence": "heic",
    "image/heif-sequence": "heic",
    "image/webp": "webp",
    "image/gif": "gif",
}
_REFUSED = {
    "image/svg+xml": "svg",
    "application/gzip": "archive",
    "application/x-7z-compressed": "archive",
    "application/x-bzip2": "archive",
    "application/x-rar": "archive",
    "application/x-tar": "archive",
    "application/x-xz": "archive",
    "application/zstd": "archive",
    "application/x-dosexec": "program",
    "application/vnd.microsoft.portable-executable": "program",
    "application/x-executable": "program",
    "application/x-pie-executable": "program",
    "application/x-sharedlib": "program",
    "application/x-mach-binary": "program",
    "application/x-java-applet": "program",
    "application/x-ms-shortcut": "program",
    "application/vnd.debian.binary-package": "program",
    "application/x-shellscript": "program",
    "text/x-shellscript": "program",
    "text/x-msdos-batch": "program",
    "text/javascript": "program",
    "application/javascript": "program",
    "text/vbscript": "program",
}


def judge(file: Upload, limits: Limits) -> Judged | Refusal:
    """What the file is, or why it is not taken in. Reads all of it if need be, never all of it into memory."""
    name = clean_name(file.name or "")
    size = file.size or 0
    if refused := check_size(name, size, limits):
        return refused
    file.seek(0)
    head = file.read(_HEAD)
    found = _judge_as(magic.from_buffer(head, mime=True), file, head, name, size, limits)
    if isinstance(found, Refusal) and found.code in {"program", "unknown_kind", "archive"} and claims(name):
        return refuse("disguised", name)
    return found


def _judge_as(mime: str, file: Upload, head: bytes, name: str, size: int, limits: Limits) -> Judged | Refusal:
    if head[:2] == b"MZ" or head[:4] == b"\x7fELF":
        return refuse("program", name)
    if mime in _REFUSED:
        return refuse(_REFUSED[mime], name)
    if mime in _PICTURES:
        return pictures.judge(file, KINDS[_PICTURES[mime]], name, limits)  # type: ignore[arg-type]
    if head[:5] == b"%PDF-" or mime == "application/pdf":
        code = documents.check_pdf(file, size) or "pdf"
    elif head[:4] == b"PK\x03\x04":
        code = documents.check_docx(file, size) or "docx"
    elif head[:8] == documents.OLE:
        code = documents.check_msg(file, size) or "msg"
    elif documents.looks_like_boxes(head):
        code = documents.check_boxes(file, size)
    else:
        code = texts.sniff(file, head)
    return Judged(KINDS[code]) if code in KINDS else refuse(code, name)
