from __future__ import annotations

import pytest

from ksbb.regions.names import bare_name, short_name


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Kota Administrasi Jakarta Selatan", "Jakarta Selatan"),
        ("Kabupaten Administrasi Kepulauan Seribu", "Kepulauan Seribu"),
        ("Daerah Khusus Ibukota Jakarta", "DKI Jakarta"),
        ("Daerah Istimewa Yogyakarta", "DI Yogyakarta"),
        # Without the word these two would be the same.
        ("Kota Bogor", "Kota Bogor"),
        ("Kabupaten Bogor", "Kabupaten Bogor"),
        ("Kota Bambu Utara", "Kota Bambu Utara"),
    ],
)
def test_a_short_name_goes_without_words_of_office(name: str, short: str) -> None:
    assert short_name(name) == short


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Kota Administrasi Jakarta Selatan", "Jakarta Selatan"),
        ("Kota Bogor", "Bogor"),
        ("Kabupaten Bogor", "Bogor"),
    ],
)
def test_a_city_is_typed_by_its_bare_name(name: str, bare: str) -> None:
    assert bare_name(name) == bare
