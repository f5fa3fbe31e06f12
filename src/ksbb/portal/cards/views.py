from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ksbb.portal.cards import words
from ksbb.portal.cards.drawing import Card, draw
from ksbb.portal.helped import find_helped
from ksbb.portal.scope import read_scope
from ksbb.portal.views.follow import find_or_404
from ksbb.web.access import public
from ksbb.web.copies import same_for_all


@public
@same_for_all()
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Draw the picture of the home page."""
    return _picture(words.of_home(read_scope(request)))


@public
@same_for_all()
@require_safe
def achievement(request: HttpRequest) -> HttpResponse:
    """Draw the picture of what was achieved."""
    return _picture(words.of_achievement(read_scope(request)))


@public
@same_for_all()
@require_safe
def target(request: HttpRequest, code: str) -> HttpResponse:
    """Draw the picture of one place."""
    scope, place = find_helped(request, code)
    return _picture(words.of_target(place, scope))


@public
@same_for_all()
@require_safe
def commitment(request: HttpRequest, code: str) -> HttpResponse:
    """Draw the picture of one commitment."""
    return _picture(words.of_commitment(find_or_404(code), read_scope(request)))


def _picture(card: Card) -> HttpResponse:
    return HttpResponse(draw(card), content_type="image/png")
