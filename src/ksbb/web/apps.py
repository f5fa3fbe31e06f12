from django.apps import AppConfig


class WebConfig(AppConfig):
    """Templates, styles and tags; no tables."""

    name = "ksbb.web"
