from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a collaborator is."""

    COMPANY = "COMPANY", _("company")
    COMMUNITY = "COMMUNITY", _("community")
    AGENCY = "AGENCY", _("agency")
    ASSOCIATION = "ASSOCIATION", _("association")
    FOUNDATION = "FOUNDATION", _("foundation")
    INDIVIDUAL = "INDIVIDUAL", _("individual")


class Verification(models.TextChoices):
    """Whether the working group knows who this is."""

    PENDING = "PENDING", _("awaiting verification")
    VERIFIED = "VERIFIED", _("verified")
    REFUSED = "REFUSED", _("refused")


class MemberRole(models.TextChoices):
    """What a person may do for a collaborator."""

    OWNER = "OWNER", _("owner")
    MEMBER = "MEMBER", _("member")


class Standing(models.TextChoices):
    """Whether an aggregator may collect new gifts, and if not, why."""

    VALID = "VALID", _("valid")
    OUT_OF_SCOPE = "OUT_OF_SCOPE", _("not valid in this area")
    EXPIRED = "EXPIRED", _("run out")
    SUSPENDED = "SUSPENDED", _("suspended")
    MISSING = "MISSING", _("no permit on record")
