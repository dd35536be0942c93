"""The installation's settings: one closed table of (name, default, help), read from the environment.

`X` or `X_FILE` (the value stands in that file, for secrets); a value that cannot be read stops the start with a
sentence. A test compares this table with `docs/operate/settings.md`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path


class SettingProblem(Exception):
    """A setting is missing or wrong: the start is stopped with this sentence."""


@dataclass(frozen=True, slots=True)
class Setting:
    name: str
    default: str
    help: str


SETTINGS: tuple[Setting, ...] = (
    Setting("VAERN_DATA", "var", "Folder for everything Værn writes: database, evidence, secret key."),
    Setting("VAERN_KEYS", "", "Folder with the keys of the evidence. Default: keys in VAERN_DATA. Read keys.md first."),
    Setting(
        "VAERN_EVIDENCE_S3_URL", "", "https://… of an S3 service that keeps the evidence. Default: files in VAERN_DATA."
    ),
    Setting(
        "VAERN_EVIDENCE_YEARS",
        "5",
        "Years evidence is kept after its case was closed, where an employer has not chosen its own number.",
    ),
    Setting("VAERN_EVIDENCE_S3_BUCKET", "", "The bucket there. Needed when the URL is given."),
    Setting("VAERN_EVIDENCE_S3_REGION", "", "Its region, if the service asks for one."),
    Setting("VAERN_EVIDENCE_S3_KEY", "", "The access key there."),
    Setting("VAERN_EVIDENCE_S3_SECRET", "", "The secret that belongs to it; better as VAERN_EVIDENCE_S3_SECRET_FILE."),
    Setting("VAERN_SECRET_KEY", "", "Signs sessions. Default: the file secret.key in VAERN_DATA, made at set-up."),
    Setting("VAERN_DATABASE_URL", "", "postgres://… ; default: SQLite in VAERN_DATA."),
    Setting("VAERN_HOSTS", "127.0.0.1,localhost", "Host names the site answers to, separated by commas."),
    Setting("VAERN_HTTPS", "auto", "on, off or auto (on unless every host is this machine itself)."),
    Setting("VAERN_PROXIES", "0", "How many proxies of your own stand in front (for the client's address)."),
    Setting("VAERN_BIND", "127.0.0.1:8000", "Address and port `./run serve` listens on."),
    Setting("VAERN_WORKERS", "2", "Server processes."),
    Setting("VAERN_THREADS", "4", "Blocking threads in each server process."),
    Setting("VAERN_JOB_WORKERS", "1", "Processes for later work beside the server; 0: none, run `./run vaern work`."),
    Setting("VAERN_GUIDELINES", "guidelines", "Folder with the packs an administrator may adopt."),
    Setting("VAERN_REQUIRE_TOTP", "on", "on or off: people who see others' cases must have a second factor."),
    Setting("VAERN_SESSION_MINUTES", "60", "Minutes without a click before a session ends."),
    Setting("VAERN_FILE_MAX_MB", "100", "Largest single file of evidence, in MiB."),
    Setting("VAERN_REPORT_MAX_MB", "300", "All files of one request together, in MiB."),
    Setting("VAERN_REPORT_MAX_FILES", "40", "Most files on one report."),
    Setting("VAERN_PIXELS_MAX", "120000000", "Most pixels a picture may have to be shown."),
    Setting(
        "VAERN_TSA", "", "Time-stamp authorities (RFC 3161): name, address, root certificate file, perhaps a policy."
    ),
    Setting("VAERN_TSA_PATIENCE_HOURS", "4", "Hours an item may wait for its stamp before its page says why."),
    Setting("VAERN_URL", "", "Address people reach Værn at, for links in mails, e.g. https://vaern.example."),
    Setting("VAERN_MAIL_HOST", "", "Mail server notices go out by; none: they are shown in Værn only."),
    Setting("VAERN_MAIL_PORT", "587", "Its port."),
    Setting("VAERN_MAIL_TLS", "starttls", "starttls, tls, or off (only when the server is this machine itself)."),
    Setting("VAERN_MAIL_USER", "", "Name Værn logs in to the mail server with; none: it does not log in."),
    Setting("VAERN_MAIL_PASSWORD", "", "The password that goes with it."),
    Setting("VAERN_MAIL_FROM", "", "Sender of every mail, e.g. vaern@kommunen.example; needed with a mail server."),
    Setting("VAERN_CAPTURE", "off", "on or off: a public page may be fetched on request, which contacts its host."),
    Setting("VAERN_CAPTURE_CLOSED", "", "Public networks of your own that a capture must not reach, by commas."),
    Setting("VAERN_CLAMAV", "", "ClamAV's daemon: the path of its socket, or host:port. Default: nothing is scanned."),
    Setting("VAERN_MAIL_IN_HOST", "", "IMAP server that employees' mail comes in on; empty: none does."),
    Setting("VAERN_MAIL_IN_PORT", "993", "Its port."),
    Setting("VAERN_MAIL_IN_TLS", "implicit", "implicit (from the first byte) or starttls. Never without."),
    Setting(
        "VAERN_MAIL_IN_CA",
        "",
        "File with the certificates that server is checked against; default: those of the system.",
    ),
    Setting("VAERN_MAIL_IN_USER", "", "Who logs in there."),
    Setting("VAERN_MAIL_IN_PASSWORD", "", "With which password; better VAERN_MAIL_IN_PASSWORD_FILE."),
    Setting("VAERN_MAIL_IN_FOLDER", "INBOX", "The folder mail comes into."),
    Setting("VAERN_MAIL_IN_DONE", "Vaern-modtaget", "The folder a mail is moved to once it is safe in Værn."),
    Setting("VAERN_MAIL_IN_LEFT", "Vaern-ikke-modtaget", "The folder for mail that was not taken in."),
    Setting("VAERN_MAIL_IN_ADDRESS", "", "The address employees are told to forward to."),
    Setting(
        "VAERN_MAIL_IN_AUTHSERV",
        "",
        "Name (authserv-id) under which your own server says that DMARC passed; empty: no sender is believed.",
    ),
    Setting("VAERN_LETTER_MAIL", "off", "on or off: approved letters may go out as mails, too; needs a mail server."),
    Setting("VAERN_HANDOVER_FILE", "", "File (TOML) with where each channel's sheets are sent. Read handover.md."),
    Setting("VAERN_DIGITAL_POST", "off", "on or off: set-up installs what writes letters for Digital Post, too."),
    Setting("VAERN_DEMO", "off", "on or off: the page says that everything is invented. Never on with real people."),
    Setting("VAERN_LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING or ERROR."),
)
_DEFAULTS = {setting.name: setting.default for setting in SETTINGS}


def read(name: str, environ: Mapping[str, str] = os.environ) -> str:
    """The value of a setting in the table; KeyError for one that is not (a programming error)."""
    default = _DEFAULTS[name]
    path = environ.get(f"{name}_FILE")
    if path is None:
        return environ.get(name, default).strip()
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingProblem(f"{name}_FILE: {path} cannot be read ({error.strerror}).") from error


def read_int(name: str, environ: Mapping[str, str] = os.environ, *, least: int = 0) -> int:
    text = read(name, environ)
    if not text.isdecimal() or int(text) < least:
        raise SettingProblem(f"{name}: “{text}” is not a whole number of at least {least}.")
    return int(text)


def read_switch(name: str, environ: Mapping[str, str] = os.environ) -> bool:
    text = read(name, environ).lower()
    if text not in {"on", "off"}:
        raise SettingProblem(f"{name}: “{text}” is neither on nor off.")
    return text == "on"


def read_networks(name: str, environ: Mapping[str, str] = os.environ) -> tuple[IPv4Network | IPv6Network, ...]:
    try:
        return tuple(ip_network(one.strip()) for one in read(name, environ).split(",") if one.strip())
    except ValueError as error:
        raise SettingProblem(f"{name}: {error}; write networks as 192.0.2.0/24.") from error


def unknown(environ: Mapping[str, str] = os.environ) -> list[str]:
    """Names that look like ours but are in no table: a mistyped setting must not pass in silence."""
    known = {*_DEFAULTS, *(f"{name}_FILE" for name in _DEFAULTS)}
    return sorted(name for name in environ if name.startswith("VAERN_") and name not in known)


def evidence_s3(environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Where evidence is kept when not in files; empty when it is. Half a description is refused."""
    names = ("url", "bucket", "region", "key", "secret")
    given = {name: read(f"VAERN_EVIDENCE_S3_{name.upper()}", environ) for name in names}
    if not any(given.values()):
        return {}
    missing = [f"VAERN_EVIDENCE_S3_{name.upper()}" for name in names if name != "region" and not given[name]]
    if missing:
        raise SettingProblem(f"The S3 store of the evidence is half described: {', '.join(missing)} is missing.")
    return given
