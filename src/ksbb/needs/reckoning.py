"""What the rules of a programme make of the counts of all its places, in one statement each.

A need is count × multiplier × days ÷ divisor, rounded up (`programmes.rules.needed_quantity` says
the same for one number). A rule for one phase takes the place of that for all phases.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.db import connection
from django.db.models import Q

from ksbb.needs.actions.adjust import MAX_QUANTITY
from ksbb.needs.models import Need
from ksbb.programmes.enums import Basis

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from ksbb.audit.models import Entry
    from ksbb.needs.models import Target
    from ksbb.programmes.actions.rule import Formula
    from ksbb.programmes.models import AidType, Phase, Programme

BY_RULE: Final = "rule"
"""The reason of an adjustment that only follows a rule of the programme."""

_DAYS: Final = {
    "sqlite": "CAST(julianday(p.ends_on) - julianday(p.starts_on) + 1 AS integer)",
    "postgresql": "(p.ends_on - p.starts_on + 1)",
}
_COUNT: Final = "CASE r.basis WHEN 'FAMILIES' THEN t.families ELSE t.residents END"
_RECKONED: Final = """
    SELECT t.id AS target_id, p.id AS phase_id, p.number, r.aid_type_id,
        (
            CAST({count} AS bigint) * r.multiplier * CASE WHEN r.per_day THEN {days} ELSE 1 END
            + r.divisor - 1
        ) / r.divisor AS quantity
    FROM needs_target t
    JOIN programmes_programme_target_kinds k
        ON k.targetkind_id = t.kind_id AND k.programme_id = %(programme)s
    JOIN programmes_needrule r
        ON r.programme_id = k.programme_id AND r.target_kind_id = t.kind_id
    JOIN programmes_phase p
        ON p.programme_id = r.programme_id
        AND (r.phase_id = p.id OR (r.phase_id IS NULL AND NOT EXISTS (
            SELECT 1 FROM programmes_needrule s
            WHERE s.programme_id = r.programme_id AND s.target_kind_id = r.target_kind_id
                AND s.aid_type_id = r.aid_type_id AND s.phase_id = p.id
        )))
    WHERE t.verification = 'VERIFIED' AND {count} > 0
        AND (t.region_id = %(root)s OR t.region_id LIKE %(below)s)
"""
_STANDING: Final = """
    needs_need n WHERE n.target_id = q.target_id AND n.phase_id = q.phase_id
        AND n.aid_type_id = q.aid_type_id
"""


@dataclass(frozen=True, kw_only=True)
class Extent:
    """Of what needs are reckoned: a programme, and if asked one place, one phase or late phases."""

    programme: Programme
    only: Target | None = None
    phase: Phase | None = None
    since: date | None = None
    """Phases that end before this day are left out."""

    def statement(self) -> str:
        """Return the SELECT of target, phase, number, aid type and quantity."""
        more = {
            "AND t.id = %(only)s": self.only,
            "AND p.id = %(phase)s": self.phase,
            "AND p.ends_on >= %(since)s": self.since,
        }
        days = _DAYS[connection.vendor]
        chosen = [words for words, wanted in more.items() if wanted]
        return " ".join((_RECKONED.format(count=_COUNT, days=days), *chosen))

    def parameters(self) -> dict[str, Any]:
        """Return what the statement is filled with."""
        root = self.programme.root_region_id
        return {
            "programme": self.programme.pk,
            "root": root,
            "below": f"{root}.%",
            "only": self.only and self.only.pk,
            "phase": self.phase and self.phase.pk,
            "since": self.since and self.since.isoformat(),
            "most": MAX_QUANTITY,
        }


class NewNeeds(NamedTuple):
    """What publishing would add in one phase for one kind of aid."""

    phase_id: int
    aid_type_id: int
    standing: int
    """Needs that stand already, and are left as they are."""
    new: int
    quantity: int
    """The sum of the new ones."""
    too_large: int
    """Places whose need would pass the largest quantity; they get none."""


def preview_new(extent: Extent) -> list[NewNeeds]:
    """Return what would be added by phase and kind of aid, without writing anything."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT q.phase_id, q.aid_type_id, count(n.id),
                sum(CASE WHEN n.id IS NULL AND q.quantity <= %(most)s THEN 1 ELSE 0 END),
                sum(CASE WHEN n.id IS NULL AND q.quantity <= %(most)s THEN q.quantity ELSE 0 END),
                sum(CASE WHEN n.id IS NULL AND q.quantity > %(most)s THEN 1 ELSE 0 END)
            FROM ({extent.statement()}) q
            LEFT JOIN needs_need n ON n.target_id = q.target_id AND n.phase_id = q.phase_id
                AND n.aid_type_id = q.aid_type_id
            GROUP BY q.number, q.phase_id, q.aid_type_id ORDER BY q.number, q.aid_type_id
            """,  # noqa: S608 - no part of it comes from outside
            extent.parameters(),
        )
        return [NewNeeds(*map(int, row)) for row in cursor.fetchall()]


def insert_missing(extent: Extent) -> int:
    """Add the needs that do not stand yet, still without a quantity; return how many.

    The caller holds the programme, so nobody else adds needs to it meanwhile.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO needs_need (target_id, phase_id, aid_type_id)
            SELECT q.target_id, q.phase_id, q.aid_type_id FROM ({extent.statement()}) q
            WHERE q.quantity <= %(most)s AND NOT EXISTS (SELECT 1 FROM {_STANDING})
            ORDER BY q.target_id, q.aid_type_id, q.number
            """,  # noqa: S608 - as above
            extent.parameters(),
        )
        return int(cursor.rowcount)


def fill_missing(extent: Extent, entry: Entry) -> None:
    """Give the needs that were just added the quantity their rule reckons."""
    at = connection.ops.adapt_datetimefield_value(entry.at)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO needs_needadjustment (need_id, delta, at, reason, entry_id)
            SELECT n.id, q.quantity, %(at)s, %(reason)s, %(entry)s
            FROM ({extent.statement()}) q
            JOIN needs_need n ON n.target_id = q.target_id AND n.phase_id = q.phase_id
                AND n.aid_type_id = q.aid_type_id
            WHERE n.quantity = 0 AND n.committed = 0
                AND NOT EXISTS (SELECT 1 FROM needs_needadjustment a WHERE a.need_id = n.id)
            ORDER BY n.id
            """,  # noqa: S608 - as above
            extent.parameters() | {"at": at, "reason": BY_RULE, "entry": entry.pk},
        )


class Slot(NamedTuple):
    """The needs of one kind of place, in one phase, of one kind of aid, and two ways to reckon."""

    kind_id: int
    phase: Phase
    aid_type: AidType
    before: Formula
    after: Formula
    days_before: int
    days_after: int


class Change(NamedTuple):
    """What another way to reckon does to the needs of a slot, or of several together."""

    changed: int = 0
    before: int = 0
    """The sum of those that change, as it stands."""
    after: int = 0
    under_committed: int = 0
    """More is committed than the new quantity: left as they are, for a decision of their own."""
    by_hand: int = 0
    """They stand otherwise than the rule says, because somebody set them: left as they are."""
    not_possible: int = 0
    """No count to reckon from, or too large: left as they are."""

    @property
    def left(self) -> int:
        """How many needs stay as they are although the rule changes."""
        return self.under_committed + self.by_hand + self.not_possible


def preview_change(slots: Iterable[Slot]) -> Change:
    """Return what a change does to all needs of the slots, without writing anything."""
    total = Change()
    for slot in slots:
        with connection.cursor() as cursor:
            cursor.execute(
                f"""
                SELECT
                    sum(CASE WHEN {_MOVES} THEN 1 ELSE 0 END),
                    sum(CASE WHEN {_MOVES} THEN w.quantity ELSE 0 END),
                    sum(CASE WHEN {_MOVES} THEN w.after ELSE 0 END),
                    sum(CASE WHEN {_DIFFERS} AND w.after > 0 AND w.after < w.committed
                        THEN 1 ELSE 0 END),
                    sum(CASE WHEN w.quantity <> w.before AND w.after <> w.quantity
                        THEN 1 ELSE 0 END),
                    sum(CASE WHEN {_DIFFERS} AND (w.after < 1 OR w.after > %(most)s)
                        THEN 1 ELSE 0 END)
                FROM ({_weighed(slot)}) w
                """,  # noqa: S608 - as above
                _slot_parameters(slot),
            )
            found = [int(value or 0) for value in cursor.fetchone()]
        total = Change(*(one + more for one, more in zip(total, found, strict=True)))
    return total


def held_needs(slots: Iterable[Slot], most: int) -> list[Need]:
    """Return needs that stay although their rule changes, because more is committed to them."""
    keys: list[int] = []
    for slot in slots:
        with connection.cursor() as cursor:
            cursor.execute(
                f"""
                SELECT w.id FROM ({_weighed(slot)}) w
                WHERE {_DIFFERS} AND w.after > 0 AND w.after < w.committed
                ORDER BY w.id LIMIT %(shown)s
                """,  # noqa: S608 - as above
                _slot_parameters(slot) | {"shown": most - len(keys)},
            )
            keys += [int(key) for (key,) in cursor.fetchall()]
    found = Need.objects.filter(pk__in=keys).select_related("target", "phase", "aid_type")
    return list(found.order_by("pk"))


def follow(slots: Iterable[Slot], entry: Entry) -> None:
    """Let the needs of the slots follow their new rule, as far as commitments allow.

    The caller holds all needs of the slots (`hold`).
    """
    at = connection.ops.adapt_datetimefield_value(entry.at)
    for slot in slots:
        with connection.cursor() as cursor:
            cursor.execute(
                f"""
                INSERT INTO needs_needadjustment (need_id, delta, at, reason, entry_id)
                SELECT w.id, w.after - w.quantity, %(at)s, %(reason)s, %(entry)s
                FROM ({_weighed(slot)}) w WHERE {_MOVES} ORDER BY w.id
                """,  # noqa: S608 - as above
                _slot_parameters(slot) | {"at": at, "reason": BY_RULE, "entry": entry.pk},
            )


def hold(slots: Iterable[Slot]) -> None:
    """Lock all needs of the slots in the order of their keys; only their keys are read."""
    wanted = [
        Q(target__kind=slot.kind_id, phase=slot.phase, aid_type=slot.aid_type) for slot in slots
    ]
    if not wanted:
        return
    held = Need.objects.filter(reduce(or_, wanted)).select_for_update(of=("self",), no_key=True)
    held = held.order_by("pk")
    for _key in held.values_list("pk", flat=True).iterator(chunk_size=10_000):
        pass


_DIFFERS: Final = "w.quantity = w.before AND w.after <> w.quantity"
_MOVES: Final = f"{_DIFFERS} AND w.after >= w.committed AND w.after BETWEEN 1 AND %(most)s"
_OF_COUNT: Final = {Basis.FAMILIES: "t.families", Basis.RESIDENTS: "t.residents"}


def _weighed(slot: Slot) -> str:
    before, after = _of(slot.before, "before"), _of(slot.after, "after")
    return f"""
        SELECT n.id, n.quantity, n.committed, {before} AS before, {after} AS after
        FROM needs_need n JOIN needs_target t ON t.id = n.target_id
        WHERE n.phase_id = %(phase)s AND n.aid_type_id = %(aid_type)s AND t.kind_id = %(kind)s
    """  # noqa: S608 - as above


def _of(formula: Formula, name: str) -> str:
    count = f"CAST(coalesce({_OF_COUNT[formula.basis]}, 0) AS bigint)"
    return f"({count} * %({name}_times)s + %({name}_by)s - 1) / %({name}_by)s"


def _slot_parameters(slot: Slot) -> dict[str, Any]:
    return {
        "kind": slot.kind_id,
        "phase": slot.phase.pk,
        "aid_type": slot.aid_type.pk,
        "before_times": _times(slot.before, slot.days_before),
        "before_by": slot.before.divisor,
        "after_times": _times(slot.after, slot.days_after),
        "after_by": slot.after.divisor,
        "most": MAX_QUANTITY,
    }


def _times(formula: Formula, days: int) -> int:
    return formula.multiplier * (days if formula.per_day else 1)
