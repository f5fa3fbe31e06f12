"""The application as a server wants it: one callable, one process, several threads."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ksbb.config.settings")

application = get_wsgi_application()
