from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OverlapConfig(AppConfig):
    name = "ksbb.overlap"
    label = "overlap"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Aid of other sources")
