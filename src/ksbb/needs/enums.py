from django.db import models
from django.utils.translation import gettext_lazy as _


class Verification(models.TextChoices):
    """Whether the working group has checked a target; only a verified one takes commitments."""

    PENDING = "PENDING", _("awaiting verification")
    VERIFIED = "VERIFIED", _("verified")
    REFUSED = "REFUSED", _("refused")
