"""Addresses that show no page of their own, each group with its reason."""

from __future__ import annotations

import re
from typing import Final

FILE: Final = re.compile(
    r"[.]]?(csv|geojson|ics|js|json|pdf|png|svg|txt|webmanifest|xlsx|xml)\)?\$?$"
)
FOR_PROGRAMS: Final = re.compile(r"(healthz|readyz|akun/kunci/masuk/|api/v1/(?!docs).*)$")

LEADING_ON: Final = {
    "admin/login/",
    "akun/surel/",
    "keluar/",
    "pokja/kotak-masuk/berikut/",
    "pokja/rencana/terbitkan/",
}
"""Always lead to another page; that of the e-mail address is the login."""

LOOKED_AT_AFTER_A_PRESS: Final = {
    "pokja/kotak-masuk/sekaligus/",
    "pokja/kotak-masuk/<slug:kind>/<int:key>/petugas/",
}
"""Have a sight that presses something on the way there."""

BOOK: Final = "saya/agregator/<slug:slug>/"
DELIVERY: Final = "pokja/penyaluran/<int:pk>/"
PLACE: Final = "pokja/^sasaran/(?P<code>[0-9A-Za-z.-]{1,24})/"

TAKING_A_FORM: Final = {
    "komitmen/<str:code>/kontak/",
    *(f"pokja/akun/<int:pk>/{verb}/" for verb in ("setel-ulang", "wilayah", "wilayah/lepas")),
    *(
        f"pokja/impor/<int:pk>/{verb}/"
        for verb in (
            "buang",
            "jawab",
            "kembalikan",
            "putuskan",
            "putuskan-semua",
            "serahkan",
            "tarik",
            "tulis",
        )
    ),
    *(f"pokja/kolaborator/<slug:slug>/{verb}/" for verb in ("kontak", "tolak", "verifikasi")),
    *(
        f"pokja/kolaborator/<slug:slug>/izin/<int:pk>/{verb}/"
        for verb in ("pulihkan", "tangguhkan")
    ),
    *(f"pokja/komitmen/<slug:code>/{verb}/" for verb in ("jadwal", "terima", "tolak")),
    *(f"{DELIVERY}{verb}/" for verb in ("serah-terima", "tautan")),
    f"{DELIVERY}koreksi/<int:line_id>/biarkan/",
    *(f"pokja/persetujuan/<int:pk>/{verb}/" for verb in ("setuju", "tolak")),
    *(f"pokja/prioritas/{verb}/" for verb in ("aturan", "bekukan")),
    "pokja/rencana/kesediaan/<slug:code>/tarik/",
    *(f"{PLACE}{verb}/" for verb in ("kontak", "tolak", "ubah-kontak", "verifikasi")),
    "pokja/sudah-dilayani/<int:pk>/tarik/",
    *(f"pokja/sudah-dilayani/berkas/<int:pk>/{verb}/" for verb in ("tarik", "tulis")),
    *(f"pokja/usulan/<int:pk>/{verb}/" for verb in ("kontak", "terima", "tolak")),
    *(f"saya/penyaluran/<int:pk>/{verb}/" for verb in ("hari", "serah-terima", "tautan")),
    *(f"{BOOK}bank/<int:row_id>/{verb}/" for verb in ("bagi", "bukan", "cocok", "tarik")),
    *(f"{BOOK}pemberian/<str:code>/{verb}/" for verb in ("terima", "tolak")),
}
"""Opened without a form they lead to the page it stands on; its refusals are shown there."""


def is_no_page(address: str) -> bool:
    """Tell whether an address shows a reader nothing, or what has a sight by another address."""
    is_known = address in LEADING_ON | LOOKED_AT_AFTER_A_PRESS | TAKING_A_FORM
    return is_known or bool(FILE.search(address) or FOR_PROGRAMS.match(address))
