"""Style sheets, scripts and pictures: served by the application itself."""

from pathlib import Path

from whitenoise.compress import Compressor

from ksbb.config.settings.environment import DEMO, VAR, text

STATIC_URL = "/static/"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "ksbb.config.leaflet_files.LeafletFinder",
]

# The demo starts without collecting; production names files by their content and lets
# browsers keep them for ever.
STATIC_ROOT = None if DEMO else Path(text("STATIC_ROOT") or VAR / "static").resolve()
WHITENOISE_USE_FINDERS = DEMO
WHITENOISE_ALLOW_ALL_ORIGINS = False
# Only who takes a script apart asks for its map.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")

_STORAGE = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
    if DEMO
    else "ksbb.config.static_files.Collected"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _STORAGE},
}
