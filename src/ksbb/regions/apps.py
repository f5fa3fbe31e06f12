from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegionsConfig(AppConfig):
    name = "ksbb.regions"
    label = "regions"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Regions")
