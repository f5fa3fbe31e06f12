"""Where copies are kept: in the process, or in Valkey/Redis as soon as there are several."""

from django.core.exceptions import ImproperlyConfigured

from ksbb.config.settings.environment import env, text

_SCHEMES = ("redis://", "rediss://", "locmemcache://")

if text("CACHE_URL") and not text("CACHE_URL").startswith(_SCHEMES):
    message = "CACHE_URL cannot be read. Write it like redis://localhost:6379/0, or leave it out."
    raise ImproperlyConfigured(message)

CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}
