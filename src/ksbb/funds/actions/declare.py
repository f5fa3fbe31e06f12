from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, find_replay
from ksbb.collaborators.actions.register import Applicant, register
from ksbb.collaborators.enums import Standing, Verification
from ksbb.collaborators.models import Collaborator
from ksbb.collaborators.queries import collecting, standing_of
from ksbb.funds.codes import new_code
from ksbb.funds.enums import GiftKind
from ksbb.funds.models import Gift, Proof
from ksbb.programmes.models import AidType, Phase, Programme, TargetKind
from ksbb.programmes.queries import current_phase, phases_of
from ksbb.shared.clock import in_wib
from ksbb.shared.codes import within
from ksbb.shared.errors import DomainError
from ksbb.shared.fingerprint import fingerprint
from ksbb.shared.formats import LARGEST_QUANTITY, day, listing
from ksbb.shared.rupiah import LARGEST_AMOUNT

if TYPE_CHECKING:
    from datetime import date, datetime

    from ksbb.audit.actors import Actor
    from ksbb.collaborators.models import Permit
    from ksbb.regions.models import Region


class GiftRefusedError(DomainError):
    """The gift cannot be declared so."""


class NotCollectingError(GiftRefusedError):
    """The aggregator may take no new gifts; `others` are those that may."""

    def __init__(self, sentence: str, others: list[Collaborator]) -> None:
        """Keep who else can be given to."""
        super().__init__(sentence)
        self.others = others


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is given and what for. `quantity` is whole rupiah, or packages of `aid_type`.

    An empty earmark means any. Without a phase the gift counts in the phase of the day.
    """

    kind: str = GiftKind.MONEY
    quantity: int
    aid_type: AidType | None = None
    area: Region | None = None
    target_kind: TargetKind | None = None
    phase: Phase | None = None
    is_anonymous: bool = False
    reference: str = ""
    is_example: bool = False


@transaction.atomic
def declare(
    *,
    programme: Programme,
    donor: Collaborator | Applicant,
    aggregator: Collaborator,
    wish: Wish,
    actor: Actor,
    now: datetime,
    idempotency_key: str = "",
    code: str = "",
    proof: bytes = b"",
) -> Gift:
    """Write down what a donor says it gives to an aggregator; it counts once it is confirmed.

    A new donor is registered. The code is drawn unless one is said. `proof` is a picture (JPEG
    without metadata) of the transfer.
    Raises NotCollectingError where the aggregator's permit does not allow a new gift, and
    GiftRefusedError.
    """
    request = Request(
        key=idempotency_key, fingerprint=_fingerprint(programme, donor, aggregator, wish, proof)
    )
    if replay := find_replay(request):
        return Gift.objects.get(pk=replay.object_id)
    today = in_wib(now).date()
    _check_programme(programme)
    check_collecting(aggregator, programme, today)
    _check_wish(wish, programme)
    phase = wish.phase or current_phase(phases_of(programme), today)
    if phase is None or phase.programme_id != programme.pk:
        raise GiftRefusedError(_("Choose a phase of this programme."))
    giver = donor
    if isinstance(giver, Applicant):
        giver = register(applicant=giver, actor=actor, now=now)
    _check_donor(giver, aggregator)
    gift = Gift.objects.create(
        code=code or new_code(),
        programme=programme,
        phase=phase,
        donor=giver,
        aggregator=aggregator,
        kind=wish.kind,
        declared=wish.quantity,
        aid_type=wish.aid_type,
        area=wish.area,
        target_kind=wish.target_kind,
        is_anonymous=wish.is_anonymous,
        reference=wish.reference.strip(),
        declared_at=now,
        is_example=wish.is_example,
    )
    if proof:
        Proof.objects.create(gift=gift, picture=proof)
    record(
        action="funds.declare",
        obj=gift,
        actor=actor,
        now=now,
        changes={"declared": wish.quantity, "aggregator": aggregator.slug},
        request=request,
    )
    return gift


def check_collecting(aggregator: Collaborator, programme: Programme, today: date) -> None:
    """Raise NotCollectingError, which says why and who else may be given to."""
    if not aggregator.is_aggregator or aggregator.verification != Verification.VERIFIED:
        raise _not_collecting(
            _("“%(name)s” takes no gifts here.") % {"name": aggregator.name}, programme, today
        )
    area = programme.root_region_id
    standing, permit = standing_of(aggregator, area=area, day=today)
    if standing != Standing.VALID:
        raise _not_collecting(_why_not(aggregator, standing, permit), programme, today)


def _not_collecting(why: str, programme: Programme, today: date) -> NotCollectingError:
    others = collecting(area=programme.root_region_id, day=today)
    offer = (
        _("These can take your gift: %(names)s.") % {"names": listing(one.name for one in others)}
        if others
        else _("No other aggregator can take gifts now. You can bring packages yourself.")
    )
    return NotCollectingError(f"{why} {offer}", others)


def _why_not(aggregator: Collaborator, standing: Standing, permit: Permit | None) -> str:
    words = {"name": aggregator.name, "number": permit.number if permit else ""}
    if standing == Standing.EXPIRED and permit:
        return _(
            "%(name)s cannot take new gifts: its permit %(number)s was valid until %(day)s."
        ) % (words | {"day": day(permit.valid_until)})
    if standing == Standing.SUSPENDED and permit:
        return _(
            "%(name)s cannot take new gifts: its permit %(number)s is suspended (%(reason)s)."
        ) % (words | {"reason": permit.suspended_because})
    if standing == Standing.OUT_OF_SCOPE:
        return (
            _("%(name)s cannot take new gifts here: its permit %(number)s is for another area.")
            % words
        )
    return _("%(name)s cannot take new gifts: no permit of it is on record.") % words


def _check_programme(programme: Programme) -> None:
    if not programme.is_open:
        raise GiftRefusedError(_("“%(name)s” takes no gifts now.") % {"name": programme.name})


def _check_wish(wish: Wish, programme: Programme) -> None:
    most = LARGEST_AMOUNT if wish.kind == GiftKind.MONEY else LARGEST_QUANTITY
    if not 1 <= wish.quantity <= most:
        raise GiftRefusedError(_("Write how much is given: at least 1."))
    if wish.kind == GiftKind.GOODS and wish.aid_type is None:
        raise GiftRefusedError(_("Say which kind of aid the packages are."))
    if wish.aid_type and wish.aid_type.programme_id != programme.pk:
        raise GiftRefusedError(_("Choose a kind of aid of this programme."))
    if wish.area and not within(wish.area.pk, programme.root_region_id):
        raise GiftRefusedError(
            _("%(area)s lies outside this programme.") % {"area": wish.area.name}
        )
    kinds = programme.target_kinds
    if wish.target_kind and not kinds.filter(pk=wish.target_kind.pk).exists():
        raise GiftRefusedError(_("Choose a kind of place of this programme."))


def _check_donor(donor: Collaborator, aggregator: Collaborator) -> None:
    if donor.verification == Verification.REFUSED:
        raise GiftRefusedError(
            _("“%(name)s” was refused by the working group, so it cannot give here.")
            % {"name": donor.name}
        )
    if donor.pk == aggregator.pk:
        raise GiftRefusedError(
            _("An aggregator cannot give to itself. What is its own, it commits itself.")
        )


def _fingerprint(
    programme: Programme,
    donor: Collaborator | Applicant,
    aggregator: Collaborator,
    wish: Wish,
    proof: bytes,
) -> str:
    return fingerprint(
        action="declare",
        programme=programme.pk,
        donor=donor.pk if isinstance(donor, Collaborator) else vars(donor),
        aggregator=aggregator.pk,
        wish={name: getattr(value, "pk", value) for name, value in sorted(vars(wish).items())},
        proof=sha256(proof).hexdigest(),
    )
