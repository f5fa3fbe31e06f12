"""What an export holds: one row per need, under names that never change, with HXL hashtags."""

from __future__ import annotations

from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Column(NamedTuple):
    """A column: its name in csv and GeoJSON, its heading for people, its HXL hashtag."""

    name: str
    heading: str | Promise
    hashtag: str
    is_text: bool = True


COLUMNS: Final = (
    Column("id", _("Need"), "#meta+id"),
    Column("target_code", _("Code of the place"), "#loc+code"),
    Column("target_name", _("Name of the place"), "#loc+name"),
    Column("target_kind", _("Kind of place"), "#loc+type"),
    Column("kelurahan_code", _("Code of the kelurahan"), "#adm4+code"),
    Column("kelurahan", _("Kelurahan"), "#adm4+name"),
    Column("kecamatan", _("Kecamatan"), "#adm3+name"),
    Column("kota", _("City or regency"), "#adm2+name"),
    Column("lat", _("Latitude"), "#geo+lat", is_text=False),
    Column("lon", _("Longitude"), "#geo+lon", is_text=False),
    Column("quantity", _("Needed"), "#item+num+needed", is_text=False),
    Column("committed", _("Committed"), "#item+num+committed", is_text=False),
    Column("delivered", _("Delivered"), "#item+num+delivered", is_text=False),
    Column("received", _("Received"), "#item+num+received", is_text=False),
    Column("open", _("Still open"), "#item+num+gap", is_text=False),
    Column("coverage", _("Covered (1 is all)"), "#indicator+coverage", is_text=False),
    Column(
        "served_by_others",
        _("Already served by others"),
        "#item+num+others",
        is_text=False,
    ),
    Column("families", _("Vulnerable families (KK)"), "#affected+hh", is_text=False),
    Column("residents", _("Residents"), "#affected+residents", is_text=False),
    Column("counted_on", _("Counted on"), "#date+counted"),
    Column("source", _("Source of the count"), "#meta+source"),
    Column("is_example", _("Example data"), "#meta+example"),
)
"""What differs from row to row."""

CONSTANT: Final = (
    Column("programme", _("Programme"), "#activity+code"),
    Column("phase", _("Phase"), "#activity+phase", is_text=False),
    Column("aid_type", _("Kind of aid"), "#item+code"),
    Column("unit", _("Unit"), "#item+unit"),
    Column("as_of", _("As of"), "#date+reported"),
    Column("licence", _("Licence"), "#meta+license"),
)
"""What is the same in every row, so that rows keep their meaning when files are joined."""
