"""What a browser may load, and what travels only over HTTPS."""

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from ksbb.config.settings.environment import DEMO, flag, required
from ksbb.config.settings.tiles import TILE_HOST

SHORTEST_KEY = 50
"""As many characters Django's own check asks for, which nothing runs in production."""

SECRET_KEY = required(
    "SECRET_KEY",
    example="the output of: openssl rand -base64 48",
    demo="the demo has no secrets: do not use this key anywhere else",
)
if len(SECRET_KEY) < SHORTEST_KEY:
    message = (
        f"SECRET_KEY has {len(SECRET_KEY)} characters and could be guessed. Set at least "
        f"{SHORTEST_KEY}, for instance the output of: openssl rand -base64 48."
    )
    raise ImproperlyConfigured(message)
_hosts = required("ALLOWED_HOSTS", example="ksbb.jakarta.go.id,www.ksbb.jakarta.go.id", demo="*")
ALLOWED_HOSTS = [host.strip() for host in _hosts.split(",") if host.strip()]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *([TILE_HOST] if TILE_HOST else [])],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
# An address may hold a receipt token, which no other site may learn.
SECURE_REFERRER_POLICY = "same-origin"

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "ksbb.web.errors.csrf_failure"

# The demo runs without a certificate; nothing else does.
SESSION_COOKIE_SECURE = not DEMO
CSRF_COOKIE_SECURE = not DEMO
SECURE_SSL_REDIRECT = not DEMO
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 0 if DEMO else 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = not DEMO

# Only a reverse proxy that overwrites this header may be believed.
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if flag("BEHIND_PROXY", default=False) else None
)
