"""What can be done to the lines of a package besides typing a quantity."""

from __future__ import annotations

from collections.abc import Sequence

from ksbb.needs.models import Need
from ksbb.needs.queries_list import open_needs
from ksbb.portal.giving.draft import Draft
from ksbb.programmes.models import Programme


def kind_of(need: Need) -> str:
    """Return phase and aid type as one key; a new proposal replaces lines of the same."""
    return f"{need.phase.number}/{need.aid_type.slug}"


def without_the_same(draft: Draft, programme: Programme, kind: str) -> dict[int, int]:
    """Return the lines a new proposal leaves alone: those of other aid or of another phase."""
    chosen = open_needs(list(draft.lines), programme)
    replaced = {need.pk for need in chosen if kind_of(need) == kind}
    return {need: count for need, count in draft.lines.items() if need not in replaced}


def take_instead(draft: Draft, needs: Sequence[Need], offered: dict[int, int]) -> None:
    """Cut lines to what is open and add what is offered in the place of the rest."""
    open_at = {need.pk: need.open for need in needs}
    kept = {need: min(count, open_at[need]) for need, count in draft.lines.items()}
    draft.lines = {need: count for need, count in kept.items() if count}
    for need, count in offered.items():
        draft.lines[need] = draft.lines.get(need, 0) + count


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
