"""A place, in a programme that helps it."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from ksbb.needs.models import Target
from ksbb.needs.queries_list import find_target
from ksbb.portal.scope import Scope, read_scope, scope_in
from ksbb.programmes.queries import published_programmes


def find_helped(request: HttpRequest, code: str) -> tuple[Scope, Target]:
    """Return a place in the programme of the page, else in the newest one that helps it; or 404."""
    scope = read_scope(request)
    if place := find_target(code, scope.programme):
        return scope, place
    others = () if scope.named else published_programmes().select_related("root_region")
    for programme in others:
        if place := find_target(code, programme):
            return scope_in(programme, named=programme.slug), place
    raise Http404(_("No place has the code “%(code)s”.") % {"code": code[:40]})
