"""The only writer of what is known of mail, and the only one who asks the mailbox."""

from vaern.mailbox.service.receiving import receive_mail

__all__ = ["receive_mail"]
