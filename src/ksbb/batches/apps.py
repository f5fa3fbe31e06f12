from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BatchesConfig(AppConfig):
    name = "ksbb.batches"
    label = "batches"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Imported files")
