"""Leaflet's own files out of the wheel of django-leaflet, which is never imported."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.contrib.staticfiles.finders import BaseFinder
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import FileSystemStorage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

PREFIX: Final = "leaflet"
FILES: Final = frozenset(
    {
        "leaflet.css",
        "leaflet.js",
        # Named by leaflet.js, and what is named must be there when files are collected.
        "leaflet.js.map",
        "images/layers.png",
        "images/layers-2x.png",
        "images/marker-icon.png",
    }
)


def folder() -> Path:
    """Return where Leaflet's files lie. To import the package would ask for GDAL."""
    found = find_spec("leaflet")
    for place in (found and found.submodule_search_locations) or ():
        files = Path(place) / "static" / "leaflet"
        if files.is_dir():
            return files
    message = "django-leaflet is not installed: make the environment again from requirements/."
    raise ImproperlyConfigured(message)


class LeafletFinder(BaseFinder):
    """Finds `leaflet/leaflet.js` and the few files beside it, and nothing else of the wheel."""

    def __init__(self, app_names: Sequence[str] | None = None) -> None:
        """Keep the folder; Django asks finders for applications, and this one has none."""
        del app_names
        super().__init__()
        self.storage = FileSystemStorage(location=folder())
        # What `collectstatic` puts before each name.
        self.storage.prefix = PREFIX  # type: ignore[attr-defined]

    def find(self, path: str, find_all: bool = False) -> Any:  # noqa: FBT001, FBT002 - Django's
        """Return where a file lies, or all such places, by its name below the static address."""
        name = path.removeprefix(f"{PREFIX}/")
        if name == path or name not in FILES:
            return []
        return [self.storage.path(name)] if find_all else self.storage.path(name)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Any]]:
        """Yield each file with the storage it lies in."""
        del ignore_patterns
        yield from ((name, self.storage) for name in sorted(FILES))
