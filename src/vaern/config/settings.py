"""Django's settings, all of them, in one file. What an installation may change is the table in `env.py`."""

from __future__ import annotations

from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

from vaern.config import env, handover, mail, mail_in, tsa
from vaern.config.jobs import JOBS as JOBS

if env.unknown():
    raise env.SettingProblem(f"Unknown settings: {', '.join(env.unknown())}. See docs/operate/settings.md.")

ROOT = Path(__file__).resolve().parents[3]
DATA = Path(env.read("VAERN_DATA")).resolve()
DEMO = env.read_switch("VAERN_DEMO")


def _secret_key() -> str:
    given = env.read("VAERN_SECRET_KEY")
    kept = DATA / "secret.key"
    if not given and kept.is_file():
        given = kept.read_text(encoding="ascii").strip()
    if len(given) < 40:
        raise env.SettingProblem(f"No secret key of 40 characters in VAERN_SECRET_KEY or {kept}: run ./run setup.")
    return given


SECRET_KEY = _secret_key()
DEBUG = False
ALLOWED_HOSTS = [host.strip() for host in env.read("VAERN_HOSTS").split(",") if host.strip()]
_LOCAL = {"127.0.0.1", "localhost", "[::1]"}
HTTPS = set(ALLOWED_HOSTS) - _LOCAL != set() if env.read("VAERN_HTTPS") == "auto" else env.read_switch("VAERN_HTTPS")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "vaern.web",  # before the login library: our templates win
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_q",
    "vaern.journal",
    "vaern.jobs",
    "vaern.people",
    "vaern.cases",
    "vaern.evidence",
    "vaern.stamps",
    "vaern.capture",
    "vaern.mailbox",
    "vaern.bundle",
    "vaern.letters",
    "vaern.handover",
    "vaern.takedown",
    "vaern.referral",
    "vaern.notices",
    "vaern.ops",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "vaern.web.middleware.TextMiddleware",
    "vaern.web.middleware.StoredSessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "vaern.web.middleware.HeadersMiddleware",
    "vaern.web.middleware.SizeMiddleware",
    "vaern.web.middleware.SessionMiddleware",
    "vaern.web.doors.DoorMiddleware",
    "vaern.web.middleware.WordsMiddleware",
]
ROOT_URLCONF = "vaern.config.urls"
WSGI_APPLICATION = "vaern.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "vaern.web.context.frame",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# IMMEDIATE: a write takes the lock at once and waits, instead of failing half-way with "database is locked".
# FULL: a report that got a receipt survives a power cut; NORMAL may lose the last commits in WAL mode.
_SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}
_URL = env.read("VAERN_DATABASE_URL") or f"sqlite:///{DATA / 'vaern.sqlite3'}"
DATABASES = {"default": dj_database_url.parse(_URL)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = _SQLITE
else:
    DATABASES["default"]["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 8}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Rate limits are counted here, so the cache must be shared by all server processes.
# The library of the jobs writes its own state each second, which only its own process reads.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"},
    "jobs": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

# The queue of the jobs lies in our own database, so that asking for one is part of the act's transaction. A job that
# failed is not tried again by the queue: the scheduled ones find what is undone. One whose worker was killed is.
Q_CLUSTER = {
    "name": "vaern",
    "orm": "default",
    "workers": max(1, env.read_int("VAERN_JOB_WORKERS")),
    "timeout": 600,
    "retry": 43_200,  # longer than any job may take: a job under way must not be handed out a second time
    "max_attempts": 3,
    "ack_failures": True,
    "catch_up": False,
    "save_limit": -1,
    "max_rss": 600_000,
    "recycle": 200,
    "poll": 1,
    "guard_cycle": 1,
    "cache": "jobs",
    "log_level": "WARNING",
    "label": "jobs",
}

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
ACCOUNT_ADAPTER = "vaern.web.login.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
# Per account first. A whole municipality may sit behind one address, so the number for an address is high: it slows
# somebody who tries one guess on everybody, and is no protection of a single account.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/5m/key,300/5m/ip", "login": "600/5m/ip"}
ALLAUTH_TRUSTED_PROXY_COUNT = env.read_int("VAERN_PROXIES")
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Værn"
MFA_ADAPTER = "vaern.web.login.SecondFactor"
REQUIRE_TOTP = env.read_switch("VAERN_REQUIRE_TOTP")

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = env.read_int("VAERN_SESSION_MINUTES", least=1) * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "vaern_session"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "vaern.web.errors.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.read_int("VAERN_PROXIES") else None
# Not "no-referrer": browsers then send "Origin: null" with every form, and the check against forged ones refuses it.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

LANGUAGE_CODE = "da"
LANGUAGES = [("da", "Dansk"), ("en", "English")]
LOCALE_PATHS = [ROOT / "src" / "vaern" / "web" / "locale"]
FORMAT_MODULE_PATH = "vaern.web.formats"
TIME_ZONE = "Europe/Copenhagen"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [DATA / "frontend"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA / "unused"}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

EVIDENCE = DATA / "evidence"
EVIDENCE_YEARS = env.read_int("VAERN_EVIDENCE_YEARS", least=1)
EVIDENCE_S3 = env.evidence_s3()
KEYS = Path(env.read("VAERN_KEYS") or DATA / "keys").resolve()
GUIDELINES = Path(env.read("VAERN_GUIDELINES")).resolve()
FILE_MAX = env.read_int("VAERN_FILE_MAX_MB", least=1) * 1024 * 1024
REPORT_MAX = env.read_int("VAERN_REPORT_MAX_MB", least=1) * 1024 * 1024
REPORT_MAX_FILES = env.read_int("VAERN_REPORT_MAX_FILES", least=1)
PIXELS_MAX = env.read_int("VAERN_PIXELS_MAX", least=1)
TSA = tsa.authorities(env.read("VAERN_TSA"))
MAIL_IN = mail_in.account()
TSA_PATIENCE_HOURS = env.read_int("VAERN_TSA_PATIENCE_HOURS", least=1)
CAPTURE = env.read_switch("VAERN_CAPTURE")
CAPTURE_CLOSED = env.read_networks("VAERN_CAPTURE_CLOSED")
# What the browser of a capture finds empty, should it ever get as far as looking.
CAPTURE_HIDES = [DATA, KEYS]
CLAMAV = env.read("VAERN_CLAMAV")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = REPORT_MAX_FILES + 10
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_TEMP_DIR = str(DATA / "incoming")
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler", "vaern.web.spool.Spool"]

globals().update(mail.read())
MAIL_HOST, MAIL_FROM = env.read("VAERN_MAIL_HOST"), env.read("VAERN_MAIL_FROM")
LETTER_MAIL = env.read_switch("VAERN_LETTER_MAIL") and bool(MAIL_HOST)
HANDOVER = handover.read(mail=bool(MAIL_HOST))
PUBLIC_URL = env.read("VAERN_URL").rstrip("/")

# Neither addresses, bodies, query strings nor the words of an exception: see `log.py`.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"page": {"()": "vaern.config.log.PageFilter"}},
    "formatters": {
        "line": {
            "()": "vaern.config.log.FaultFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["page"]}},
    "root": {"handlers": ["console"], "level": env.read("VAERN_LOG_LEVEL")},
    "loggers": {
        "django": {"handlers": [], "level": "NOTSET", "propagate": True},
        "django-q": {"handlers": [], "level": "WARNING", "propagate": True},
        "httpx": {"handlers": [], "level": "WARNING", "propagate": True},
    },
}
# HSTS for every subdomain, and the browsers' preload list, are the domain owner's to decide, not one program's.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
