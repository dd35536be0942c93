"""A real IMAP server: Debian's Dovecot, in a folder of its own, as a user who may do nothing else."""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from imap_tools import MailBox

from tests.mailbox.certificate import make_certificate
from vaern.mailbox.facts import Account

PASSWORD = "kun-til-tests"
_CONFIG = """
base_dir = {d}/run
state_dir = {d}/state
log_path = {d}/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{d}/cert.pem
ssl_key = <{d}/key.pem
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:{d}/mail
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={d}/home
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {tls}
    ssl = yes
  }}
}}
"""


@contextmanager
def a_server() -> Iterator[Account]:
    """How to reach it, with TLS from the first byte. `starttls` of the same server: `by_starttls`."""
    folder, uid, gid, user, group = _place()
    tls, plain = _free_port(), _free_port()
    make_certificate(folder / "cert.pem", folder / "key.pem")
    words = {"d": folder, "user": user, "group": group, "uid": uid, "gid": gid, "password": PASSWORD}
    (folder / "conf").write_text(_CONFIG.format(**words, tls=tls, plain=plain), encoding="utf-8")
    for path in (folder, *folder.iterdir()):
        os.chown(path, uid, gid)
    command = ["/usr/sbin/dovecot", "-F", "-c", str(folder / "conf")]
    who = {"user": uid, "group": gid, "extra_groups": []} if os.geteuid() == 0 else {}
    server = subprocess.Popen(command, stdin=subprocess.DEVNULL, **who)  # type: ignore[call-overload]
    account = Account(
        host="localhost", port=tls, starttls=False, ca=str(folder / "cert.pem"), user="ind", password=PASSWORD,
        folder="INBOX", done="Modtaget", left="Ikke-modtaget", address="ind@kommunen.example", authserv="mx.example",
    )  # fmt: skip
    try:
        _wait(account, server, folder)
        (folder / "plain-port").write_text(str(plain), encoding="ascii")
        yield account
    finally:
        server.terminate()
        server.wait(20)
        shutil.rmtree(folder)


def by_starttls(account: Account) -> Account:
    port = (Path(account.ca).parent / "plain-port").read_text(encoding="ascii")
    return replace(account, starttls=True, port=int(port))


@contextmanager
def logged_in(account: Account) -> Iterator[MailBox]:
    """As the tests' own client; the certificate is the application's to check."""
    with MailBox(account.host, account.port).login(account.user, account.password) as box:
        yield box


def deliver(account: Account, *mails: bytes) -> None:
    with logged_in(account) as box:
        for mail in mails:
            box.append(mail, account.folder)


def lying_in(account: Account, folder: str) -> int:
    with logged_in(account) as box:
        return box.folder.status(folder)["MESSAGES"] if box.folder.exists(folder) else 0


def empty(account: Account) -> None:
    with logged_in(account) as box:
        for folder in (account.folder, account.done, account.left):
            if box.folder.exists(folder):
                box.folder.set(folder)
                box.delete(box.uids())


def _place() -> tuple[Path, int, int, str, str]:
    folder = Path(tempfile.mkdtemp(prefix="vaern-imap-"))
    for name in ("run", "state", "mail", "home"):
        (folder / name).mkdir()
    who = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    return folder, who.pw_uid, who.pw_gid, who.pw_name, grp.getgrgid(who.pw_gid).gr_name


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait(account: Account, server: subprocess.Popen[bytes], folder: Path) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", account.port), 1).close()
            return
        except OSError:
            if server.poll() is not None:
                break
            time.sleep(0.1)
    log = folder / "log"
    raise RuntimeError(log.read_text(encoding="utf-8") if log.exists() else "Dovecot did not start")
