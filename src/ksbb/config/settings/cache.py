"""Where copies are kept: in the process, or in Valkey/Redis as soon as there are several."""

from django.core.exceptions import ImproperlyConfigured

from ksbb.config.settings.environment import env, text, whole_number

_SCHEMES = ("redis://", "rediss://", "locmemcache://")

if text("CACHE_URL") and not text("CACHE_URL").startswith(_SCHEMES):
    message = "CACHE_URL cannot be read. Write it like redis://localhost:6379/0, or leave it out."
    raise ImproperlyConfigured(message)

CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}

PAGE_COPIES_BYTES = whole_number("PAGE_COPIES", default=32) * 2**20
"""How much memory a process gives to copies of public pages; none without a copy."""

API_REQUESTS_PER_MINUTE = whole_number("API_REQUESTS_PER_MINUTE", default=600)
"""How many answers of the API one address gets in a minute; 0 does not count."""

PAGE_COPIES_SECONDS = 30
"""How long a copy lives at most: a phase ends and a day passes without anybody writing."""
