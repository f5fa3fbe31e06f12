from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NeedsConfig(AppConfig):
    name = "ksbb.needs"
    label = "needs"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Needs")
