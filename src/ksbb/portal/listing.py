"""From the filters of the list to the needs it shows; the work stands in `web`."""

from __future__ import annotations

from ksbb.web.listing import MOST, Extent, Listing, find

__all__ = ["MOST", "Extent", "Listing", "find"]
