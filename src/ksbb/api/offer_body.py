"""The offer as OpenAPI describes it; `proposals.offer.read_offer` is what reads it."""

from __future__ import annotations

from typing import Any, Final

from ksbb.proposals.offer import (
    FARTHEST_KM,
    LEAST_KM,
    MAX_STOPS,
    MOST_PACKAGES,
    MOST_STOPS,
    WITHIN_KM,
)

_PACKAGES: Final = {"type": "integer", "minimum": 1, "maximum": MOST_PACKAGES}

OFFER: Final[dict[str, Any]] = {
    "title": "Offer",
    "type": "object",
    "description": "Places are sought near a point, in a region, or in the whole programme.",
    "additionalProperties": False,
    "required": ["aid_type", "packages"],
    "properties": {
        "programme": {"type": "string", "description": "Left out: the one the pages show."},
        "aid_type": {"type": "string", "examples": ["sembako"]},
        "phase": {
            "type": "integer",
            "minimum": 1,
            "maximum": 1_000_000,
            "description": "Left out: the phase of today.",
        },
        "packages": {**_PACKAGES, "examples": [600]},
        "near": {
            "type": "array",
            "items": {"type": "number", "minimum": -180, "maximum": 180},
            "minItems": 2,
            "maxItems": 2,
            "description": "Latitude and longitude.",
            "examples": [[-6.24, 106.78]],
        },
        "region": {"type": "string", "description": "A code.", "examples": ["31.74.05"]},
        "within_km": {
            "type": "number",
            "minimum": LEAST_KM,
            "maximum": FARTHEST_KM,
            "default": WITHIN_KM,
            "description": "Counts where `near` is given.",
        },
        "max_stops": {
            "type": "integer",
            "minimum": 1,
            "maximum": MOST_STOPS,
            "default": MAX_STOPS,
        },
        "min_per_stop": {**_PACKAGES, "default": 1},
        "seed": {
            "type": "integer",
            "minimum": 1,
            "maximum": 2**53,
            "description": "Of the public draw between places that are alike. Left out: the day.",
        },
    },
}
