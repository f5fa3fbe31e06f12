"""Words and pieces that only the public pages use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from django import template
from django.template.context import Context
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ksbb.portal.finding import facts
from ksbb.portal.giving.draft import COPY, chosen_places, copy_of
from ksbb.portal.words import phase_name
from ksbb.regions.names import short_name

register = template.Library()
register.filter("phase_name", phase_name)
register.filter("short_name", short_name)


@register.filter
def at(words: Mapping[int, str], key: int) -> str:
    """Return what stands under a key: ``{{ where|at:target.pk }}``; "" where there is nothing."""
    return words.get(key, "")


@register.inclusion_tag("portal/give/copy.html", takes_context=True)
def kept_answers(context: Context) -> dict[str, str]:
    """Carry a copy of all answers in a form, so that a session that dies takes nothing along."""
    return {"field": COPY, "copy": copy_of(context["request"])}


@register.inclusion_tag("portal/give/basket.html", takes_context=True)
def basket(context: Context) -> dict[str, int]:
    """Say how many places are in the package, with the way to it; nothing while it is empty."""
    return {"count": chosen_places(context["request"])}


@register.inclusion_tag("portal/give/step.html")
def giving_step(number: int) -> dict[str, Any]:
    """Say which of the steps this is."""
    names = [
        _("Choose"),
        _("Places and quantities"),
        _("Who gives"),
        _("When"),
        _("Statement"),
        _("Check"),
    ]
    return {"number": number, "count": len(names), "name": names[number - 1]}


@register.simple_tag(takes_context=True)
def facts_of(context: Context, page: str) -> SafeString | str:
    """Say for machines what the page `home`, `target`, `collaborator` … is about."""
    if not context.get("page_address"):
        return ""
    origin = context["origin"]
    if page == "target":
        return facts.element(facts.of_target(origin, context["target"], context["where"]))
    if page == "collaborator":
        return facts.element(facts.of_collaborator(origin, context["collaborator"]))
    found = {"home": facts.of_home, "achievement": facts.of_achievement, "data": facts.of_data}
    return facts.element(found[page](origin, context["scope"]))


@register.simple_tag(takes_context=True)
def in_programme(context: Context, before: str = "&") -> SafeString:
    """Say the programme in an address, where it is another one than the current."""
    scope = context.get("scope")
    named = quote(scope.named) if scope else ""
    return mark_safe(f"{escape(before)}programme={named}" if named else "")  # noqa: S308 - quoted
