"""The only writer of time stamps."""

from vaern.stamps.service.stamping import stamp
from vaern.stamps.service.verifying import Broken, verify, verify_stamps

__all__ = ["Broken", "stamp", "verify", "verify_stamps"]
