from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CollaboratorsConfig(AppConfig):
    name = "ksbb.collaborators"
    label = "collaborators"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Collaborators")
