"""Rows of the book as the public may read them: no contact, no remark, no unwanted name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from ksbb.commitments.enums import State
from ksbb.commitments.models import Movement
from ksbb.needs.enums import Verification
from ksbb.needs.models import Need, NeedAdjustment
from ksbb.portal.places import where_of
from ksbb.programmes.models import Phase
from ksbb.reports.behind import Line


class RowInWords(NamedTuple):
    """One row. `code` and `giver_slug` are "" where there is no page to open."""

    at: datetime
    delta: int
    what: str
    place: str
    place_code: str
    has_page: bool
    where: str
    phase: Phase
    giver: str
    giver_slug: str
    code: str


def in_words(lines: Sequence[Line]) -> list[RowInWords]:
    """Return the rows with their words, in the given order."""
    where = where_of([_need(line.row).target for line in lines])
    return [_told(line, where) for line in lines]


def _need(row: Movement | NeedAdjustment) -> Need:
    return row.line.need if isinstance(row, Movement) else row.need


def _told(line: Line, where: dict[int, str]) -> RowInWords:
    need = _need(line.row)
    giver, giver_slug, code = _who(line.row)
    return RowInWords(
        at=line.row.at,
        delta=line.delta,
        what=_what(line.row),
        place=need.target.name,
        place_code=need.target.code,
        has_page=need.target.verification == Verification.VERIFIED,
        where=where[need.target_id],
        phase=need.phase,
        giver=giver,
        giver_slug=giver_slug,
        code=code,
    )


def _what(row: Movement | NeedAdjustment) -> str:
    # The reason of a change is typed freely and may name a person: it stays at the desk.
    if isinstance(row, NeedAdjustment):
        return _("need published") if row.delta > 0 else _("need lowered")
    return row.get_reason_display()


def _who(row: Movement | NeedAdjustment) -> tuple[str, str, str]:
    """Return the giver's public name, the slug of its page, and the commitment's code."""
    if isinstance(row, NeedAdjustment):
        return "", "", ""
    commitment = row.line.commitment
    if commitment.state == State.DRAFT:
        return _("being filled in"), "", ""
    giver = commitment.collaborator
    return giver.public_name, giver.slug if giver.is_named else "", commitment.code
