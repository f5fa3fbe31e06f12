from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Pages only; no tables."""

    name = "ksbb.portal"
