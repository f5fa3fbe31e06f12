"""Money through aggregators.

Donors, aggregators, amounts and weeks of PUBLISHED stand in press release 1255/SP-HMS/05/2020. The
days and hours inside the week are chosen by us. Permits are invented and say so.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Final, NamedTuple

from ksbb.collaborators.actions.permit import PermitPaper, add_permit
from ksbb.collaborators.actions.register import Applicant, register
from ksbb.collaborators.actions.verify import verify
from ksbb.collaborators.enums import Kind
from ksbb.collaborators.models import Collaborator
from ksbb.commitments.models import Commitment
from ksbb.demo.cast import AGGREGATORS
from ksbb.demo.rows import ACTOR, PUBLISHED_AT, invented_name, invented_phone
from ksbb.demo.setting import SEMBAKO
from ksbb.funds.actions.allot import StockShortError, set_aside_for
from ksbb.funds.actions.decide import confirm
from ksbb.funds.actions.declare import Wish, declare
from ksbb.funds.actions.spend import Bill, buy
from ksbb.shared.clock import WIB

if TYPE_CHECKING:
    from ksbb.programmes.models import Programme

ISSUER: Final = "Kementerian Sosial (contoh)"
VALID_UNTIL: Final = date(2020, 12, 31)
BOUGHT_AT: Final = datetime(2020, 5, 4, 9, tzinfo=WIB)
SHARED_AT: Final = datetime(2020, 5, 22, 9, tzinfo=WIB)
BOUGHT: Final = ((4_000, 200_000), (2_500, 198_000))
"""Packages and price of the invented purchases, with the reference price and a little below it."""

WORK: Final = timedelta(hours=20)
"""From a declaration to the aggregator's word."""


class Published(NamedTuple):
    """One gift of money of the founding press release."""

    slug: str
    donor: str
    kind: Kind
    to: str
    aggregator: str
    rupiah: int
    phase: int
    declared_at: datetime
    code: str


PUBLISHED: Final = (
    Published(
        "jne",
        "JNE",
        Kind.COMPANY,
        "baznas-bazis-dki",
        "BAZNAS/BAZIS DKI Jakarta",
        1_000_000_000,
        1,
        datetime(2020, 4, 27, 10, tzinfo=WIB),
        "JNE2-BAZN4",
    ),
    Published(
        "pgri-smp-jakarta",
        "PGRI SMP Jakarta",
        Kind.ASSOCIATION,
        "baznas-bazis-dki",
        "BAZNAS/BAZIS DKI Jakarta",
        545_000_000,
        1,
        datetime(2020, 4, 29, 13, tzinfo=WIB),
        "PGR2-BAZN4",
    ),
    Published(
        "asosiasi-museum-indonesia-dki-jakarta",
        "Asosiasi Museum Indonesia DKI Jakarta",
        Kind.ASSOCIATION,
        "act",
        "ACT",
        20_000_000,
        2,
        datetime(2020, 5, 1, 9, tzinfo=WIB),
        "AMD2-ACT24",
    ),
)


def write_gifts(programme: Programme) -> None:
    """Write the permits of the aggregators and the published gifts, each confirmed a day later."""
    write_permits()
    rng = Random("donors")
    for one in PUBLISHED:
        gift = declare(
            programme=programme,
            donor=_donor(one, rng),
            aggregator=Collaborator.objects.get(slug=one.to),
            wish=Wish(quantity=one.rupiah),
            actor=ACTOR,
            now=one.declared_at,
            code=one.code,
        )
        confirm(gift_id=gift.pk, counted=one.rupiah, actor=ACTOR, now=one.declared_at + WORK)
    _spend(programme)


def _spend(programme: Programme) -> None:
    """Let BAZNAS/BAZIS turn its gifts into packages for what it has promised; all invented."""
    aggregator = Collaborator.objects.get(slug="baznas-bazis-dki")
    sembako = programme.aid_types.get(slug=SEMBAKO)
    for number, (quantity, price) in enumerate(BOUGHT, start=1):
        bill = Bill(
            aid_type=sembako,
            quantity=quantity,
            unit_price=price,
            supplier="CV Pangan Contoh",
            invoice=f"CONTOH/{number:03d}",
            is_example=True,
        )
        buy(aggregator=aggregator, programme=programme, bill=bill, actor=ACTOR, now=BOUGHT_AT)
    promised = Commitment.objects.filter(
        collaborator=aggregator, lines__delivered__gt=0, is_example=True
    )
    for key in promised.order_by("pk").values_list("pk", flat=True).distinct():
        with suppress(StockShortError):
            set_aside_for(commitment_id=key, actor=ACTOR, now=SHARED_AT)


def write_permits() -> None:
    """Give each aggregator a permit for all of Indonesia."""
    for number, giver in enumerate(AGGREGATORS, start=1):
        paper = PermitPaper(
            number=f"CONTOH/PUB/{number:03d}/2020",
            issuer=ISSUER,
            region="",
            valid_until=VALID_UNTIL,
        )
        holder = Collaborator.objects.filter(slug=giver.slug).first()
        if holder:
            add_permit(
                collaborator_id=holder.pk,
                paper=paper,
                actor=ACTOR,
                now=PUBLISHED_AT,
                is_example=True,
            )


def _donor(one: Published, rng: Random) -> Collaborator:
    applicant = Applicant(
        name=one.donor,
        kind=one.kind,
        is_anonymous=False,
        contact_name=invented_name(rng),
        email=f"{one.slug}@contoh.example",
        phone=invented_phone(rng),
    )
    donor = register(applicant=applicant, actor=ACTOR, now=one.declared_at)
    # An address drawn by chance would be another one each time.
    Collaborator.objects.filter(pk=donor.pk).update(slug=one.slug)
    return verify(collaborator_id=donor.pk, actor=ACTOR, now=one.declared_at)
