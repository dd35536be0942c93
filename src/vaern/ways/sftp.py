"""A folder on an SFTP server whose host key is known beforehand. Uploaded under another name and renamed, so that the
reader never sees half a file."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

import paramiko

from vaern.ways.facts import Order
from vaern.ways.undelivered import Undelivered

SECONDS = 20.0


def send(order: Order) -> str:
    try:
        with contextlib.closing(_connected(order)) as client, contextlib.closing(client.open_sftp()) as sftp:
            channel = sftp.get_channel()
            if channel is not None:
                channel.settimeout(SECONDS)
            folder = order.place.get("folder", ".").rstrip("/")
            part = f"{folder}/.{order.name}.part"
            sftp.putfo(io.BytesIO(order.body), part, confirm=True)
            sftp.posix_rename(part, f"{folder}/{order.name}")
    except (paramiko.SSHException, OSError, EOFError) as fault:
        raise Undelivered(type(fault).__name__) from None
    return ""


def _connected(order: Order) -> paramiko.SSHClient:
    """A server with another key than the one in `host_key_file` is not spoken to: that is what the key is for."""
    client = paramiko.SSHClient()
    client.load_host_keys(order.place["host_key_file"])
    client.set_missing_host_key_policy(paramiko.RejectPolicy())
    password = order.place.get("password_file", "")
    client.connect(
        order.place["host"], port=int(order.place.get("port", "22")), username=order.place["user"],
        password=Path(password).read_text(encoding="utf-8").strip() if password else None,
        key_filename=order.place.get("key_file") or None, look_for_keys=False, allow_agent=False,
        timeout=SECONDS, banner_timeout=SECONDS, auth_timeout=SECONDS,
    )  # fmt: skip
    return client
