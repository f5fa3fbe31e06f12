"""Where money stands now as the parts of one bar, with widths that add up to the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from ksbb.funds.queries_money import Money


class Segment(NamedTuple):
    """One part: its class in the style sheet, its word, rupiah, and its place in SVG."""

    name: str
    word: str
    rupiah: int
    x: str
    width: str


def segments(money: Money) -> list[Segment]:
    """Return the parts of what was received, from what has arrived to what is not spent."""
    parts = (
        ("received", _("Handed over in packages"), money.delivered),
        ("delivered", _("Set aside for places"), money.set_aside),
        ("committed", _("In stock"), money.in_stock),
        ("costs", _("Operating costs"), money.costs),
        ("lost", _("Lost or spoiled"), money.lost),
        ("unspent", _("Not spent yet"), money.unspent),
    )
    found, before = [], 0
    for name, word, amount in parts:
        found.append(Segment(name, word, amount, _share(before, money), _share(amount, money)))
        before += amount
    return found


def _share(amount: int, money: Money) -> str:
    return f"{amount / money.received * 100:.2f}%" if money.received else "0%"
