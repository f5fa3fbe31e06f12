from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SuggestionsConfig(AppConfig):
    name = "ksbb.suggestions"
    label = "suggestions"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Suggestions")
