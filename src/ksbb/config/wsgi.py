"""The application as a server wants it: one callable, one process, several threads."""

import os

from django.core.wsgi import get_wsgi_application
from django.db import connection, connections

from ksbb.config.settings.database import POOL

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ksbb.config.settings")

application = get_wsgi_application()

# A server process keeps its connections; a command opens one and learns at once why it cannot.
if connection.vendor == "postgresql":
    connections.settings["default"]["OPTIONS"]["pool"] = POOL
