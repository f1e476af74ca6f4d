"""Everything an installation can set, read from the environment (documented in `.env.example`)."""

import sys
from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
# A demonstration or a test never sends an office's letters, whatever the office's `.env` says.
if env.str("DIALOGUE_MODE", default="") not in {"demo", "test"} and (BASE_DIR / ".env").exists():
    environ.Env.read_env(BASE_DIR / ".env")

# development: a programmer's machine · demo: `make demo` · test: the test suite · production: an office
MODE = env.str("DIALOGUE_MODE", default="production")
# A word nobody knows, or none at all, opens nothing.
IS_PRODUCTION = MODE not in {"development", "demo", "test"}
DEBUG = MODE == "development"

SECRET_KEY = env.str("SECRET_KEY", default="" if IS_PRODUCTION else "not-secret-outside-production")
# Secrets of citizens are stored as HMAC under this key only, so it lives outside the database.
TRACKING_PEPPER = env.str("TRACKING_PEPPER", default="" if IS_PRODUCTION else "not-secret-pepper")
# What can identify a citizen is sealed with the first of these; all of them open (core/sealed.py).
SEALING_KEYS = env.list(
    "SEALING_KEYS",
    default=[] if IS_PRODUCTION else ["dev:bm90LXNlY3JldC1vdXRzaWRlLXByb2R1Y3Rpb24tLTE="],
)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if IS_PRODUCTION else ["*"])
SITE_URL = env.str("SITE_URL", default="" if IS_PRODUCTION else "http://127.0.0.1:8000")
# What public pages call the installation, and where citizens may turn (one line, may be empty).
SITE_NAME = env.str("SITE_NAME", default="")
SITE_CONTACT = env.str("SITE_CONTACT", default="")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[SITE_URL] if SITE_URL else [])

INSTALLED_APPS = [
    "dialogue",
    "dialogue.api",
    "dialogue.channels",
    "dialogue.following",
    "conclusions",
    "conferences",
    "feedback",
    "plans",
    "assignments",
    "documents",
    "organisations",
    "core",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "import_export",
    "lucide",
    "template_partials",
]

MIDDLEWARE = [
    "conferences.http.pulse_first",
    "core.middleware.PartingMiddleware",
    "core.middleware.ProxyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.middleware.PolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.middleware.ActMiddleware",
    "core.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "dialogue.urls"
WSGI_APPLICATION = "dialogue.wsgi.application"
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
                "dialogue.context.frame",
            ],
            "builtins": ["core.templatetags.ui"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- data -----------------------------------------------------------------------------------------
DATABASES = {
    "default": {
        **env.db_url(
            "DATABASE_URL",
            default="postgres://"
            if IS_PRODUCTION
            else "postgres://dialogue@127.0.0.1:5432/dialogue",
        ),
        "CONN_MAX_AGE": env.int("DATABASE_CONN_MAX_AGE", default=60),
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
        "TEST": {"NAME": env.str("TEST_DATABASE_NAME", default="test_dialogue")},
    }
}
# Whoever looks at the server sees this name, and the audit, of what no page or task stands behind.
_PROGRAM = " ".join([Path(sys.argv[0]).name, *sys.argv[1:2]])[:60]
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("application_name", _PROGRAM)
# Without this psycopg prepares nothing, not even what is marked so (core.setwise).
DATABASES["default"]["OPTIONS"].setdefault("prepare_threshold", 5)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env.str("REDIS_URL", default="" if IS_PRODUCTION else "redis://127.0.0.1:6379/0")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 2},
    }
}
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(BASE_DIR / "var" / "media")))
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "var" / "static")))
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "dialogue.statics.HashedStatics"
        if MODE in {"production", "demo"}
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# --- people ---------------------------------------------------------------------------------------
AUTH_USER_MODEL = "organisations.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "organisations.adapters.UnlikeItsOwner",
        "OPTIONS": {"user_attributes": ("email", "full_name")},
    },
    {
        "NAME": "organisations.adapters.MinimumLength",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "organisations.adapters.Uncommon"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "organisations.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "organisations.forms.LoginForm",
    "reauthenticate": "organisations.forms.ReauthenticateForm",
    "change_password": "organisations.forms.ChangePasswordForm",
    "reset_password": "organisations.forms.ForgottenPasswordForm",
    "reset_password_from_key": "organisations.forms.ResetPasswordForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
MFA_ADAPTER = "organisations.adapters.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Đối thoại"
# An administrator gave the address; allauth holds every one a password was reset with for unproven.
MFA_ALLOW_UNVERIFIED_EMAIL = True
SESSION_COOKIE_AGE = 12 * 3600

# --- language and time ----------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Tiếng Việt"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

# --- mail and work in the background --------------------------------------------------------------
_MAIL = env.str("EMAIL_URL", default="") or ("smtp://" if IS_PRODUCTION else "consolemail://")
vars().update(environ.Env.email_url_config(_MAIL))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str(
    "DEFAULT_FROM_EMAIL", default="" if IS_PRODUCTION else "doi-thoai@localhost.localdomain"
)

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 300
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": env.int("CELERY_VISIBILITY_TIMEOUT", default=600),
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
}
# Waking a worker is a courtesy (the minute sweep does the work anyway): never wait for Redis.
CELERY_TASK_PUBLISH_RETRY = False
SWEEP_SECONDS = env.int("SWEEP_SECONDS", default=60)
CELERY_BEAT_SCHEDULE = {
    "send-waiting-messages": {
        "task": "core.tasks.sweep_outbox",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": SWEEP_SECONDS},
    },
    "plan-reminders": {
        "task": "assignments.tasks.sweep_reminders",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": SWEEP_SECONDS},
    },
    "recompute-deadlines": {
        "task": "assignments.tasks.recompute_deadlines",
        "schedule": crontab(minute=5),
    },
    "recompute-steps": {
        "task": "plans.tasks.recompute_steps",
        "schedule": crontab(minute=37),
    },
    "make-ordered-prints": {
        "task": "conferences.tasks.sweep_prints",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": SWEEP_SECONDS},
    },
    "make-ordered-case-files": {
        "task": "conclusions.tasks.sweep_case_files",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": SWEEP_SECONDS},
    },
    "read-and-take-spreadsheets": {
        "task": "feedback.tasks.sweep_imports",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": SWEEP_SECONDS},
    },
    "make-ordered-tables": {
        "task": "feedback.tasks.sweep_tables",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": SWEEP_SECONDS},
    },
    "call-for-reports": {
        "task": "dialogue.tasks.call_for_reports",
        "schedule": crontab(hour=6, minute=43),
    },
    "warn-of-tokens": {
        "task": "dialogue.api.tasks.warn_of_tokens",
        "schedule": crontab(hour=7, minute=53),
    },
    "seal-the-audit": {"task": "core.tasks.seal_days", "schedule": crontab(minute=17)},
    "tell-followers": {
        "task": "dialogue.following.tasks.sweep_news",
        "schedule": crontab(minute="*/10"),
    },
    "tell-followers-of-progress": {
        "task": "dialogue.following.tasks.sweep_progress",
        "schedule": crontab(hour=9, minute=23),
    },
    "clear-sessions": {"task": "core.tasks.clear_old_rows", "schedule": crontab(hour=3, minute=7)},
    "clear-abandoned-files": {
        "task": "feedback.tasks.clear_abandoned",
        "schedule": crontab(hour=3, minute=17),
    },
}

# --- limits ---------------------------------------------------------------------------------------
UPLOAD_MAX_BYTES = env.int("UPLOAD_MAX_BYTES", default=10 * 1024 * 1024)
# A spreadsheet of opinions: the file, and its rows.
IMPORT_MAX_BYTES = env.int("IMPORT_MAX_BYTES", default=30 * 1024 * 1024)
IMPORT_MAX_ROWS = env.int("IMPORT_MAX_ROWS", default=100_000)
SUBMISSION_MAX_FILES = env.int("SUBMISSION_MAX_FILES", default=5)
PUBLIC_SUBMISSIONS_PER_HOUR = env.int("PUBLIC_SUBMISSIONS_PER_HOUR", default=60)
TRACKING_TRIES_PER_HOUR = env.int("TRACKING_TRIES_PER_HOUR", default=10)
API_CALLS_PER_MINUTE = env.int("API_CALLS_PER_MINUTE", default=300)
# Nobody is reminded outside these hours (first minute, last minute excluded) or on days off.
OFFICE_HOURS = env.tuple("OFFICE_HOURS", default=("07:30", "17:00"))
OUTBOX_MAX_ATTEMPTS = env.int("OUTBOX_MAX_ATTEMPTS", default=8)
OUTBOX_STUCK_SECONDS = env.int("OUTBOX_STUCK_SECONDS", default=900)
# Posting to other systems: hosts (`host` or `host:port`) that may be inside our own network or speak
# plain http, how long one post may take in all, and how much of the answer is read.
WEBHOOK_HOSTS = env.list("WEBHOOK_HOSTS", default=[])
WEBHOOK_SECONDS = env.float("WEBHOOK_SECONDS", default=15)
WEBHOOK_MAX_ANSWER_BYTES = env.int("WEBHOOK_MAX_ANSWER_BYTES", default=64 * 1024)
# Where a sender dies on purpose, so that tests can see what is left behind.
OUTBOX_FAILPOINT = env.str("OUTBOX_FAILPOINT", default="") if MODE == "test" else ""
# Reading a plan from a file (documents.reading.intake): the file, its text, and what a Word file
# may unpack to; together they keep reading within the request.
READING_MAX_BYTES = env.int("READING_MAX_BYTES", default=10 * 1024 * 1024)
READING_MAX_CHARACTERS = env.int("READING_MAX_CHARACTERS", default=200_000)
READING_MAX_LINES = env.int("READING_MAX_LINES", default=4000)
READING_MAX_PAGES = env.int("READING_MAX_PAGES", default=60)
READING_MAX_ENTRIES = env.int("READING_MAX_ENTRIES", default=1000)
READING_MAX_PART_BYTES = env.int("READING_MAX_PART_BYTES", default=4 * 1024 * 1024)
READING_MAX_UNPACKED_BYTES = env.int("READING_MAX_UNPACKED_BYTES", default=80 * 1024 * 1024)
READING_MAX_RATIO = env.int("READING_MAX_RATIO", default=100)
READING_RATIO_FROM_BYTES = env.int("READING_RATIO_FROM_BYTES", default=4 * 1024 * 1024)
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000
# What somebody typed never becomes a formula in a spreadsheet.
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True

# --- security -------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "SAMEORIGIN"
# The editor shows its own A4 preview in a frame, so DENY is not for us.
SILENCED_SYSTEM_CHECKS = ["security.W019"]
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
USES_HTTPS = env.bool("USES_HTTPS", default=IS_PRODUCTION)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = USES_HTTPS
# The health check comes from the same machine, without the proxy that speaks HTTPS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SESSION_COOKIE_NAME = "__Host-sid" if USES_HTTPS else "sid"
CSRF_COOKIE_NAME = "__Host-csrf" if USES_HTTPS else "csrf"
SECURE_HSTS_SECONDS = 31_536_000 if USES_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = USES_HTTPS
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
# How many of them stand in a row: so many entries at the end of X-Forwarded-For are ours.
PROXIES = env.int("PROXIES", default=1) if BEHIND_PROXY else 0

if MODE == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    # Libraries that tell every step of every PDF.
    "loggers": {name: {"level": "WARNING"} for name in ("weasyprint", "fontTools", "pikepdf")},
}
