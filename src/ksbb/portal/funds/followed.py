"""One's own gifts: where each is now, and the steps it has taken with their times."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ksbb.funds.enums import GiftState, Reason
from ksbb.funds.models import Gift
from ksbb.funds.queries_money import money_of_each
from ksbb.funds.queries_steps import steps_of
from ksbb.portal.funds.segments import Segment, segments

WORDS: Final[dict[str, str | Promise]] = {
    Reason.PURCHASE: _("Packages bought"),
    Reason.ALLOT: _("Set aside for places"),
    Reason.DELIVER: _("Handed over"),
    "RECEIVED": _("Confirmed by a place"),
}


class Step(NamedTuple):
    """One step in words, and when it happened last."""

    word: str | Promise
    at: datetime


class Followed(NamedTuple):
    """A gift, the parts its money stands in now, and its steps."""

    gift: Gift
    parts: list[Segment]
    steps: list[Step]


def followed(gifts: Sequence[Gift]) -> list[Followed]:
    """Return the gifts with where they are now and their steps, the first step first."""
    money, later = money_of_each(gifts), steps_of(gifts)
    return [
        Followed(
            gift,
            [part for part in segments(money[gift.pk]) if part.rupiah],
            [*_first(gift), *(Step(WORDS[one.name], one.at) for one in later[gift.pk])],
        )
        for gift in gifts
    ]


def _first(gift: Gift) -> list[Step]:
    steps = [Step(_("Declared"), gift.declared_at)]
    if gift.decided_at:
        word = _("Refused") if gift.state == GiftState.REFUSED else _("Confirmed")
        steps.append(Step(word, gift.decided_at))
    return steps
