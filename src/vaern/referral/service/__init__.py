"""The only writer of referrals: made, revoked by whoever handles the case, read by the outsider."""

from vaern.referral.service.making import make_referral, revoke_referral
from vaern.referral.service.reading import is_open, read_referral

__all__ = ["is_open", "make_referral", "read_referral", "revoke_referral"]
