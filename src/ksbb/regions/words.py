"""Saying where a region lies, the smallest part first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from ksbb.regions.enums import Level

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ksbb.regions.models import Region


def in_words(chain: Iterable[Region]) -> str:
    """Return kelurahan, kecamatan and city from a chain of regions that begins at the top.

    Of a province, which lies in nothing that is said, the name itself.
    """
    forms = {
        Level.VILLAGE: _("Kel. %(name)s"),
        Level.DISTRICT: _("Kec. %(name)s"),
        Level.REGENCY: "%(name)s",
    }
    listed = list(chain)
    named = [region for region in reversed(listed) if region.level in forms]
    if listed and not named:
        return listed[-1].short_name
    return ", ".join(forms[Level(one.level)] % {"name": one.short_name} for one in named)
