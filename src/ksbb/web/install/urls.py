"""In each language."""

from django.urls import path

from ksbb.web.install.manifest import manifest
from ksbb.web.install.offline import offline

urlpatterns = [
    path("manifest.webmanifest", manifest, name="manifest"),
    path("luring/", offline, name="offline"),
]
