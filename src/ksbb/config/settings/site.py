"""Where this installation is found, for letters that are written without a request."""

from ksbb.config.settings.environment import DEMO, text
from ksbb.config.settings.security import ALLOWED_HOSTS

_host = next((host for host in ALLOWED_HOSTS if "*" not in host), "localhost").lstrip(".")
SITE_URL = (text("SITE_URL") or (f"http://{_host}:8000" if DEMO else f"https://{_host}")).rstrip(
    "/"
)
