"""The application as a server wants it: one callable, one process, several threads."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.db import connection, connections
from django.urls import get_resolver

from ksbb.config.settings.database import POOL

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ksbb.config.settings")

application = get_wsgi_application()

# A server process keeps its connections; a command opens one and learns at once why it cannot.
if connection.vendor == "postgresql":
    connections.settings["default"]["OPTIONS"]["pool"] = POOL

# What is loaded once and stays is not looked through for rubbish: a search of all of it would hold
# up a reader for as long as two pages take. The views are loaded with the addresses.
get_resolver().url_patterns  # noqa: B018 - asked for what it loads
gc.collect()
gc.freeze()
