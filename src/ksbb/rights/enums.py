from django.db import models
from django.utils.translation import gettext_lazy as _


class Step(models.TextChoices):
    """What can take the word of two officers."""

    SET_NEED = "SET_NEED", _("change a need")
    PUBLISH_RULE = "PUBLISH_RULE", _("publish a priority rule")
    FREEZE_LIST = "FREEZE_LIST", _("freeze the list of a phase")
    REFUSE_GIVER = "REFUSE_GIVER", _("refuse a collaborator")
    SUSPEND = "SUSPEND", _("suspend the permit of an aggregator")
    PUBLISH_PLAN = "PUBLISH_PLAN", _("publish a plan")
    PUBLISH = "PUBLISH", _("publish a programme")
    UNMARK = "UNMARK", _("let a step take one officer again")


class ApprovalState(models.TextChoices):
    """How far a request for a second word has come; only the first can change."""

    ASKED = "ASKED", _("awaiting a second officer")
    CONFIRMED = "CONFIRMED", _("confirmed")
    REFUSED = "REFUSED", _("refused by the second officer")
