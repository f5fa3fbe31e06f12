"""What somebody typed into a form whose session or protection has died, so that it is not lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.http import HttpRequest

    Typed = list[tuple[str, str]]

OURS: Final = "csrfmiddlewaretoken"
SECRETS: Final = ("password", "credential", "kode")
"""Forms with these are filled in anew: an answer of ours never repeats a secret."""
UNREADABLE: Final = ("kunci", "simpanan", "next")
CHOSEN: Final = ("cakupan", "jangkauan", "jenis", "bentuk", "peran", "waktu")
"""Fields of which a value in capitals is the code of a choice, not a word somebody typed."""
TICKED: Final = "on"
NAMES: Final = {
    "agregator": _("Aggregator"),
    "alamat": _("Address"),
    "alasan": _("Reason"),
    "bantuan": _("Kind of aid"),
    "catatan": _("Remark"),
    "dekat": _("Near to"),
    "dokumen": _("Document"),
    "faktur": _("Number of the invoice"),
    "fase": _("Phase"),
    "harga": _("Price of one package"),
    "isi": _("What is missing"),
    "jauh": _("Farthest, in kilometres"),
    "jenis": _("Kind"),
    "jumlah": _("Quantity"),
    "keluarga": _("Vulnerable families (KK)"),
    "kelurahan": _("Kelurahan"),
    "keterangan": _("Remark"),
    "kontak": _("Contact person"),
    "minimal": _("Packages at each stop at least"),
    "nama": _("Name"),
    "nomor": _("Number"),
    "pemasok": _("Supplier"),
    "penghuni": _("Residents"),
    "peran": _("Role"),
    "sasaran": _("Place"),
    "sumber": _("Source"),
    "surel": _("E-mail address"),
    "tanggal": _("Day"),
    "telepon": _("Phone"),
    "tempat": _("Codes of the places"),
    "titik": _("Point"),
    "tujuan": _("Stops at most"),
    "waktu": _("Part of the day"),
    "wilayah": _("Area"),
}
"""What the fields of our forms are called, in short; the form itself is not known here."""
MOST: Final = 200


def typed_on_our_page(request: HttpRequest) -> Typed:
    """Return names and values of a form if the browser says that it stood on a page of ours.

    Without that word it may come from another site, which must not put its own choice of words
    before a reader who is one press away from sending them.
    """
    if not _from_our_page(request) or any(name in request.POST for name in SECRETS):
        return []
    pairs = [(name, value) for name, values in request.POST.lists() for value in values]
    kept = [(name, value) for name, value in pairs if name != OURS]
    return kept if len(kept) <= MOST else []


def readable(typed: Typed) -> list[tuple[str, str]]:
    """Return name and value of what a reader would know again.

    No keys, sealed texts, codes of choices or empty fields; of an unknown field the name is "".
    """
    return [
        (str(NAMES.get(name.partition("-")[0], "")), value)
        for name, value in typed
        if value.strip() and value != TICKED and name not in UNREADABLE
        if not (name in CHOSEN and re.fullmatch("[A-Z_]+", value))
    ]


def _from_our_page(request: HttpRequest) -> bool:
    said = request.headers.get("Origin") or request.headers.get("Referer", "")
    here = f"{request.scheme}://{request.get_host()}"
    parts = urlsplit(said)
    return f"{parts.scheme}://{parts.netloc}" == here
