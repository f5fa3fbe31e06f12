"""Words and parts for pages on which something is written into the book."""

from __future__ import annotations

from collections import Counter
from uuid import uuid4

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ksbb.commitments.models import Commitment
from ksbb.deliveries.models import Delivery
from ksbb.programmes.models import AidType
from ksbb.programmes.words import amount, counted, phase_name
from ksbb.shared.formats import listing, number, signed
from ksbb.web.acting import KEY, SEEN

register = template.Library()

register.filter("phase_name", phase_name)
register.filter("amount", amount)
register.filter("counted", counted)


@register.inclusion_tag("web/form_head.html", takes_context=True)
def form_head(context: template.Context) -> dict[str, object]:
    """Write the hidden fields of every form: protection, a new request key, what was seen."""
    return {
        "csrf_token": context.get("csrf_token"),
        "fields": {
            KEY: uuid4(),
            SEEN: context.get("seen", 0),
            # What else a page wants all its forms to bring along.
            **(context.get("carried") or {}),
        },
    }


@register.filter
def promised(commitment: Commitment) -> str:
    """Return what a commitment stands for, or stood for before it was closed, by aid type."""
    sums = Counter[AidType]()
    for line in commitment.lines.all():
        sums[line.need.aid_type] += line.committed or line.quantity
    return listing(counted(quantity, aid_type) for aid_type, quantity in sums.items())


@register.filter
def destination(commitment: Commitment) -> str:
    """Return the name of the one place a commitment goes to, or how many there are."""
    names = {line.need.target_id: line.need.target.name for line in commitment.lines.all()}
    if len(names) == 1:
        return next(iter(names.values()))
    return ngettext("%(count)s place", "%(count)s places", len(names)) % {
        "count": number(len(names))
    }


@register.filter
def carried(delivery: Delivery) -> str:
    """Return what a delivery brings or brought, by aid type."""
    done = bool(delivery.done_at)
    return listing(
        counted(line.quantity if done else line.planned, line.line.need.aid_type)
        for line in delivery.lines.all()
        if not done or line.quantity
    )


@register.filter
def differing(delivery: Delivery) -> str:
    """Return both words where they differ and nobody has settled it, by line; "" elsewhere."""
    return listing(
        _("%(aid)s: handed over %(recorded)s, received %(counted)s (%(apart)s)")
        % {
            "aid": line.line.need.aid_type.name,
            "recorded": number(line.quantity),
            "counted": number(line.receipt_line.quantity),
            "apart": signed(line.surplus or -line.difference),
        }
        for line in delivery.lines.all()
        if line.surplus or line.difference
    )


@register.filter
def missing(delivery: Delivery) -> str:
    """Return what was handed over and is not confirmed: `−20`, by line; "" where all is."""
    open_lines = (line.difference for line in delivery.lines.all())
    return listing(f"−{number(quantity)}" for quantity in open_lines if quantity)
