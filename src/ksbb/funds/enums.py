from django.db import models
from django.utils.translation import gettext_lazy as _


class GiftKind(models.TextChoices):
    """What a donor gives to an aggregator."""

    MONEY = "MONEY", _("money")
    GOODS = "GOODS", _("goods")


class GiftState(models.TextChoices):
    """Only a confirmed gift is on the ledger."""

    DECLARED = "DECLARED", _("declared, not confirmed yet")
    CONFIRMED = "CONFIRMED", _("confirmed")
    REFUSED = "REFUSED", _("refused")


class AccountKind(models.TextChoices):
    """Where money or packages stand; rupiah and each aid type have accounts of their own."""

    GIVEN = "GIVEN", _("given by donors")
    BOUGHT = "BOUGHT", _("bought from suppliers")
    CASH = "CASH", _("money not spent yet")
    STOCK = "STOCK", _("in stock")
    ALLOTTED = "ALLOTTED", _("set aside for a place")
    DELIVERED = "DELIVERED", _("handed over")
    COSTS = "COSTS", _("operating costs")
    LOST = "LOST", _("lost or spoiled")


SOURCES = (AccountKind.GIVEN, AccountKind.BOUGHT)
"""Accounts things come from. Their balance is what came, with a minus; all others hold things."""

BROUGHT = (AccountKind.ALLOTTED, AccountKind.DELIVERED)
"""Accounts of what stands with a place."""


class Reason(models.TextChoices):
    """Why something moved from one account to another."""

    GIFT = "GIFT", _("gift confirmed")
    PURCHASE = "PURCHASE", _("packages bought")
    COST = "COST", _("operating costs paid")
    ALLOT = "ALLOT", _("set aside for a place")
    RETURN = "RETURN", _("returned to stock")
    DELIVER = "DELIVER", _("handed over")
    TAKE_BACK = "TAKE_BACK", _("hand-over corrected")
    LOSS = "LOSS", _("lost or spoiled")
    REVERSE = "REVERSE", _("reversed")


REVERSIBLE = (Reason.PURCHASE, Reason.COST, Reason.LOSS)
"""What can be taken back as a whole; gifts are mended, packages come back by their commitment."""
