"""Numbers, rupiah and dates as the reader's language writes them: ``{{ need.open|number }}``."""

from django import template

from ksbb.needs.small_numbers import published_count
from ksbb.shared import formats

register = template.Library()

for write in (
    formats.number,
    formats.signed,
    formats.decimal,
    formats.percent,
    formats.gini,
    formats.rupiah,
    formats.sen,
    formats.day,
    formats.weekday,
    formats.moment,
    formats.listing,
):
    register.filter(write.__name__, write)


@register.filter
def people(count: int) -> str:
    """Return a count of families or residents as the public may read it, `<5` for a small one."""
    shown = published_count(count)
    return formats.number(shown) if isinstance(shown, int) else str(shown)


@register.filter
def distance(kilometres: float) -> str:
    """Return ``350 m`` or ``1,2 km`` in one piece: a number never stands apart from its unit."""
    return formats.distance(kilometres).replace(" ", "\u00a0")
