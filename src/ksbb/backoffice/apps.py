from django.apps import AppConfig


class BackofficeConfig(AppConfig):
    """Pages only; no tables."""

    name = "ksbb.backoffice"
