"""The statement of a period in words: one list of figures for page, workbook and document."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from ksbb.funds.enums import AccountKind
from ksbb.funds.queries_statement import RUPIAH
from ksbb.shared.clock import in_wib
from ksbb.shared.formats import day, number, percent, rupiah, span

if TYPE_CHECKING:
    from ksbb.funds.queries_statement import Costs, Statement
    from ksbb.programmes.models import AidType


class Figure(NamedTuple):
    """One figure: what it is, its unit, its stage, and whether it is of a moment or of a span.

    Outgoing amounts are below zero, so that opening and flows add up to closing.
    """

    name: str
    amount: int
    unit: str
    stage: str
    when: str

    @property
    def in_words(self) -> str:
        """The amount as the reader writes it, with its unit."""
        is_money = self.unit == _("rupiah")
        return rupiah(self.amount) if is_money else f"{number(self.amount)} {self.unit}"


class Section(NamedTuple):
    """Figures of one unit, from what stood before to what stands after."""

    name: str
    figures: list[Figure]


def days_of(found: Statement) -> tuple[date, date]:
    """Return the first and the last day of the period."""
    return in_wib(found.since).date(), in_wib(found.until).date() - timedelta(days=1)


def sections(found: Statement) -> list[Section]:
    """Return money first, then each kind of aid."""
    goods = [_goods(found, one) for one in found.aid_types]
    return [_money(found), *(section for section in goods if section)]


def costs_in_words(costs: Costs) -> str:
    """Return the operating costs of a programme beside its cap, as one sentence."""
    words = {
        "programme": costs.programme.name,
        "costs": rupiah(costs.costs),
        "share": percent(costs.share),
        "cap": costs.programme.cost_cap_percent,
    }
    if costs.passes_cap:
        return (
            _(
                "%(programme)s: operating costs are %(costs)s, %(share)s of what was received and "
                "above the %(cap)s%% the law allows."
            )
            % words
        )
    return (
        _(
            "%(programme)s: operating costs are %(costs)s, %(share)s of what was received; the "
            "law allows at most %(cap)s%%."
        )
        % words
    )


def _money(found: Statement) -> Section:
    before, after, inside = _moments(found)
    unit = _("rupiah")

    def flow(name: str, amount: int, stage: str) -> Figure:
        return Figure(name, amount, unit, stage, inside)

    given = found.net(RUPIAH, AccountKind.GIVEN, AccountKind.CASH)
    bought = found.net(RUPIAH, AccountKind.CASH, AccountKind.STOCK)
    costs = found.net(RUPIAH, AccountKind.CASH, AccountKind.COSTS)
    unspent = _("not spent")
    return Section(
        _("Money"),
        [
            Figure(
                _("Opening balance"),
                found.opening[RUPIAH, AccountKind.CASH],
                unit,
                unspent,
                before,
            ),
            flow(_("Gifts received"), given, _("confirmed")),
            flow(_("Packages bought"), -bought, _("paid")),
            flow(_("Operating costs"), -costs, _("paid")),
            Figure(
                _("Closing balance"), found.closing[RUPIAH, AccountKind.CASH], unit, unspent, after
            ),
        ],
    )


def _goods(found: Statement, aid_type: AidType) -> Section | None:
    before, after, inside = _moments(found)
    unit, key = _("packages"), aid_type.pk
    stock, aside = AccountKind.STOCK, AccountKind.ALLOTTED

    def at(name: str, amount: int, stage: str, when: str) -> Figure:
        return Figure(name, amount, unit, stage, when)

    figures = [
        at(_("Opening stock"), found.opening[key, stock], _("in stock"), before),
        at(_("Bought"), found.net(key, AccountKind.BOUGHT, stock), _("in stock"), inside),
        at(_("Given as goods"), found.net(key, AccountKind.GIVEN, stock), _("in stock"), inside),
        at(_("Set aside for places"), -found.net(key, stock, aside), _("committed"), inside),
        at(_("Lost or spoiled"), -found.net(key, stock, AccountKind.LOST), _("lost"), inside),
        at(_("Closing stock"), found.closing[key, stock], _("in stock"), after),
        at(
            _("Handed over"),
            found.net(key, aside, AccountKind.DELIVERED),
            _("delivered"),
            inside,
        ),
        at(_("Still set aside"), found.closing[key, aside], _("committed"), after),
    ]
    name = f"{aid_type.name} ({aid_type.programme.name})"
    return Section(name, figures) if any(figure.amount for figure in figures) else None


def _moments(found: Statement) -> tuple[str, str, str]:
    """Return the words for the beginning, the end, and the span between."""
    first, last = days_of(found)
    return (
        _("beginning of %(day)s") % {"day": day(first)},
        _("end of %(day)s") % {"day": day(last)},
        span(first, last),
    )
