"""Receiving files when the disk is full: what was typed beside them is read all the same."""

from __future__ import annotations

import logging
from contextlib import suppress
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

_log = logging.getLogger(__name__)


class Lost(UploadedFile):
    """A file that came and could not be written down. It has a name and no bytes."""

    def __init__(self, name: str) -> None:
        super().__init__(BytesIO(), name, size=0)


class Spool(TemporaryFileUploadHandler):
    """Writes a large file beside the database, as Django does, and does not give up with the first fault of the disk.

    A fault here would end the reading of the whole form, and with it every word of it. So the rest of the file is read
    and thrown away, and a `Lost` one takes its place, for the form to say so beside the field.
    """

    _full = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        self._full = False
        try:
            super().new_file(*args, **kwargs)
        except OSError as fault:
            self._lose(fault)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self._full:
            return
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError as fault:
            self._lose(fault)

    def file_complete(self, file_size: int) -> UploadedFile | None:
        if not self._full:
            try:
                # What was buffered is written now or not at all.
                self.file.flush()
                return super().file_complete(file_size)
            except OSError as fault:
                self._lose(fault)
        return Lost(self.file_name or "")

    def _lose(self, fault: OSError) -> None:
        """At once, so that what there is of room is there for the words."""
        self._full = True
        with suppress(OSError, AttributeError):
            self.file.close()
        _log.error("a file could not be received: %s", fault.strerror)
