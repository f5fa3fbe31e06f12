"""Pieces of a page which need a little reckoning before they can be drawn."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

from django import template
from django.core.exceptions import ValidationError
from django.forms import Field
from django.template.base import NodeList
from django.template.loader_tags import BlockNode
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.forms import BoundField
    from django.template.context import Context

register = template.Library()

OF_A_PROGRAMME: Final = {"portal:targets", "portal:map", "portal:achievement"}
"""Pages that go on in the programme the reader has chosen."""
SLUG: Final = re.compile(r"[-a-zA-Z0-9_]{1,50}")


BARE: Final = {"invalid_choice", "max_length", "min_length", "null_characters_not_allowed"}
"""Mistakes whose sentences speak of “this” and do not name the field."""


class Counted(Protocol):
    """Whatever has the four numbers of the book: a need, a line, a row of a table."""

    quantity: int
    committed: int
    delivered: int
    received: int


class Mistake(NamedTuple):
    """One sentence of the summary above a form, and the id of the field it leads to."""

    goal: str
    sentence: str


@register.simple_tag
def mistakes(form: Iterable[BoundField] | None) -> list[Mistake]:
    """Return what is wrong with the fields; what does not say where it is gets the field's name."""
    found = [
        (field, error, str(error.messages[0]))
        for field in form or ()
        for error in field.errors.as_data()
    ]
    often = Counter(sentence for _field, _error, sentence in found)
    return [
        Mistake(
            field.id_for_label or field.auto_id,
            _named(field, sentence) if often[sentence] > 1 or _is_bare(error) else sentence,
        )
        for field, error, sentence in found
    ]


def _is_bare(error: ValidationError) -> bool:
    return error.code in BARE or error.messages[0] == Field.default_error_messages["required"]


def _named(field: BoundField, sentence: str) -> str:
    label = str(field.label).rstrip(" …")
    return f"{label} {sentence}" if label.endswith("?") else f"{label}: {sentence}"


@register.simple_tag(takes_context=True)
def again(context: Context, name: str) -> SafeString:
    """Say once more what a block of the page says."""
    # Escaped already, when the block was rendered; stripping would lose the mark of that.
    return mark_safe(BlockNode(name, NodeList()).render(context).strip())  # noqa: S308


@register.inclusion_tag("web/nav_link.html", takes_context=True)
def nav_link(context: Context, name: str, text: str) -> dict[str, Any]:
    """Link to a named page and mark it when the reader is on it or below it."""
    try:
        url = reverse(name)
    except NoReverseMatch:
        return {}
    request = context["request"]
    here = "page" if request.path == url else "true" if request.path.startswith(url) else ""
    named = request.GET.get("programme", "")
    if name in OF_A_PROGRAMME and SLUG.fullmatch(named):
        url += f"?programme={named}"
    return {"url": url, "text": text, "here": here}


@register.inclusion_tag("web/stage_bar.html")
def stage_bar(counted: Counted, *, detailed: bool = True) -> dict[str, Any]:
    """Draw need, committed, delivered and received as a bar with its numbers in words."""
    numbers = {
        name: getattr(counted, name) for name in ("quantity", "committed", "delivered", "received")
    }
    shares = {
        f"{name}_share": share(numbers[name], numbers["quantity"])
        for name in ("committed", "delivered", "received")
    }
    left = max(numbers["quantity"] - numbers["committed"], 0)
    aid_type = getattr(counted, "aid_type", None)
    return {**numbers, **shares, "open": left, "detailed": detailed, "aid_type": aid_type}


def share(part: int, whole: int) -> str:
    """Return a width for SVG such as ``37.5%``: a point whatever the language, never above 100."""
    return f"{min(part / whole, 1) * 100:.1f}%" if whole > 0 else "0.0%"
