"""A mail to a fixed address of the outside system, encrypted to the mail server or not at all (`config.mail`)."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from vaern.ways.facts import Order
from vaern.ways.undelivered import Undelivered


def send(order: Order) -> str:
    """Subject and words say only which system it is for; the sheet is the attachment. The same key gives the same
    Message-ID."""
    domain = settings.MAIL_FROM.rpartition("@")[2].strip("> ") or "localhost"
    mail = EmailMessage(
        f"Værn: {order.title}", "Indberetningen ligger i den vedhæftede fil.\n", settings.MAIL_FROM,
        [order.place["address"]], headers={"Message-ID": f"<{order.key}@{domain}>"}, connection=get_connection(),
    )  # fmt: skip
    mail.attach(order.name, order.body, "application/octet-stream")
    try:
        mail.send()
    except (OSError, ValueError) as fault:
        raise Undelivered(type(fault).__name__) from None
    return ""
