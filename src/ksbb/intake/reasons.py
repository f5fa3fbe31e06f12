"""Every reason a row can carry, how heavy it weighs, and the names of its values.

The sentences stand elsewhere, one for each code; a test keeps the two together.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from ksbb.intake.rows import Reason, Status


class Code(StrEnum):
    """Codes of reasons; in the line below each the values that go with it."""

    # The place.
    NO_PLACE = "no_place"
    UNKNOWN_KELURAHAN = "unknown_kelurahan"  # typed
    WHICH_KELURAHAN = "which_kelurahan"  # typed
    SEVERAL_KELURAHAN = "several_kelurahan"  # typed
    KELURAHAN_OR_KECAMATAN = "kelurahan_or_kecamatan"  # typed
    OTHER_KECAMATAN = "other_kecamatan"  # typed, kelurahan, kecamatan
    OTHER_CITY = "other_city"  # typed, kelurahan, city
    NO_CODE_YET = "no_code_yet"  # typed
    OTHER_SPELLING = "other_spelling"  # typed, name
    FROM_MERGED_CELL = "from_merged_cell"  # name
    FROM_ROW_ABOVE = "from_row_above"  # name
    OUTSIDE = "outside"  # typed

    # Its code.
    CODE_MENDED = "code_mended"  # typed, code
    CODE_GUESSED = "code_guessed"  # typed, code
    CODE_UNKNOWN = "code_unknown"  # typed
    CODE_IGNORED = "code_ignored"  # typed, name
    CODE_SEVERAL = "code_several"  # typed
    CODE_AND_NAME_DIFFER = "code_and_name_differ"  # code, typed, name
    CODE_OF_BPS = "code_of_bps"  # typed
    CODE_LOST_DIGITS = "code_lost_digits"  # typed

    # The RW.
    RW_MISSING = "rw_missing"
    RW_SEVERAL = "rw_several"  # typed
    RW_UNREADABLE = "rw_unreadable"  # typed
    RW_OUT_OF_RANGE = "rw_out_of_range"  # rw
    RW_UNKNOWN = "rw_unknown"  # rw, name, last
    RW_ROMAN = "rw_roman"  # typed, rw
    RW_BECAME_DATE = "rw_became_date"  # typed
    PER_RT = "per_rt"

    # Counts. `field` is one of kk, kk_rentan, residents.
    NO_DATA = "no_data"  # field, typed
    NO_COUNT = "no_count"
    THOUSANDS = "thousands"  # field, typed, value
    APPROXIMATE = "approximate"  # field, typed, value
    ABOUT = "about"  # field, typed, value
    UNIT = "unit"  # field, typed, value
    COUNT_UNREADABLE = "count_unreadable"  # field, typed
    COUNT_NEGATIVE = "count_negative"  # field, typed
    COUNT_MERGED = "count_merged"  # field
    COUNT_TOO_LARGE = "count_too_large"  # field, typed
    MORE_VULNERABLE = "more_vulnerable"  # kk, kk_rentan
    PERSONS_PER_KK = "persons_per_kk"  # persons
    TEN_TIMES_NEIGHBOURS = "ten_times_neighbours"  # field, value, median
    TEN_TIMES_LAST = "ten_times_last"  # field, value, last

    # Day and point.
    DAY_UNREADABLE = "day_unreadable"  # typed
    POINT_SWAPPED = "point_swapped"
    POINT_MENDED = "point_mended"  # lat, lon
    POINT_ZERO = "point_zero"
    NOWHERE = "nowhere"
    POINT_FAR = "point_far"  # name, km
    POINT_UNREADABLE = "point_unreadable"  # typed

    # Institutions.
    NAME_MISSING = "name_missing"
    KIND_UNKNOWN = "kind_unknown"  # typed

    # The row in its file.
    DUPLICATE = "duplicate"  # sheet, row
    CONFLICT = "conflict"  # sheet, row
    NOT_CHOSEN = "not_chosen"
    REVISED = "revised"  # typed
    TOTAL = "total"
    HIDDEN_ROW = "hidden_row"
    PERSON = "person"
    DROPPED = "dropped"  # what: comma-separated nik, kk_number, person, phone, email
    COLUMN_UNKNOWN = "column_unknown"  # heading
    ANSWERED = "answered"
    ANSWERED_NONE = "answered_none"


_BY_WEIGHT: Final = {
    Status.ACCEPT: (
        Code.OTHER_SPELLING,
        Code.FROM_MERGED_CELL,
        Code.CODE_MENDED,
        Code.RW_ROMAN,
        Code.ABOUT,
        Code.UNIT,
        Code.DROPPED,
        Code.ANSWERED,
        Code.REVISED,
    ),
    Status.WARN: (
        Code.OTHER_KECAMATAN,
        Code.FROM_ROW_ABOVE,
        Code.CODE_GUESSED,
        Code.CODE_IGNORED,
        Code.RW_UNKNOWN,
        Code.NO_DATA,
        Code.NO_COUNT,
        Code.THOUSANDS,
        Code.APPROXIMATE,
        Code.MORE_VULNERABLE,
        Code.PERSONS_PER_KK,
        Code.TEN_TIMES_NEIGHBOURS,
        Code.TEN_TIMES_LAST,
        Code.DAY_UNREADABLE,
        Code.POINT_SWAPPED,
        Code.POINT_MENDED,
        Code.POINT_ZERO,
        Code.POINT_FAR,
        Code.POINT_UNREADABLE,
        Code.HIDDEN_ROW,
    ),
    Status.ASK: (
        Code.WHICH_KELURAHAN,
        Code.SEVERAL_KELURAHAN,
        Code.KELURAHAN_OR_KECAMATAN,
        Code.OTHER_CITY,
        Code.CODE_SEVERAL,
        Code.CODE_AND_NAME_DIFFER,
        Code.CODE_OF_BPS,
        Code.KIND_UNKNOWN,
        Code.COLUMN_UNKNOWN,
    ),
    Status.HOLD: (
        Code.NO_PLACE,
        Code.NO_CODE_YET,
        Code.CODE_UNKNOWN,
        Code.CODE_LOST_DIGITS,
        Code.RW_MISSING,
        Code.RW_SEVERAL,
        Code.RW_UNREADABLE,
        Code.RW_BECAME_DATE,
        Code.PER_RT,
        Code.COUNT_UNREADABLE,
        Code.COUNT_MERGED,
        Code.NAME_MISSING,
        Code.NOWHERE,
    ),
    Status.CONFLICT: (Code.CONFLICT,),
    Status.SKIP: (Code.DUPLICATE, Code.TOTAL, Code.NOT_CHOSEN),
    Status.REJECT: (
        Code.UNKNOWN_KELURAHAN,
        Code.OUTSIDE,
        Code.RW_OUT_OF_RANGE,
        Code.COUNT_NEGATIVE,
        Code.COUNT_TOO_LARGE,
        Code.ANSWERED_NONE,
    ),
    Status.PRIVACY: (Code.PERSON,),
}

WEIGHT: Final = {code: status for status, codes in _BY_WEIGHT.items() for code in codes}
"""The status a row gets at least for each reason."""

_ORDER: Final = {status: at for at, status in enumerate(Status)}


def because(code: Code, /, **values: str | float) -> Reason:
    """Return a reason with its values."""
    return Reason(code, values)


def weigh(reasons: tuple[Reason, ...]) -> Status:
    """Return the status of a row with these reasons: the heaviest of what they ask for."""
    if not reasons:
        return Status.ACCEPT
    return max((WEIGHT[Code(reason.code)] for reason in reasons), key=_ORDER.__getitem__)


class Refusal(StrEnum):
    """Why a file as a whole is not read: codes of `UnreadableError`."""

    MISSING = "missing"
    EMPTY = "empty"
    TOO_LARGE = "too_large"  # size, most (both in MB)
    UNPACKS_TOO_LARGE = "unpacks_too_large"  # most (MB)
    TOO_WIDE = "too_wide"  # sheet
    BROKEN = "broken"
    ENCRYPTED = "encrypted"
    OTHER_KIND = "other_kind"  # kind: pdf, word, image, zip, xlsb, xml, binary
    NO_TABLE = "no_table"
