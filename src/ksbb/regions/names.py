"""How regions are called: the words of office around a name."""

from __future__ import annotations

from typing import Final

_OFFICES: Final = ("Kota Administrasi ", "Kabupaten Administrasi ", "Kota ", "Kabupaten ")
_SHORTENED: Final = (
    ("Daerah Khusus Ibukota ", "DKI "),
    ("Daerah Istimewa ", "DI "),
    ("Kota Administrasi ", ""),
    ("Kabupaten Administrasi ", ""),
)


def short_name(name: str) -> str:
    """Return "Jakarta Selatan" for "Kota Administrasi Jakarta Selatan".

    "Kota Bogor" and "Kabupaten Bogor" stay, because without the word they would be the same.
    """
    for long, short in _SHORTENED:
        if name.startswith(long):
            return short + name.removeprefix(long)
    return name


def bare_name(name: str) -> str:
    """Return "Bogor" for "Kota Bogor" and "Kabupaten Bogor": what people type."""
    return next((name.removeprefix(word) for word in _OFFICES if name.startswith(word)), name)
