"""Gifts through aggregators, by the real actions at moments that are said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from ksbb.collaborators.actions.permit import PermitPaper, add_permit
from ksbb.collaborators.enums import Kind
from ksbb.collaborators.models import Collaborator, Permit
from ksbb.commitments.models import Commitment
from ksbb.funds.actions import bank
from ksbb.funds.actions.allot import commit_from_stock
from ksbb.funds.actions.decide import confirm
from ksbb.funds.actions.declare import Wish, declare
from ksbb.funds.actions.spend import Bill, buy
from ksbb.funds.enums import AccountKind, GiftKind
from ksbb.funds.models import Account, BankRow, Gift, Lot
from ksbb.funds.statements.lines import Line
from ksbb.needs.models import Need
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import DESK, NOON, lines_for, make_plan
from tests.factories.programmes import make_aid_type, make_phase, make_programme

MILLION = 1_000_000


def make_permit(aggregator: Collaborator, **fields: Any) -> Permit:
    """Return a new permit for all of Indonesia until the end of 2020."""
    number = Permit.objects.count() + 1
    paper: dict[str, Any] = {
        "number": f"CONTOH-{number}",
        "issuer": "Kementerian Sosial (contoh)",
        "region": "",
        "valid_until": date(2020, 12, 31),
    }
    return add_permit(
        collaborator_id=aggregator.pk, paper=PermitPaper(**paper | fields), actor=DESK, now=NOON
    )


def make_aggregator(name: str = "", **fields: Any) -> Collaborator:
    """Return a new verified aggregator with a valid permit."""
    defaults = {"kind": Kind.FOUNDATION, "is_donor": False, "is_aggregator": True}
    aggregator = make_collaborator(name, **defaults | fields)
    make_permit(aggregator)
    return aggregator


def make_gift(
    quantity: int = MILLION,
    *,
    aggregator: Collaborator | None = None,
    donor: Collaborator | None = None,
    now: datetime = NOON,
    **wish: Any,
) -> Gift:
    """Return a newly declared gift: a million rupiah for anything, unless said otherwise."""
    make_phase(1)
    make_phase(2)
    if wish.get("kind") == GiftKind.GOODS:
        wish.setdefault("aid_type", make_aid_type())
    return declare(
        programme=make_programme(),
        donor=donor or make_collaborator(),
        aggregator=aggregator or make_aggregator(),
        wish=Wish(quantity=quantity, **wish),
        actor=DESK,
        now=now,
    )


def make_confirmed(quantity: int = MILLION, *, now: datetime = NOON, **options: Any) -> Gift:
    """Return a gift that was declared and arrived as declared."""
    gift = make_gift(quantity, now=now, **options)
    return confirm(gift_id=gift.pk, counted=quantity, actor=DESK, now=now)


def balance(kind: AccountKind, **names: Any) -> int:
    """Return the sum of the balances of all accounts of a kind which names narrow down."""
    accounts = Account.objects.filter(kind=kind, **names)
    return sum(accounts.values_list("balance", flat=True))


def make_lot(
    quantity: int = 5,
    unit_price: int = 200_000,
    *,
    aggregator: Collaborator,
    now: datetime = NOON,
    key: str = "",
    **bill: Any,
) -> Lot:
    """Return packages bought from the aggregator's unspent money: sembako for anything."""
    defaults: dict[str, Any] = {
        "aid_type": make_aid_type(),
        "supplier": "CV Contoh",
        "invoice": f"F-{Lot.objects.count() + 1000}",
    }
    return buy(
        aggregator=aggregator,
        programme=make_programme(),
        bill=Bill(quantity=quantity, unit_price=unit_price, **defaults | bill),
        actor=DESK,
        now=now,
        idempotency_key=key,
    )


def set_aside(
    aggregator: Collaborator, quantities: Mapping[Need, int], *, now: datetime = NOON
) -> Commitment:
    """Return a new commitment of an aggregator from its stock."""
    return commit_from_stock(
        aggregator=aggregator,
        programme=make_programme(),
        lines=lines_for(quantities),
        plan=make_plan(),
        actor=DESK,
        now=now,
    )


def take_in(aggregator: Collaborator, *lines: Line, now: datetime = NOON) -> bank.TakenIn:
    """Take rows of a bank into the aggregator's one account."""
    return bank.take_in(aggregator=aggregator, account="BSI 4321", lines=lines, actor=DESK, now=now)


def make_bank_row(
    aggregator: Collaborator, rupiah: int = MILLION, text: str = "TRF CONTOH", **fields: Any
) -> BankRow:
    """Return a new credit of a bank on the first of May."""
    defaults: dict[str, Any] = {"number": 1, "day": date(2020, 5, 1), "is_credit": True}
    line = Line(**defaults | {"sen": rupiah * 100, "text": text} | fields)
    take_in(aggregator, line)
    return BankRow.objects.order_by("-pk")[0]
