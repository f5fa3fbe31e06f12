"""Acts of the scenario that are told and not drawn."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from ksbb.demo.book import Cell
from ksbb.demo.cast import BBN
from ksbb.demo.hours import within
from ksbb.demo.promises import Cut, HandOver, Line, Promise
from ksbb.demo.setting import LEBARAN, SEMBAKO
from ksbb.demo.words import REJECTIONS, WITHDRAWALS
from ksbb.shared.clock import WIB

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from random import Random

    from ksbb.demo.slots import Slot

BBN_AT: Final = datetime(2020, 5, 2, 10, 24, tzinfo=WIB)
BBN_DAY: Final = date(2020, 5, 3)
BBN_QUANTITY: Final = 600
BBN_PHASE: Final = 2
BBN_REMARK: Final = (
    "Beras, minyak goreng, makanan kaleng, dan beberapa makanan pokok lainnya "
    "untuk warga perkampungan padat di sekitar Gang Pasar Kedip."
)

REFUSALS: Final = (date(2020, 5, 5), date(2020, 5, 10), date(2020, 5, 18))
"""Days on which an unknown organisation promises something and is rejected hours later."""
REFUSED_QUANTITY: Final = 50


def bbn_promise(place: str, code: str) -> Promise:
    """Return the 600 packages of the founding press release, for Sunday afternoon, 3 May.

    Published: who, how many, what, Kebayoran Lama, and the afternoon. The RW and the minutes are
    ours.
    """
    brought_at = datetime(2020, 5, 3, 15, 50, tzinfo=WIB)
    hand_over = HandOver(
        place=place, done_at=brought_at, confirmed_at=brought_at + timedelta(minutes=85)
    )
    return Promise(
        code=code,
        giver=BBN.slug,
        phase=BBN_PHASE,
        lines=(Line(Cell(place, BBN_PHASE, SEMBAKO), BBN_QUANTITY),),
        created_at=BBN_AT,
        planned_for=BBN_DAY,
        window="AFTERNOON",
        is_first=True,
        is_example=False,
        remark=BBN_REMARK,
        accepted_at=BBN_AT + timedelta(hours=2, minutes=11),
        agreed_for=BBN_DAY,
        scheduled_at=BBN_AT + timedelta(hours=5, minutes=3),
        hand_overs=[hand_over],
    )


def refused_promise(giver: str, cell: Cell, slot: Slot, code: str) -> Promise:
    """Return a promise that is made and rejected within the slot, so that no figure sees it."""
    created_at = slot.start.replace(hour=10, minute=7, second=0)
    quantities = {0: REFUSED_QUANTITY}
    return Promise(
        code=code,
        giver=giver,
        phase=cell.phase,
        lines=(Line(cell, REFUSED_QUANTITY),),
        created_at=created_at,
        planned_for=created_at.date() + timedelta(days=1),
        window="MORNING",
        cuts=[Cut(created_at + timedelta(hours=5), "reject", quantities, REJECTIONS[0])],
    )


def withdraw(
    promises: Sequence[Promise], surplus: int, slot: Slot, rng: Random
) -> Iterator[tuple[Promise, Cut]]:
    """Yield cancellations of Lebaran packages that add up to the surplus, large ones first.

    The published figure falls from 20,702 (6 May) to 12,094 (12 May); nobody said why.
    """
    for promise in sorted(promises, key=lambda promise: (-_lebaran(promise), promise.code)):
        if surplus <= 0:
            return
        if not _lebaran(promise) or not _is_untouched(promise, slot):
            continue
        quantities = {}
        for position, line in enumerate(promise.lines):
            if line.cell.aid == LEBARAN and surplus > 0:
                quantities[position] = min(line.quantity, surplus)
                surplus -= quantities[position]
        at = within(slot.start + timedelta(hours=10), slot.end, rng)
        yield promise, Cut(at, "cancel", quantities, rng.choice(WITHDRAWALS))


def _lebaran(promise: Promise) -> int:
    return sum(line.quantity for line in promise.lines if line.cell.aid == LEBARAN)


def _is_untouched(promise: Promise, slot: Slot) -> bool:
    """Tell whether a promise is neither a collaborator's first nor cut nor brought yet."""
    if promise.is_first or promise.cuts or not promise.hand_overs:
        return False
    return promise.created_at < slot.start and slot.end < promise.hand_overs[0].done_at
