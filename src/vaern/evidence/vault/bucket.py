"""The other home: a bucket of any S3-compatible service. Loaded only where the settings name one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from vaern.evidence.facts import Orphan
from vaern.evidence.vault.errors import Damaged, Unreachable

_CHUNK = 256 * 1024
_PART = 16 * 1024 * 1024
# The library breaks an upload in parts off by itself when one of them fails, so that no half one is kept and paid for.
_TRANSFER = TransferConfig(multipart_threshold=_PART, multipart_chunksize=_PART, max_concurrency=2)
_GONE = {"404", "NoSuchKey", "NotFound"}
# Few and short: somebody is waiting for the page. What could not be stored is said, and nothing typed is lost.
_PATIENCE = Config(
    connect_timeout=5, read_timeout=30, retries={"mode": "standard", "total_max_attempts": 3}, max_pool_connections=20
)


class Bucket:
    def __init__(self, client: Any, name: str) -> None:
        self.client, self.name = client, name

    def keep(self, temporary: Path, place: str) -> None:
        """Uploads, then reads it all back: "stored" is believed only of bytes the service shows with the right digest.

        Reading costs the way twice. A checksum the service counts itself would be cheaper, but not every service counts
        one, and one that ignores the header answers just the same. What is not right is taken away again.
        """
        sent = False
        try:
            with _answered():
                self.client.upload_file(str(temporary), self.name, place, Config=_TRANSFER)
            sent = True
            self._insist(place)
        except (Unreachable, Damaged) as error:
            if sent:
                with suppress(Unreachable):
                    self.remove(place, older_than=None)
            raise Unreachable(str(error)) from error

    def _insist(self, place: str) -> None:
        seen = sha256()
        for chunk in self.read(place):
            seen.update(chunk)
        if seen.hexdigest() != place.rpartition("/")[2]:
            raise Unreachable("what arrived at the store is not what was sent")

    def read(self, place: str) -> Iterator[bytes]:
        with _answered(place):
            body = self.client.get_object(Bucket=self.name, Key=place)["Body"]
            yield from body.iter_chunks(_CHUNK)

    def exists(self, place: str) -> bool:
        try:
            with _answered(place):
                self.client.head_object(Bucket=self.name, Key=place)
        except Damaged:
            return False
        return True

    def listing(self) -> Iterator[Orphan]:
        with _answered():
            for page in self.client.get_paginator("list_objects_v2").paginate(Bucket=self.name):
                for one in page.get("Contents", ()):
                    yield Orphan(one["Key"], one["Size"], one["LastModified"])

    def remove(self, place: str, *, older_than: datetime | None) -> bool:
        try:
            with _answered(place):
                about = self.client.head_object(Bucket=self.name, Key=place)
                if older_than and about["LastModified"] >= older_than:
                    return False
                self.client.delete_object(Bucket=self.name, Key=place)
        except Damaged:
            return False
        return True


def bucket(given: Mapping[str, str]) -> Bucket:
    return Bucket(_client(given["url"], given["region"], given["key"], given["secret"]), given["bucket"])


@cache
def _client(url: str, region: str, key: str, secret: str) -> Any:
    """One for the process: it is made for many threads, and making one costs a tenth of a second."""
    return boto3.session.Session().client(
        "s3",
        endpoint_url=url or None,
        region_name=region or None,
        aws_access_key_id=key,
        aws_secret_access_key=secret,
        config=_PATIENCE,
    )


@contextmanager
def _answered(place: str = "") -> Iterator[None]:
    """The library's faults as ours: "not there" is a finding, anything else says nothing about the bytes."""
    try:
        yield
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", ""))
        if place and code in _GONE:
            raise Damaged(place) from error
        raise Unreachable(f"the store answers {code}") from error
    except (BotoCoreError, OSError, boto3.exceptions.Boto3Error) as error:
        raise Unreachable(f"the store does not answer ({type(error).__name__})") from error
