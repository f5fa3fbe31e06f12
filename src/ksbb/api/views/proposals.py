from __future__ import annotations

import json
from typing import Any, Final

from django.http import HttpRequest
from django.utils.translation import gettext as _

from ksbb.api.parameters import read_scope
from ksbb.proposals.as_json import as_json
from ksbb.proposals.offer import OfferError, read_offer
from ksbb.proposals.propose import propose
from ksbb.shared.errors import quoted
from ksbb.web.access import public

LARGEST_BODY: Final = 10_000
"""Bytes; an offer has some hundred."""


@public
def proposals(request: HttpRequest) -> dict[str, Any]:
    """Propose places for an offer: nothing is written or reserved, so it needs no key."""
    offer = read_offer(_body(request))
    scope = read_scope(offer.programme or None)
    return as_json(propose(programme=scope.programme, offer=offer, now=scope.now))


def _body(request: HttpRequest) -> object:
    if len(request.body) > LARGEST_BODY:
        raise OfferError(
            _("The body has {size} bytes; an offer has at most {most}."),
            size=len(request.body),
            most=LARGEST_BODY,
        )
    try:
        return json.loads(request.body)
    except (ValueError, RecursionError) as error:
        # What stands between the brackets may be thousands deep.
        raise OfferError(_("The body is not JSON: {why}."), why=quoted(error)) from error
