from django.db import models
from django.utils.translation import gettext_lazy as _


class ProgrammeState(models.TextChoices):
    """Whether a programme takes commitments; only an open one does."""

    DRAFT = "DRAFT", _("In preparation")
    OPEN = "OPEN", _("Open")
    CLOSED = "CLOSED", _("Closed")


class Unit(models.TextChoices):
    """What one piece of an aid type stands for."""

    FAMILY_WEEK = "FAMILY_WEEK", _("packages (one per family per week)")
    PERSON_DAY = "PERSON_DAY", _("packages (one per person per day)")
    FAMILY_ONCE = "FAMILY_ONCE", _("packages (one per family)")
    PERSON_ONCE = "PERSON_ONCE", _("packages (one per person)")
    PIECE = "PIECE", _("pieces")
    STALL = "STALL", _("stalls")
    PARTICIPANT = "PARTICIPANT", _("participants")
    RUPIAH = "RUPIAH", _("rupiah")


class Frequency(models.TextChoices):
    """How often a household is to get the aid."""

    DAILY = "DAILY", _("daily")
    WEEKLY = "WEEKLY", _("weekly")
    ONCE = "ONCE", _("once")


class Basis(models.TextChoices):
    """Which count of a target a need is reckoned from."""

    FAMILIES = "FAMILIES", _("vulnerable families (KK)")
    RESIDENTS = "RESIDENTS", _("residents")


class Stage(models.TextChoices):
    """How far a quantity has come on the book."""

    COMMITTED = "COMMITTED", _("committed")
    DELIVERED = "DELIVERED", _("delivered")
    RECEIVED = "RECEIVED", _("received")
