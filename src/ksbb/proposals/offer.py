"""An offer as somebody writes it down, checked field by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ksbb.shared.errors import DomainError, quoted
from ksbb.shared.formats import decimal, number

FIELDS: Final = (
    "programme",
    "aid_type",
    "phase",
    "packages",
    "near",
    "region",
    "within_km",
    "max_stops",
    "min_per_stop",
    "seed",
)
WITHIN_KM: Final = 5.0
MAX_STOPS: Final = 5
MOST_PACKAGES: Final = 100_000_000
MOST_STOPS: Final = 200
FARTHEST_KM: Final = 1000
LEAST_KM: Final = 0.1
_CORNERS: Final = 2
_HUGE: Final = 1e9


class OfferError(DomainError):
    """An offer cannot be understood or met; the sentence says what to change.

    `field` is the part of the offer to change, named as in FIELDS; "" where it is the whole.
    """

    def __init__(self, message: str | Promise, *, field: str = "", **parts: object) -> None:
        """Keep the sentence and the field; the sentence may speak of {field}."""
        super().__init__(message, field=field, **parts)
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """So many packages of one aid type for one phase, near a point, in a region, or anywhere.

    `near` is (latitude, longitude). Without `phase` the one of today is meant, and without `seed`
    today's date.
    """

    aid_type: str
    packages: int
    phase: int | None = None
    near: tuple[float, float] | None = None
    region: str = ""
    within_km: float = WITHIN_KM
    max_stops: int = MAX_STOPS
    min_per_stop: int = 1
    seed: int | None = None
    programme: str = ""


def read_offer(body: object) -> Offer:
    """Return the offer of a JSON body. Raises OfferError for the first field that is wrong."""
    if not isinstance(body, Mapping):
        raise OfferError(_("An offer is an object such as {example}."), example=_EXAMPLE)
    unknown = next((str(name) for name in body if name not in FIELDS), None)
    if unknown is not None:
        raise OfferError(
            _("An offer has no field “{field}”. Known: {known}."),
            field=quoted(unknown),
            known=", ".join(FIELDS),
        )
    packages = _whole(body, "packages", None, most=MOST_PACKAGES)
    return Offer(
        programme=_text(body, "programme"),
        aid_type=_text(body, "aid_type"),
        phase=_whole(body, "phase", 0) or None,
        packages=packages,
        near=_point(body),
        region=_text(body, "region"),
        within_km=_kilometres(body),
        max_stops=_whole(body, "max_stops", min(MAX_STOPS, packages), most=MOST_STOPS),
        min_per_stop=_whole(body, "min_per_stop", 1, most=MOST_PACKAGES),
        seed=_seed(body),
    )


_EXAMPLE: Final = '{"aid_type": "sembako", "packages": 600, "near": [-6.24, 106.78]}'


def _text(body: Mapping[str, Any], field: str) -> str:
    value = body.get(field, "")
    if not isinstance(value, str):
        raise OfferError(
            _("“{field}” is {typed}. Write a text in quotation marks."),
            field=field,
            typed=quoted(value),
        )
    return value.strip()


def _whole(body: Mapping[str, Any], field: str, default: int | None, *, most: int = 10**6) -> int:
    value = body.get(field, default)
    if value is None:
        raise OfferError(_("“{field}” is missing."), field=field)
    if value == default and field not in body:
        return value if isinstance(value, int) else 0
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
        raise OfferError(
            _("“{field}” is {typed}. Write a whole number from 1 to {most}."),
            field=field,
            typed=quoted(value),
            most=number(most),
        )
    return value


def _seed(body: Mapping[str, Any]) -> int | None:
    if "seed" not in body:
        return None
    return _whole(body, "seed", None, most=2**53)


def _kilometres(body: Mapping[str, Any]) -> float:
    value = body.get("within_km", WITHIN_KM)
    if not _is_number(value) or not LEAST_KM <= value <= FARTHEST_KM:
        raise OfferError(
            _(
                "“within_km” is {typed}. Write a number such as 2.5: kilometres, from {least} to "
                "{most}."
            ),
            field="within_km",
            typed=quoted(value),
            least=decimal(LEAST_KM),
            most=number(FARTHEST_KM),
        )
    return float(value)


def _point(body: Mapping[str, Any]) -> tuple[float, float] | None:
    value = body.get("near")
    if value is None:
        return None
    whole = isinstance(value, list) and len(value) == _CORNERS and all(map(_is_number, value))
    if not whole or abs(value[0]) > 90 or abs(value[1]) > 180:  # noqa: PLR2004 - degrees
        raise OfferError(
            _("“near” is {typed}. Write latitude and longitude, such as [-6.24, 106.78]."),
            field="near",
            typed=quoted(value),
        )
    return float(value[0]), float(value[1])


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _HUGE
