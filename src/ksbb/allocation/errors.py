"""The one refusal of the engine: data. Sentences are made where a reader is."""

from __future__ import annotations


class CannotAllocate(Exception):  # noqa: N818 - the name is the sentence
    """Something about the input does not let the engine answer.

    `code` says what, `field` which argument, `row` which entry of it (None where no single one is
    at fault), `params` the numbers a sentence needs. Codes:

    - ``not_whole``, ``not_finite``: an entry is no whole number, or NaN or infinite
    - ``too_small``, ``too_large``: an entry beyond `least` or `most`
    - ``shape``: an array that is not flat, or not as long as `expected`
    - ``empty``: no place at all
    - ``no_packages``: a stock, a budget or an offer of nothing
    - ``overflow``: numbers so large that two different shares could look alike
    - ``lot_twice``: two places drew the same lot, so their identifiers are not distinct
    - ``not_nested``: areas that overlap without lying inside each other
    - ``none_in_reach``: no place within `within_km`
    - ``all_full``: nothing is missing at any place in reach
    - ``more_stops_than_packages``: fewer packages than stops
    - ``minimum_impossible``: no place in reach can take the least a stop shall get
    - ``unknown_kind``, ``unknown_area``: an offer that names what is not there
    """

    def __init__(
        self, code: str, *, field: str = "", row: int | None = None, **params: float
    ) -> None:
        """Keep the parts; the text is for developers."""
        super().__init__(code, field, row, params)
        self.code = code
        self.field = field
        self.row = row
        self.params = params

    def __str__(self) -> str:
        """Return the parts on one line."""
        where = self.field if self.row is None else f"{self.field}[{self.row}]"
        facts = ", ".join(f"{name}={value}" for name, value in self.params.items())
        return " ".join(part for part in (self.code, where, facts) if part)
