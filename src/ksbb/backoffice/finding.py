from __future__ import annotations

from typing import TypeVar

from django.http import Http404
from django.utils.translation import gettext as _

T = TypeVar("T")


def or_404(found: T | None) -> T:
    """Return what was found; a page about nothing is a page that is not here."""
    if found is None:
        raise Http404(_("There is nothing at this address. Look for it in the lists of the desk."))
    return found
