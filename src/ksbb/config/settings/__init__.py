"""The settings, one file per concern. What the environment may say stands in `environment`."""

import django_stubs_ext

from ksbb.config.settings.apps import *
from ksbb.config.settings.batches import *
from ksbb.config.settings.cache import *
from ksbb.config.settings.database import *
from ksbb.config.settings.demo import *
from ksbb.config.settings.desk import *
from ksbb.config.settings.email import *
from ksbb.config.settings.languages import *
from ksbb.config.settings.login import *
from ksbb.config.settings.logs import *
from ksbb.config.settings.open_data import *
from ksbb.config.settings.security import *
from ksbb.config.settings.site import *
from ksbb.config.settings.static import *
from ksbb.config.settings.tiles import *

# `ModelAdmin[Region]` and the like are written for the type checker; this makes them run.
django_stubs_ext.monkeypatch()
