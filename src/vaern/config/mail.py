"""How mail goes out. Encrypted, or not at all: a server that offers no TLS, or a certificate nobody vouches for, gets
no mail."""

from __future__ import annotations

from vaern.config import env

_HERE = {"127.0.0.1", "localhost", "::1"}


def read() -> dict[str, object]:
    """Django's settings for mail. SettingProblem when mail would go out unencrypted, unsigned or without a link."""
    host, tls = env.read("VAERN_MAIL_HOST"), env.read("VAERN_MAIL_TLS")
    if tls not in {"starttls", "tls", "off"}:
        raise env.SettingProblem(f"VAERN_MAIL_TLS: “{tls}” is not starttls, tls or off.")
    if host and tls == "off" and host not in _HERE:
        raise env.SettingProblem("VAERN_MAIL_TLS: off is only for a mail server on this machine.")
    for name in ("VAERN_MAIL_FROM", "VAERN_URL"):
        if host and not env.read(name):
            raise env.SettingProblem(f"{name} is needed with VAERN_MAIL_HOST.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": host,
        "EMAIL_PORT": env.read_int("VAERN_MAIL_PORT", least=1),
        "EMAIL_HOST_USER": env.read("VAERN_MAIL_USER"),
        "EMAIL_HOST_PASSWORD": env.read("VAERN_MAIL_PASSWORD"),
        "EMAIL_USE_TLS": tls == "starttls",
        "EMAIL_USE_SSL": tls == "tls",
        "EMAIL_TIMEOUT": 20,
        "DEFAULT_FROM_EMAIL": env.read("VAERN_MAIL_FROM"),
    }
