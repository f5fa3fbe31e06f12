"""Lines over days as coordinates of a drawing; its words stand beside it, in HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from ksbb.reports.series import Point

WIDTH: Final = 1000
HEIGHT: Final = 400
FARTHEST: Final = 4
"""A need so many times as high as what is promised is left out of the picture."""

_STEPS: Final = (1, 2, 4, 6, 8, 10)
_LEAST: Final = 10
"""The lowest top of a scale, so that its half is a whole number too."""


class Lines(NamedTuple):
    """The corners of each line, and what the highest grid line stands for.

    `need` is "" where it lies so far above that the other lines could not be told apart.
    """

    need: str
    committed: str
    delivered: str
    received: str
    top: int

    @property
    def middle(self) -> int:
        """What the grid line half-way stands for."""
        return self.top // 2


def lines(points: Sequence[Point]) -> Lines:
    """Return the lines of a series; a single day is a line across the whole width."""
    shown = [*points, *points] if len(points) == 1 else list(points)
    promised = max(point.committed for point in shown)
    need = max(point.quantity for point in shown)
    fits = need <= promised * FARTHEST or not promised
    top = _round_up(max(_LEAST, need if fits else promised))
    return Lines(
        need=_corners([point.quantity for point in shown], top) if fits else "",
        committed=_corners([point.committed for point in shown], top),
        delivered=_corners([point.delivered for point in shown], top),
        received=_corners([point.received for point in shown], top),
        top=top,
    )


def shares(values: Iterable[float]) -> str:
    """Return the corners of a line of shares: 0.0 lies at the bottom, 1.0 at the top."""
    return _corners([round(1000 * value) for value in values], 1000)


def _corners(values: list[int], top: int) -> str:
    """Return “0,400 500,200 1000,0”: whole numbers, which no language writes otherwise."""
    step = WIDTH / (len(values) - 1)
    return " ".join(
        f"{round(step * place)},{round(HEIGHT - HEIGHT * value / top)}"
        for place, value in enumerate(values)
    )


def _round_up(value: int) -> int:
    """Return a number somebody would write at the end of a scale: 20, 4,000, 100,000."""
    power = int(10 ** (len(str(value)) - 1))
    return next(step * power for step in _STEPS if step * power >= value)
