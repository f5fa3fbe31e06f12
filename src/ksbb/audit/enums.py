from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """The door an action came through."""

    WEB = "WEB", _("Web page")
    COMMAND = "COMMAND", _("Command line")
    RECEIPT_LINK = "RECEIPT_LINK", _("Receiver's link")
    SYSTEM = "SYSTEM", _("Scheduled work")
    DEMO = "DEMO", _("Example data")
