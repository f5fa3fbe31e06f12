"""The settings under test: whatever the caller's environment says, never a real database."""

import os

# One process, one database of its own: several runs at once do not disturb each other.
RUN = os.getpid()
TEST_URL = os.environ.get("KSBB_TEST_DATABASE", "")
SAID_ELSEWHERE = ("DATABASE_URL", "SECRET_KEY", "ALLOWED_HOSTS", "CACHE_URL", "KSBB_CLOCK", "DEBUG")
for name in (*SAID_ELSEWHERE, "EMAIL_URL", "EMAIL_FROM"):
    os.environ.pop(name, None)
for name in ("KSBB_TILE_URL", "KSBB_TILE_ATTRIBUTION"):
    os.environ.pop(name, None)
os.environ["KSBB_DEMO"] = "1"

from ksbb.config.settings import *  # noqa: E402, F403 - the environment is cleared first
from ksbb.config.settings.database import database  # noqa: E402 - as above
from ksbb.config.settings.environment import VAR  # noqa: E402 - as above

# Not the demo: tests that want its banner or its standing clock say so.
DEMO = False
KSBB_CLOCK = ""

(VAR / "tests").mkdir(parents=True, exist_ok=True)
DATABASES = {"default": database(TEST_URL or f"sqlite:///{VAR}/tests/unused.sqlite3")}
if TEST_URL:
    # What a test has written need not outlive a power cut.
    DATABASES["default"]["OPTIONS"]["options"] += " -c synchronous_commit=off"
    # A statement that never ends fails with its own name instead of holding up everything.
    DATABASES["default"]["OPTIONS"]["options"] += " -c statement_timeout=180s"
    DATABASES["default"]["TEST"] = {"NAME": f"test_ksbb_{RUN}"}
else:
    # A file, so that threads have connections of their own, but one nobody needs to keep.
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
    DATABASES["default"]["TEST"] = {"NAME": f"{VAR}/tests/{RUN}.sqlite3"}

# Tests change rows past the actions; what keeps copies of pages asks for them by itself.
PAGE_COPIES_BYTES = 0

# Looks for a file when it is asked for, instead of listing them all for each test client.
WHITENOISE_AUTOREFRESH = True

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
