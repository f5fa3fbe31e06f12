from django.db import models
from django.utils.translation import gettext_lazy as _


class Source(models.TextChoices):
    """Who brought what is there already."""

    GOVERNMENT = "GOVERNMENT", _("government aid")
    ORGANISATION = "ORGANISATION", _("another organisation")
    OTHER = "OTHER", _("others, such as neighbours")


class FileState(models.TextChoices):
    """How far a list of such aid has come; what was taken back stays taken back."""

    READ = "READ", _("read, not written")
    WRITTEN = "WRITTEN", _("written")
    TAKEN_BACK = "TAKEN_BACK", _("taken back")
