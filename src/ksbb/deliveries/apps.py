from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeliveriesConfig(AppConfig):
    name = "ksbb.deliveries"
    label = "deliveries"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Deliveries")
