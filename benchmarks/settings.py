"""The settings of the measured server: those of the demo, and files to compare its pages with."""

import os

from ksbb.config.settings import *  # noqa: F403 - all of them
from ksbb.config.settings import STATICFILES_FINDERS

STATICFILES_DIRS = [os.environ["KSBB_BENCH_FILES"]]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder", *STATICFILES_FINDERS]
