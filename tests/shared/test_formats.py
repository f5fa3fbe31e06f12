from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from babel.numbers import format_decimal
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from ksbb.shared import formats
from ksbb.shared.errors import DomainError
from ksbb.shared.formats import parse_quantity

SUNDAY = date(2020, 5, 3)


def test_without_a_language_the_active_one_counts() -> None:
    with translation.override("id"):
        indonesian = formats.number(40913)
    with translation.override("en"):
        english = formats.number(40913)

    assert (indonesian, english) == ("40.913", "40,913")


@given(st.integers(min_value=-(10**18), max_value=10**18))
def test_a_number_has_the_form_that_cldr_gives_it(value: int) -> None:
    assert formats.number(value, "id") == format_decimal(value, locale="id")
    assert formats.number(value, "en") == format_decimal(value, locale="en")


@pytest.mark.parametrize(
    ("value", "text"), [(40_913, "+40.913"), (-15, "−15"), (-1_500, "−1.500"), (0, "0")]
)
def test_a_change_says_its_sign(value: int, text: str) -> None:
    assert formats.signed(value, "id") == text


def test_how_long_ago_something_was_is_told_in_one_unit() -> None:
    now = datetime(2020, 5, 3, 12, tzinfo=UTC)
    then = [now - timedelta(minutes=5), now - timedelta(hours=2), now - timedelta(days=3)]

    assert [formats.ago(moment, now, "id") for moment in then] == [
        "5 menit yang lalu",
        "2 jam yang lalu",
        "3 hari yang lalu",
    ]
    assert formats.ago(then[1], now, "en") == "2 hours ago"


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0, "0%"),
        (0.001, "<1%"),
        (27 / 58, "47%"),
        (131 / 194, "68%"),
        (0.996, ">99%"),
        (1, "100%"),
        (1.2, "120%"),
    ],
)
def test_a_share_is_never_rounded_to_nothing_or_to_the_whole(share: float, text: str) -> None:
    assert formats.percent(share, "id") == text
    assert formats.percent(share, "en") == text


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        (0, "Rp0", "IDR 0"),
        (200_000, "Rp200.000", "IDR 200,000"),
        (-85_000, "-Rp85.000", "-IDR 85,000"),
    ],
)
def test_rupiah_are_whole(value: int, indonesian: str, english: str) -> None:
    assert formats.rupiah(value, "id") == indonesian
    assert formats.rupiah(value, "en") == english


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        (200_000, "Rp200.000", "IDR 200,000"),
        (20_000_000, "Rp20 juta", "IDR 20 million"),
        (545_000_000, "Rp545 juta", "IDR 545 million"),
        (1_000_000_000, "Rp1 miliar", "IDR 1 billion"),
        (1_250_000_000, "Rp1,25 miliar", "IDR 1.25 billion"),
        (2_500_000_000_000, "Rp2,5 triliun", "IDR 2.5 trillion"),
        # Words would lose rupiah here.
        (1_234_567_890, "Rp1.234.567.890", "IDR 1,234,567,890"),
    ],
)
def test_large_sums_are_put_into_words_where_nothing_is_lost(
    value: int, indonesian: str, english: str
) -> None:
    assert formats.rupiah_in_words(value, "id") == indonesian
    assert formats.rupiah_in_words(value, "en") == english


def test_days_are_written_as_in_a_press_release() -> None:
    assert formats.day(SUNDAY, "id") == "3 Mei 2020"
    assert formats.day(SUNDAY, "en") == "3 May 2020"
    assert formats.weekday(SUNDAY, "id") == "Minggu, 3 Mei 2020"
    assert formats.weekday(SUNDAY, "en") == "Sunday, 3 May 2020"


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2020, 5, 15), date(2020, 5, 23), "15–23 Mei 2020"),
        (date(2020, 4, 24), date(2020, 5, 2), "24 April – 2 Mei 2020"),
        (date(2020, 12, 30), date(2021, 1, 2), "30 Desember 2020 – 2 Januari 2021"),
        (SUNDAY, SUNDAY, "3 Mei 2020"),
    ],
)
def test_a_span_names_month_and_year_once(first: date, last: date, text: str) -> None:
    assert formats.span(first, last, "id") == text


def test_a_time_is_that_of_jakarta() -> None:
    moment = datetime(2020, 5, 22, 4, 5, tzinfo=UTC)

    assert formats.clock_time(moment, "id") == "11.05 WIB"
    assert formats.clock_time(moment, "en") == "11:05 WIB"
    assert formats.moment(moment, "id") == "22 Mei 2020 pukul 11.05 WIB"
    assert formats.moment(moment, "en") == "22 May 2020 at 11:05 WIB"


@pytest.mark.parametrize(
    ("words", "indonesian", "english"),
    [
        ([], "", ""),
        (["ACT"], "ACT", "ACT"),
        (["ACT", "PMI"], "ACT dan PMI", "ACT and PMI"),
        (["ACT", "PMI", "Rumah Zakat"], "ACT, PMI, dan Rumah Zakat", "ACT, PMI and Rumah Zakat"),
    ],
)
def test_a_list_reads_as_a_sentence(words: list[str], indonesian: str, english: str) -> None:
    assert formats.listing(words, "id") == indonesian
    assert formats.listing(words, "en") == english


@pytest.mark.parametrize(
    ("kilometres", "text"), [(0.004, "0 m"), (0.351, "350 m"), (1.04, "1 km"), (1.21, "1,2 km")]
)
def test_a_distance_is_as_exact_as_it_is_useful(kilometres: float, text: str) -> None:
    assert formats.distance(kilometres, "id") == text


@given(st.integers(min_value=1, max_value=formats.LARGEST_QUANTITY))
def test_a_quantity_survives_being_written_in_either_language(quantity: int) -> None:
    assert parse_quantity(str(quantity)) == quantity
    assert parse_quantity(formats.number(quantity, "id")) == quantity
    assert parse_quantity(formats.number(quantity, "en")) == quantity
    assert parse_quantity(f"  {quantity:,} ".replace(",", "\N{NO-BREAK SPACE}")) == quantity


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "Isi jumlah|Enter a quantity"),
        ("  ", "Isi jumlah|Enter a quantity"),
        ("0", "paling sedikit 1|at least 1"),
        ("000", "paling sedikit 1|at least 1"),
        ("-5", "nol|zero"),
        ("−1.000", "nol|zero"),
        ("1.5", "bulat|whole"),
        ("1,50", "bulat|whole"),
        ("1.000,00", "bulat|whole"),
        ("1.000,000", "bulat|whole"),
        ("0.600", "bulat|whole"),
        ("10.00", "bulat|whole"),
        ("enam ratus", "bukan angka|not a number"),
        ("600 paket", "bukan angka|not a number"),
        ("1e3", "bukan angka|not a number"),
        ("٦٠٠", "bukan angka|not a number"),
        ("<script>", "bukan angka|not a number"),
        ("1000000001", "terlalu besar|too large"),
        ("9" * 10_000, "terlalu besar|too large"),
    ],
)
def test_what_is_no_quantity_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(DomainError, match=why):
        parse_quantity(text)
