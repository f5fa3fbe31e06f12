"""How letters leave: through the mail server of EMAIL_URL; the demo puts them into files."""

from django.core.exceptions import ImproperlyConfigured

from ksbb.config.settings.environment import DEMO, VAR, env, text
from ksbb.config.settings.security import ALLOWED_HOSTS

_SCHEMES = ("smtp://", "smtp+tls://", "smtp+ssl://", "consolemail://", "filemail://")

if text("EMAIL_URL") and not text("EMAIL_URL").startswith(_SCHEMES):
    message = (
        "EMAIL_URL cannot be read. Write it like smtp+tls://user:password@mail.example.id:587, "
        "or leave it out."
    )
    raise ImproperlyConfigured(message)

_given = env.email_url(
    "EMAIL_URL", default=f"filemail://{VAR / 'mail'}" if DEMO else "smtp://localhost:25"
)

EMAIL_BACKEND = _given["EMAIL_BACKEND"]
EMAIL_HOST = _given["EMAIL_HOST"] or "localhost"
EMAIL_PORT = _given["EMAIL_PORT"] or 25
EMAIL_HOST_USER = _given["EMAIL_HOST_USER"] or ""
EMAIL_HOST_PASSWORD = _given["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS = _given.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _given.get("EMAIL_USE_SSL", False)
# The path of an address begins with a slash, which django-environ takes away.
EMAIL_FILE_PATH = f"/{_given['EMAIL_FILE_PATH']}"
# A page waits while its letter is handed over, so it does not wait for long.
EMAIL_TIMEOUT = 10

_host = next((host for host in ALLOWED_HOSTS if "*" not in host), "localhost").lstrip(".")
DEFAULT_FROM_EMAIL = text("EMAIL_FROM") or f"ksbb@{_host}"
