"""Numbers that open the rows they are the sum of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from ksbb.portal.forms.behind import MEASURES
from ksbb.programmes.words import amount
from ksbb.reports.series import Point
from ksbb.shared.formats import percent

if TYPE_CHECKING:
    from django.template.context import Context
    from django.utils.safestring import SafeString

    from ksbb.reports.cells import Sums
    from ksbb.reports.enums import Measure

register = template.Library()

_HERE: Final = "TAHAP"
"""Where the name of a number stands in the address that all numbers of a row share."""

_NAMES: Final = {measure.value: name for name, measure in MEASURES.items()}


@register.simple_tag(takes_context=True)
def behind(context: Context, measure: Measure | str, **narrowed: object) -> str:
    """Return the address of the rows behind a number of this page's question."""
    name = _NAMES.get(str(measure), str(measure))
    return f"{reverse('portal:rows')}?{_query(context, tahap=name, **narrowed)}"


@register.simple_tag(takes_context=True)
def cells(context: Context, sums: Sums | Point, **narrowed: object) -> SafeString:
    """Write the cells of one row of a table, each number leading to its rows.

    A page has hundreds of them, so they are written without a template of their own. `data-name`
    is the head of the column, for a phone on which each row is a list.
    """
    fields = {
        "kebutuhan": (_("Need"), sums.quantity),
        "komitmen": (_("Committed"), sums.committed),
        "disalurkan": (_("Delivered"), sums.delivered),
        "diterima": (_("Received"), sums.received),
        "kurang": (_("Still missing"), sums.open),
    }
    kinds = {one.slug: one for one in context["scope"].aid_types}
    aid_type = kinds.get(str(narrowed.get("bantuan")), context["aid_type"])
    before, after = _query(context, tahap=_HERE, **narrowed).split(_HERE)
    address = f"{reverse('portal:rows')}?{before}"
    numbers = format_html_join(
        "",
        '<td class="right number" data-name="{}"><a href="{}{}{}">{}</a></td>',
        (
            (head, address, name, after, amount(value, aid_type))
            for name, (head, value) in fields.items()
        ),
    )
    return numbers if isinstance(sums, Point) else format_html("{}{}", numbers, _covered(sums))


def _covered(sums: Sums) -> SafeString:
    share = "–" if sums.coverage is None else percent(sums.coverage)
    return format_html('<td class="right number" data-name="{}">{}</td>', _("Covered"), share)


def _query(context: Context, **narrowed: object) -> str:
    question: dict[str, object] = context["question"] | narrowed
    return urlencode({name: str(value) for name, value in question.items() if value})
