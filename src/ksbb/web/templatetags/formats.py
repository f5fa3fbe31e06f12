"""Numbers, rupiah and dates as the reader's language writes them: ``{{ need.open|number }}``."""

from django import template

from ksbb.shared import formats

register = template.Library()

for write in (
    formats.number,
    formats.signed,
    formats.decimal,
    formats.percent,
    formats.rupiah,
    formats.day,
    formats.weekday,
    formats.moment,
    formats.listing,
    formats.distance,
):
    register.filter(write.__name__, write)
