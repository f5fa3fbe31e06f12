"""What every page speaks of: the programme that is shown, its phases and aid types, the moment."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from ksbb.programmes.models import Programme
from ksbb.programmes.queries import current_programme, find_published
from ksbb.programmes.scope import Scope, scope_of
from ksbb.shared import clock

__all__ = ["PROGRAMME", "Scope", "read_scope", "scope_in"]

PROGRAMME: Final = "programme"
"""The parameter that names another programme than the current one."""


def read_scope(request: HttpRequest | None = None) -> Scope:
    """Return the scope of now, in the programme the address names or else the current one.

    404 for one that is not published, and where there is none at all. Without a request, the
    current one.
    """
    named = request.GET.get(PROGRAMME, "") if request else ""
    programme = find_published(named) if named else current_programme()
    if programme is None:
        raise Http404(
            _("There is no such programme.")
            if named
            else _("No programme has been published yet. Please come back later.")
        )
    return scope_in(programme, named=named)


def scope_in(programme: Programme, *, named: str = "") -> Scope:
    """Return the scope of now in a programme; `named` is how the address called it."""
    return scope_of(programme, clock.now(), named=named)
