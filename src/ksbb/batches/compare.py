"""What a row does to the book: nothing is written here, and the same row always gives the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ksbb.batches.book import Book, Terms
from ksbb.batches.enums import READABLE, Decision, Effect
from ksbb.needs.enums import Verification
from ksbb.needs.queries_rule import Counts, counts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ksbb.batches.models import BatchRow
    from ksbb.needs.models import Need, Target

Values = dict[str, Any]

COUNTS: Final = ("families", "residents")
POINT: Final = ("lat", "lon")
NEAR: Final = 0.000_01
"""Degrees, about a metre: two points that are nearer are the same."""

OLDER: Final = "older"
UNDER_COMMITTED: Final = "under_committed"
BY_HAND: Final = "by_hand"
REFUSED_PLACE: Final = "refused_place"
NEW_NEEDS: Final = "new_needs"
NO_SUCH_KIND: Final = "no_such_kind"
NO_COUNT: Final = "no_count"
TWICE: Final = "place_twice"
OUTSIDE_AREA: Final = "outside_area"

HOLDING: Final = frozenset({OLDER, UNDER_COMMITTED})
"""Remarks after which a row waits for a decision; all others are only said."""


def compare(rows: Sequence[BatchRow], terms: Terms, *, lock: bool = False) -> None:
    """Write into each row what it does to the book as that stands now.

    With `lock` the places are held until the transaction ends; their needs are held before.
    """
    book = Book(rows, lock=lock)
    for row in rows:
        _compare(row, book, terms)


def outcome(row: BatchRow) -> tuple[object, ...]:
    """Return all that the preview promises of a row, to be compared with what holds now."""
    return (row.effect, row.target_code, row.before, row.after, row.needs, row.held)


def _compare(row: BatchRow, book: Book, terms: Terms) -> None:
    row.target_code, row.before, row.after, row.needs, row.held = "", None, None, [], []
    row.effect = Effect.REFUSED
    if terms.area and terms.leaves_out(row.village):
        row.held = [{"code": OUTSIDE_AREA, "area": terms.area.name}]
        return
    if row.status not in READABLE or not row.place:
        return
    kind = terms.kinds.get(row.kind)
    if kind is None:
        row.held = [{"code": NO_SUCH_KIND}]
        return
    target = book.find(row.place)
    said = _said(row, terms)
    if target is None:
        _new(row, said)
    else:
        _known(row, target, said, book, terms)


def _new(row: BatchRow, said: Values) -> None:
    """Take a place nobody has entered yet; without any count it would lack nothing."""
    if all(said[name] is None for name in COUNTS):
        row.held = [{"code": NO_COUNT}]
        return
    row.effect, row.after = Effect.NEW, said


def _said(row: BatchRow, terms: Terms) -> Values:
    counted_on = row.counted_on or terms.counted_on
    has_point = row.lat is not None and row.lon is not None
    return {
        "families": row.families,
        "residents": row.residents,
        "address": row.address,
        "lat": round(row.lat, 6) if has_point and row.lat is not None else None,
        "lon": round(row.lon, 6) if has_point and row.lon is not None else None,
        "counted_on": counted_on.isoformat() if counted_on else None,
        "source": terms.source,
    }


def _known(row: BatchRow, target: Target, said: Values, book: Book, terms: Terms) -> None:
    row.target_code, row.effect = target.code, Effect.UNCHANGED
    stands = standing(target)
    changes = _changes(stands, said)
    if not changes:
        return
    row.effect = Effect.CHANGED
    row.before = {name: stands[name] for name in changes}
    row.after = changes
    row.held = [*_about_place(target, stands, said, changes)]
    if target.verification == Verification.VERIFIED:
        _follow(row, target, changes, book, terms)
    if any(remark["code"] in HOLDING for remark in row.held):
        row.effect = Effect.HELD


def standing(target: Target) -> Values:
    """Return what the book says of a place, in the form in which a batch keeps it."""
    return {
        "families": target.families,
        "residents": target.residents,
        "address": target.address,
        "lat": target.lat,
        "lon": target.lon,
        "counted_on": target.counted_on.isoformat() if target.counted_on else None,
        "source": target.source,
    }


def _changes(stands: Values, said: Values) -> Values:
    """Return what becomes different; what a row does not say stays as it is."""
    changes = {
        name: said[name]
        for name in (*COUNTS, "address")
        if said[name] not in {None, ""} and said[name] != stands[name]
    }
    if _moves(stands, said):
        changes |= {name: said[name] for name in POINT}
    recounted = any(name in changes for name in COUNTS)
    confirmed = (
        not recounted
        and any(said[name] is not None for name in COUNTS)
        and said["counted_on"] is not None
        and said["counted_on"] > (stands["counted_on"] or "")
    )
    if recounted or confirmed:
        # The day and the source belong to the count: an old day must not stand by a new number.
        changes |= {
            name: said[name] for name in ("counted_on", "source") if said[name] != stands[name]
        }
    return changes


def _moves(stands: Values, said: Values) -> bool:
    if said["lat"] is None:
        return False
    if stands["lat"] is None:
        return True
    return any(abs(said[name] - stands[name]) > NEAR for name in POINT)


def _about_place(
    target: Target, stands: Values, said: Values, changes: Values
) -> Iterator[dict[str, Any]]:
    if target.verification == Verification.REFUSED:
        yield {"code": REFUSED_PLACE}
    days = (said["counted_on"], stands["counted_on"])
    if any(name in changes for name in COUNTS) and all(days) and days[0] < days[1]:
        yield {"code": OLDER, "said": days[0], "stands": days[1]}


def _follow(row: BatchRow, target: Target, changes: Values, book: Book, terms: Terms) -> None:
    """Let the needs of a verified place follow the rules, as far as commitments allow."""
    if not any(name in changes for name in COUNTS):
        return
    before = counts_of(target)
    after = Counts(*(changes.get(name, getattr(before, name)) for name in COUNTS))
    was, becomes = (terms.rules.wanted(target.kind_id, counts) for counts in (before, after))
    for need in book.needs_of(target):
        slot = (need.phase_id, need.aid_type_id)
        if slot in becomes and becomes[slot] != was[slot]:
            _follow_one(row, need, was[slot], becomes[slot])
    known = {(need.phase_id, need.aid_type_id) for need in book.needs_of(target)}
    if any(quantity and slot not in known for slot, quantity in becomes.items()):
        row.held.append({"code": NEW_NEEDS})


def _follow_one(row: BatchRow, need: Need, was: int, becomes: int) -> None:
    if need.quantity == becomes:
        return
    if need.quantity != was:
        row.held.append({"code": BY_HAND, "need": need.pk, "quantity": need.quantity})
    elif becomes < need.committed:
        row.held.append(
            {
                "code": UNDER_COMMITTED,
                "need": need.pk,
                "quantity": need.quantity,
                "wanted": becomes,
                "committed": need.committed,
            }
        )
    else:
        row.needs.append([need.pk, need.quantity, becomes])


def needs_after(row: BatchRow) -> list[tuple[int, int, int]]:
    """Return need, quantity before and after for a row, with what was decided about it."""
    if row.decision == Decision.COUNT:
        return []
    lowered = [
        (remark["need"], remark["quantity"], max(remark["wanted"], remark["committed"]))
        for remark in row.held
        if remark["code"] == UNDER_COMMITTED
    ]
    return [*((need, old, new) for need, old, new in row.needs), *lowered]
