"""Whether a response is a time stamp of a digest by an authority one trusts: RFC 3161 section 2.4.2, all of it.

rfc3161-client does the cryptography (the signature, the chain at the stamp's own time, the critical key usage
"timeStamping"); what it leaves to its caller is done here: the kind of digest, the nonce, and the policy.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from cryptography import x509
from rfc3161_client import TimeStampResponse, VerifierBuilder, decode_timestamp_response

from vaern.stamps import der

SHA256 = x509.ObjectIdentifier("2.16.840.1.101.3.4.2.1")
_GRANTED = 0
"""Not "granted with modifications": we asked for nothing that could be modified."""


class Unfit(Exception):
    """The response is no stamp of what was asked; `code` is one of `rules.WHY`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def checked(response: bytes, digest: bytes, roots: str, *, nonce: int | None = None, policy: str = "") -> datetime:
    """The time the stamp says, when all of it holds. `nonce` is None for a stamp that is verified again later."""
    read = _read(response)
    told = read.tst_info
    imprint = told.message_imprint
    if imprint.hash_algorithm != SHA256 or imprint.message != digest:
        raise Unfit("other_answer")
    if nonce is not None and told.nonce != nonce:
        raise Unfit("other_answer")
    if policy and told.policy.dotted_string != policy:
        raise Unfit("other_answer")
    _verify(read, digest, roots)
    return told.gen_time


@contextmanager
def _judged(code: str) -> Iterator[None]:
    """Whatever the library cannot make sense of is unfit. Some bytes make it panic, and a panic of Rust is no
    `Exception` in Python: one odd certificate would end the worker."""
    try:
        yield
    except (Unfit, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        raise Unfit(code) from error


def _read(response: bytes) -> TimeStampResponse:
    with _judged("garbled"):
        read = decode_timestamp_response(der.in_order(response))
        if read.status != _GRANTED:
            raise Unfit("refused")
        _ = read.tst_info.message_imprint
    return read


def _verify(read: TimeStampResponse, digest: bytes, roots: str) -> None:
    with _judged("untrusted"):
        trusted = x509.load_pem_x509_certificates(roots.encode())
        VerifierBuilder(roots=trusted).build().verify(read, digest)
