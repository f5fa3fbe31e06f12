"""What can be done to the lines of a package besides typing a quantity."""

from __future__ import annotations

from collections.abc import Sequence

from ksbb.needs.models import Need
from ksbb.portal.giving.draft import Draft


def drop(draft: Draft, typed: str) -> None:
    """Take a need out of the package; an unknown key changes nothing."""
    draft.lines = {need: count for need, count in draft.lines.items() if str(need) != typed}


def move_rest(draft: Draft, source: Need, place: Need) -> None:
    """Bring what a line cannot take any more to another place, as far as that one is open.

    What fits there neither stays where it was, so that its giver decides about it.
    """
    rest = draft.lines[source.pk] - int(source.open)
    taken = draft.lines.get(place.pk, 0)
    fits = min(rest, int(place.open) - taken)
    if fits <= 0:
        return
    draft.lines[source.pk] -= fits
    draft.lines[place.pk] = taken + fits
    draft.lines = {need: count for need, count in draft.lines.items() if count}


def named_pair(typed: str, needs: Sequence[Need]) -> tuple[Need, Need] | None:
    """Return the two needs of ``"12:34"``, or None unless both lack the same aid."""
    by_key = {str(need.pk): need for need in needs}
    keys = typed.partition(":")
    source, place = by_key.get(keys[0]), by_key.get(keys[2])
    if source is None or place is None:
        return None
    same = (source.aid_type_id, source.phase_id) == (place.aid_type_id, place.phase_id)
    return (source, place) if same else None
