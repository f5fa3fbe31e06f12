"""What every page speaks of: the programme that is shown, its phases and aid types, the moment."""

from __future__ import annotations

from django.http import Http404
from django.utils.translation import gettext as _

from ksbb.programmes.queries import current_programme
from ksbb.programmes.scope import Scope, scope_of
from ksbb.shared import clock

__all__ = ["Scope", "read_scope"]


def read_scope() -> Scope:
    """Return the scope of now; without a published programme there is nothing to show (404)."""
    programme = current_programme()
    if programme is None:
        raise Http404(_("No programme has been published yet. Please come back later."))
    return scope_of(programme, clock.now())
