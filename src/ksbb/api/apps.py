from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Operations and their schemas; no tables."""

    name = "ksbb.api"
