from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ksbb.funds.enums import SOURCES, AccountKind, GiftKind, GiftState, Reason
from ksbb.shared.clock import in_wib

NAMED_BY: Final = ("aid_type", "gift", "lot", "line")
"""What tells accounts of one kind and aggregator apart; each may be empty."""


class Gift(models.Model):
    """Money or goods a donor gives to an aggregator. On the ledger once it is confirmed.

    Quantities are whole rupiah, or packages of `aid_type`. An empty earmark means any.
    """

    code = models.CharField(_("code"), max_length=12, unique=True)
    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="+")
    phase = models.ForeignKey(
        "programmes.Phase", models.PROTECT, related_name="+", verbose_name=_("phase")
    )
    donor = models.ForeignKey(
        "collaborators.Collaborator", models.PROTECT, related_name="gifts_given"
    )
    aggregator = models.ForeignKey(
        "collaborators.Collaborator", models.PROTECT, related_name="gifts_taken"
    )
    kind = models.CharField(_("kind"), max_length=8, choices=GiftKind)
    state = models.CharField(
        _("state"), max_length=10, choices=GiftState, default=GiftState.DECLARED
    )
    declared = models.PositiveBigIntegerField(_("declared"))
    counted = models.PositiveBigIntegerField(_("arrived, as counted"), null=True, blank=True)
    accepted = models.PositiveBigIntegerField(_("taken on the book"), null=True, blank=True)
    aid_type = models.ForeignKey(
        "programmes.AidType",
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        help_text=_("What the goods are; of money, the only kind of aid it may buy."),
    )
    area = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="+", null=True, blank=True
    )
    target_kind = models.ForeignKey(
        "programmes.TargetKind", models.PROTECT, related_name="+", null=True, blank=True
    )
    is_anonymous = models.BooleanField(_("without a name in public"), default=False)
    reference = models.CharField(
        _("reference"),
        max_length=80,
        blank=True,
        help_text=_("How the donor marked the transfer; seen by the aggregator only."),
    )
    declared_at = models.DateTimeField(_("declared at"))
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    reason = models.TextField(_("reason of the decision"), blank=True)
    receipt_number = models.CharField(
        _("receipt number"), max_length=20, null=True, blank=True, unique=True
    )
    is_example = models.BooleanField(_("example data"), default=False)

    class Meta:
        verbose_name = _("gift")
        verbose_name_plural = _("gifts")
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(condition=Q(declared__gte=1), name="gift_of_something"),
            models.CheckConstraint(
                condition=Q(kind=GiftKind.MONEY) | Q(kind=GiftKind.GOODS, aid_type__isnull=False),
                name="gift_of_goods_says_which",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=GiftState.CONFIRMED,
                    accepted__isnull=False,
                    counted__isnull=False,
                    counted__gte=F("accepted"),
                    decided_at__isnull=False,
                    receipt_number__isnull=False,
                )
                | Q(
                    state=GiftState.REFUSED,
                    accepted__isnull=True,
                    decided_at__isnull=False,
                    receipt_number__isnull=True,
                )
                | Q(
                    state=GiftState.DECLARED,
                    accepted__isnull=True,
                    decided_at__isnull=True,
                    receipt_number__isnull=True,
                ),
                name="gift_decided_has_figures",
            ),
        )
        indexes = (models.Index(fields=("aggregator", "state"), name="gift_inbox"),)

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        """Return the public page of the gift."""
        return reverse("portal:gift", args=[self.code])

    @property
    def is_money(self) -> bool:
        """Whether it is counted in rupiah; else in packages of its aid type."""
        return self.kind == GiftKind.MONEY

    @property
    def public_donor(self) -> str:
        """The donor's name as the public may read it."""
        return str(_("Anonymous donor")) if self.is_anonymous else self.donor.public_name


class Proof(models.Model):
    """The picture with which a donor shows that money was sent: JPEG without metadata.

    Seen by those with a part in the gift, each look is logged; erased with the donor's contact.
    """

    gift = models.OneToOneField(Gift, models.PROTECT, related_name="proof")
    picture = models.BinaryField(_("picture"))

    class Meta:
        verbose_name = _("transfer proof")
        verbose_name_plural = _("transfer proofs")

    def __str__(self) -> str:
        return str(self.gift_id)


class Lot(models.Model):
    """Packages of one aid type that came together: bought at one price, or given as goods.

    With a purpose (`area`, `target_kind`) they go nowhere else, so that money earmarked for it
    may be in them. The database refuses to change or delete a lot.
    """

    aggregator = models.ForeignKey(
        "collaborators.Collaborator", models.PROTECT, related_name="lots"
    )
    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="+")
    aid_type = models.ForeignKey("programmes.AidType", models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField(_("packages"))
    unit_price = models.PositiveBigIntegerField(_("price of one in rupiah"), default=0)
    supplier = models.CharField(_("supplier"), max_length=160, blank=True)
    invoice = models.CharField(_("invoice"), max_length=80, blank=True)
    gift = models.OneToOneField(
        Gift, models.PROTECT, related_name="lot", null=True, blank=True, verbose_name=_("gift")
    )
    area = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="+", null=True, blank=True
    )
    target_kind = models.ForeignKey(
        "programmes.TargetKind", models.PROTECT, related_name="+", null=True, blank=True
    )
    at = models.DateTimeField(_("at"))
    is_example = models.BooleanField(_("example data"), default=False)

    class Meta:
        verbose_name = _("lot")
        verbose_name_plural = _("lots")
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=Q(quantity__gte=1), name="lot_of_something"),
            models.CheckConstraint(
                condition=Q(gift__isnull=True, unit_price__gte=1)
                | Q(gift__isnull=False, unit_price=0),
                name="lot_bought_or_given",
            ),
        )

    def __str__(self) -> str:
        return f"{self.aggregator_id}/{self.pk}"

    @property
    def cost(self) -> int:
        """What all of it cost in rupiah; nothing where it was given as goods."""
        return self.quantity * self.unit_price


class Account(models.Model):
    """A place where rupiah (no aid type) or packages of one aid type stand.

    `balance` is the sum of the postings, kept by a trigger of the database.
    """

    aggregator = models.ForeignKey(
        "collaborators.Collaborator", models.PROTECT, related_name="accounts", db_index=False
    )
    kind = models.CharField(_("kind"), max_length=10, choices=AccountKind)
    aid_type = models.ForeignKey(
        "programmes.AidType",
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        db_index=False,
    )
    gift = models.ForeignKey(Gift, models.PROTECT, related_name="accounts", null=True, blank=True)
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="accounts", null=True, blank=True)
    line = models.ForeignKey(
        "commitments.CommitmentLine",
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    balance = models.BigIntegerField(_("balance"), default=0, db_default=0)

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                "aggregator",
                "kind",
                *(Coalesce(f"{name}_id", 0) for name in NAMED_BY),
                name="account_once",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=SOURCES, balance__lte=0)
                | (~Q(kind__in=SOURCES) & Q(balance__gte=0)),
                name="account_not_overdrawn",
            ),
        )

    def __str__(self) -> str:
        return f"{self.aggregator_id} {self.kind}"


class Posting(models.Model):
    """One amount that leaves the credited account and comes to the debited one.

    Both sides stand in one row, so whatever anybody writes balances to zero. The database refuses
    to change or delete it, to mix units or aggregators, and to reverse anything but the whole.
    """

    debit = models.ForeignKey(
        Account, models.PROTECT, related_name="debits", verbose_name=_("to account")
    )
    credit = models.ForeignKey(
        Account, models.PROTECT, related_name="credits", verbose_name=_("from account")
    )
    amount = models.PositiveBigIntegerField(_("amount"))
    reason = models.CharField(_("reason"), max_length=10, choices=Reason)
    at = models.DateTimeField(_("at"))
    entry = models.ForeignKey("audit.Entry", models.PROTECT, related_name="+")
    reverses = models.OneToOneField(
        "self", models.PROTECT, related_name="reversed_by", null=True, blank=True
    )

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=Q(amount__gte=1), name="posting_of_something"),
            models.CheckConstraint(condition=~Q(debit=F("credit")), name="posting_between_two"),
            models.CheckConstraint(
                condition=Q(reason=Reason.REVERSE, reverses__isnull=False)
                | (~Q(reason=Reason.REVERSE) & Q(reverses__isnull=True)),
                name="posting_reversal_says_of_what",
            ),
        )
        indexes = (models.Index(fields=("at",), name="posting_by_moment"),)

    def __str__(self) -> str:
        return f"{self.credit_id} → {self.debit_id}: {self.amount}"


class BankAccount(models.Model):
    """An account of an aggregator at a bank, by the name its members know it under."""

    aggregator = models.ForeignKey(
        "collaborators.Collaborator", models.PROTECT, related_name="bank_accounts"
    )
    name = models.CharField(_("bank account"), max_length=60)

    class Meta:
        verbose_name = _("bank account")
        verbose_name_plural = _("bank accounts")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint("aggregator", Lower("name"), name="bank_account_once"),
        )

    def __str__(self) -> str:
        return self.name


class BankRow(models.Model):
    """One row of a bank's statement, in sen, once per account whatever files it comes in.

    It moves nothing: only a person's confirmation of a gift does. Long numbers in its text are cut
    to their last digits. The database refuses to delete it and to change anything but the text,
    which can be emptied for the sake of the person it names.
    """

    account = models.ForeignKey(BankAccount, models.PROTECT, related_name="rows", db_index=False)
    day = models.DateField(_("day"))
    sen = models.PositiveBigIntegerField(_("amount in sen"))
    is_credit = models.BooleanField(_("came in"))
    text = models.CharField(_("text of the bank"), max_length=200, blank=True)
    balance = models.BigIntegerField(_("balance after it in sen"), null=True, blank=True)
    mark = models.CharField(_("mark"), max_length=64)
    entry = models.ForeignKey("audit.Entry", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("bank row")
        verbose_name_plural = _("bank rows")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("account", "mark"), name="bank_row_once"),
            models.CheckConstraint(condition=Q(sen__gte=1), name="bank_row_of_something"),
        )
        indexes = (models.Index(fields=("account", "day"), name="bank_row_by_day"),)

    def __str__(self) -> str:
        return f"{self.account_id} {self.day}: {self.sen}"


class BankAnswer(models.Model):
    """What a person said a bank row is: the money of a gift, or no gift, with the reason.

    A row that is several gifts has an answer for each, of `sen` out of the row's. `confirms` says
    that the gift was confirmed by it and not before. It stands until it is taken back; the database
    refuses to change or delete it, a second standing answer about a gift, and more than the row.
    """

    row = models.ForeignKey(BankRow, models.PROTECT, related_name="answers")
    gift = models.ForeignKey(
        Gift, models.PROTECT, related_name="bank_answers", null=True, blank=True
    )
    sen = models.PositiveBigIntegerField(_("part of the row in sen"))
    confirms = models.BooleanField(_("confirmed the gift"), default=False)
    reason = models.TextField(_("reason"), blank=True)
    entry = models.ForeignKey("audit.Entry", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("answer to a bank row")
        verbose_name_plural = _("answers to bank rows")
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(gift__isnull=False) | ~Q(reason=""), name="bank_answer_says_what"
            ),
            models.CheckConstraint(condition=Q(sen__gte=1), name="bank_answer_of_something"),
        )

    def __str__(self) -> str:
        return f"{self.row_id} → {self.gift_id or self.reason}"


class BankTakeBack(models.Model):
    """That an answer to a bank row stands no more, and why. The database only lets these grow."""

    answer = models.OneToOneField(BankAnswer, models.PROTECT, related_name="taken_back")
    reason = models.TextField(_("reason"))
    entry = models.ForeignKey("audit.Entry", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("answer taken back")
        verbose_name_plural = _("answers taken back")
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=~Q(reason=""), name="bank_take_back_says_why"),
        )

    def __str__(self) -> str:
        return str(self.answer_id)


class Close(models.Model):
    """A period of an aggregator's book that takes no more postings, with what the bank says.

    Periods follow each other without a gap; `since` is the first moment of one and `until` the
    first moment after it. `book` is the money not spent at its end in rupiah, `bank` what stood in
    the bank accounts in sen. A difference is explained. The database refuses to change or delete
    it, and postings dated before `until`: what was wrong is mended in the open period.
    """

    aggregator = models.ForeignKey(
        "collaborators.Collaborator", models.PROTECT, related_name="closes", db_index=False
    )
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"))
    book = models.BigIntegerField(_("book balance in rupiah"))
    bank = models.PositiveBigIntegerField(_("bank balance in sen"))
    reason = models.TextField(_("explanation of the difference"), blank=True)
    entry = models.ForeignKey("audit.Entry", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("closed period")
        verbose_name_plural = _("closed periods")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("aggregator", "until"), name="close_ends_once"),
            models.UniqueConstraint(fields=("aggregator", "since"), name="close_begins_once"),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="close_of_some_time"),
            models.CheckConstraint(
                condition=Q(bank=F("book") * 100) | ~Q(reason=""),
                name="close_difference_explained",
            ),
        )

    def __str__(self) -> str:
        return f"{self.aggregator_id} {self.until}"

    @property
    def difference(self) -> int:
        """Bank less book, in sen."""
        return self.bank - self.book * 100

    @property
    def first(self) -> date:
        """The first day of it."""
        return in_wib(self.since).date()

    @property
    def last(self) -> date:
        """The last day of it."""
        return last_day(self.until)


def last_day(until: datetime) -> date:
    """Return the last day of a period which ends before a moment."""
    return in_wib(until).date() - timedelta(days=1)
