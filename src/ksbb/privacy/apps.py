from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """No tables: what is kept of people stands where it is used."""

    name = "ksbb.privacy"
    label = "privacy"
