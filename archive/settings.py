"""Settings: one file, from the environment only. `.env.example` lists every variable."""

import sys
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

from archive.files import appearing
from archive.taste import HOUSES, BadTaste, read_logo, read_taste

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.FileAwareEnv()
env.read_env(BASE_DIR / ".env")

DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = env.bool("DEBUG", default=False)
HTTPS = env.bool("HTTPS", default=False)
PUBLIC = env.bool("PUBLIC", default=True)
PORT = env.int("PORT", default=8000)
KEEP_PAGES = env.int("KEEP_PAGES", default=60)
LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=LOCAL_HOSTS)
PROXIES = env.int("PROXIES", default=1 if HTTPS else 0)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# The origin on which saved pages are shown: never the reading room's own.
REPLAY_URL = env.str("REPLAY_URL", default=f"http://localhost:{PORT + 1}")
ALLOWED_HOSTS = [*ALLOWED_HOSTS, urlsplit(REPLAY_URL).hostname or ""]


RELIED_ON = HTTPS or not (DEBUG or set(ALLOWED_HOSTS) <= set(LOCAL_HOSTS))
"""Others than the one who started it use this server."""
if DEBUG and HTTPS:
    raise ImproperlyConfigured("DEBUG=on shows visitors what is inside: leave it off where HTTPS=on.")


def secret_key() -> str:
    """The environment's key; on a machine of one's own, a random one kept in DATA_DIR."""
    if key := str(env.str("SECRET_KEY", default="")):
        if RELIED_ON and (len(key) < 50 or len(set(key)) < 10 or key.startswith("django-insecure-")):
            raise ImproperlyConfigured(
                "SECRET_KEY is too easy to guess: give it 50 random letters, as `openssl rand -base64 48` prints them."
            )
        return key
    if HTTPS:
        raise ImproperlyConfigured(
            "Set SECRET_KEY (or SECRET_KEY_FILE): HTTPS=on means that others rely on this server."
        )
    kept = DATA_DIR / "secret_key"
    if not kept.exists():
        with appearing(kept) as stream:
            stream.write(get_random_secret_key().encode())
    return kept.read_text()


SECRET_KEY = secret_key()

LANGUAGE_CODE = env.str("INTERFACE_LANGUAGE", default="") or "ar"
if LANGUAGE_CODE not in HOUSES:
    raise ImproperlyConfigured(f"INTERFACE_LANGUAGE={LANGUAGE_CODE} is not known: one of {', '.join(HOUSES)}.")

# What the archive is called and how it writes; the desk's own choice (HouseStyle) wins over it.
try:
    TASTE = read_taste(
        name=env.str("ARCHIVE_NAME", default="") or HOUSES[LANGUAGE_CODE].name,
        motto=env.str("ARCHIVE_MOTTO", default=HOUSES[LANGUAGE_CODE].motto),
        months=env.str("MONTH_NAMES", default="") or HOUSES[LANGUAGE_CODE].months,
        digits=env.str("DIGITS", default="") or HOUSES[LANGUAGE_CODE].digits,
        accent=env.str("ACCENT", default=""),
        accent_dark=env.str("ACCENT_DARK", default=""),
    )
    LOGO = read_logo(path) if (path := env.str("ARCHIVE_LOGO", default="")) else None
except BadTaste as error:
    raise ImproperlyConfigured(str(error)) from error
if LOGO:
    TASTE = replace(TASTE, logo=LOGO.digest)

INSTALLED_APPS = [
    "archive.apps.ArchiveConfig",
    "archive.apps.DeskConfig",  # django.contrib.admin, with a door of our own
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

# No LocaleMiddleware: the language is the archive's choice, and no browser turns its pages round.
MIDDLEWARE = [
    "archive.web.journal.JournalMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "archive.replay.origin.ReplayOrigin",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pads every answer at random: its length tells nothing of a token
    "django.middleware.http.ConditionalGetMiddleware",
    "csp.middleware.CSPMiddleware",
    "archive.web.taste.TasteMiddleware",
    "archive.web.kept.KeptPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "archive.web.access.ReadersMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "archive.urls"
WSGI_APPLICATION = "archive.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "archive.web.outside.audience",
            ],
        },
    },
]

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'archive.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        # FULL: what was said to be saved outlives a power cut, and files are removed after the rows that name them
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000",
    }
else:
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {
        "min_size": 1,
        "max_size": env.int("DATABASE_POOL", default=8),
    }

# Where the stories are indexed: file:///path for the embedded engine.
SEARCH_URL = env.str("SEARCH_URL", default=f"file://{DATA_DIR / 'index'}")

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "payloads": {
        "BACKEND": "archive.payloads.AtomicFileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "payloads"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(DATA_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]

LANGUAGES = [("ar", "العربية"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "archive" / "locale"]
FORMAT_MODULE_PATH = ["archive.arabic.formats", "archive.locale"]
TIME_ZONE = env.str("TIME_ZONE", default="UTC")
USE_TZ = True

LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "front"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "archive.accounts.LongEnough"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no cookie of their own
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": ["'none'"],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": ["'none'"],
    }
}
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
if HTTPS:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # watchmen ask on the machine itself
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    # __Host-: a browser takes such a cookie from this very host alone, not from a sister of its domain
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"

LOG_FORMAT = "json" if env.str("LOG_FORMAT", default="text") == "json" else "text"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"text": {}, "json": {"()": "archive.web.journal.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "stream": sys.stderr, "formatter": LOG_FORMAT}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="WARNING")},
    "loggers": {"archive.requests": {"level": "INFO" if LOG_FORMAT == "json" else "WARNING"}},
}
