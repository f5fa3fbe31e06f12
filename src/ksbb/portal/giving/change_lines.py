"""What can be done to the lines of a package besides typing a quantity."""

from __future__ import annotations

from collections.abc import Sequence

from ksbb.needs.models import Need
from ksbb.portal.giving.draft import Draft


def drop(draft: Draft, typed: str) -> None:
    """Take a need out of the package; an unknown key changes nothing."""
    draft.lines = {need: count for need, count in draft.lines.items() if str(need) != typed}


def cut_to_open(draft: Draft, need: Need) -> int:
    """Reduce a line to what is still open and return what it lost; a full place leaves."""
    wanted = draft.lines.pop(need.pk)
    if kept := min(wanted, int(need.open)):
        draft.lines[need.pk] = kept
    return wanted - kept


def move_rest(draft: Draft, source: Need, place: Need) -> None:
    """Bring what a line cannot take any more to another place, as far as that one is open."""
    rest = cut_to_open(draft, source)
    taken = draft.lines.get(place.pk, 0)
    if fits := max(min(rest, int(place.open) - taken), 0):
        draft.lines[place.pk] = taken + fits


def named_pair(typed: str, needs: Sequence[Need]) -> tuple[Need, Need] | None:
    """Return the two needs of ``"12:34"``, or None unless both lack the same aid."""
    by_key = {str(need.pk): need for need in needs}
    keys = typed.partition(":")
    source, place = by_key.get(keys[0]), by_key.get(keys[2])
    if source is None or place is None:
        return None
    same = (source.aid_type_id, source.phase_id) == (place.aid_type_id, place.phase_id)
    return (source, place) if same else None
