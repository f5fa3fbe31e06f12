"""Numbers that open the rows they are the sum of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import template
from django.urls import reverse
from django.utils.http import urlencode

from ksbb.portal.forms.behind import MEASURES
from ksbb.shared.formats import number

if TYPE_CHECKING:
    from django.template.context import Context

    from ksbb.reports.cells import Sums
    from ksbb.reports.enums import Measure

register = template.Library()

_NAMES: Final = {measure.value: name for name, measure in MEASURES.items()}


@register.simple_tag(takes_context=True)
def behind(context: Context, measure: Measure | str, **narrowed: object) -> str:
    """Return the address of the rows behind a number of this page's question."""
    name = _NAMES.get(str(measure), str(measure))
    return f"{reverse('portal:rows')}?{_query(context, tahap=name, **narrowed)}"


@register.inclusion_tag("portal/achievement/cells.html", takes_context=True)
def cells(context: Context, sums: Sums, **narrowed: object) -> dict[str, Any]:
    """Write the cells of one row of a table, each number leading to its rows."""
    fields = {
        "kebutuhan": sums.quantity,
        "komitmen": sums.committed,
        "disalurkan": sums.delivered,
        "diterima": sums.received,
        "kurang": sums.open,
    }
    numbers = [
        (f"{reverse('portal:rows')}?{_query(context, tahap=name, **narrowed)}", number(value))
        for name, value in fields.items()
    ]
    return {"numbers": numbers, "coverage": getattr(sums, "coverage", None)}


def _query(context: Context, **narrowed: object) -> str:
    question: dict[str, object] = context["question"] | narrowed
    return urlencode({name: str(value) for name, value in question.items() if value})
