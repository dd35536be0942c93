"""The only writer of time stamps."""

from vaern.stamps.service.stamping import stamp
from vaern.stamps.service.verifying import verify

__all__ = ["stamp", "verify"]
