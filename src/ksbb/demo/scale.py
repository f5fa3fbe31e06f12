"""More of the same for load work: the scenario beside itself, in RW with higher numbers."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from ksbb.demo.codes import Codes
from ksbb.demo.promises import Line
from ksbb.shared.codes import LAST_RW
from ksbb.shared.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ksbb.demo.places import Place
    from ksbb.demo.plan import Plan

RW_DIGITS: Final = 3
SERIAL_DIGITS: Final = 2


class ScaleRefusedError(DomainError):
    """There are not as many RW numbers."""


def copies(plan: Plan, number: int) -> Iterator[Plan]:
    """Yield the plan and its copies; the first one is the plan itself.

    Each copy has places of its own; the collaborators are the same. Raises ScaleRefusedError.
    """
    most = LAST_RW // _step(plan.places)
    if not 1 <= number <= most:
        raise ScaleRefusedError(
            _("--scale is {number}; give a whole number from 1 to {most}."),
            number=number,
            most=most,
        )
    yield plan
    codes = Codes(Random("copies"), drawn={promise.code for promise in plan.promises})
    for copy in range(1, number):
        yield _copy(plan, copy * _step(plan.places), codes)


def _step(places: Sequence[Place]) -> int:
    return max(int(place.code[-RW_DIGITS:]) for place in places if place.is_area)


def _copy(plan: Plan, step: int, draw: Codes) -> Plan:
    moved = {place.code: _moved(place, step) for place in plan.places}
    codes = {promise.code: draw.draw() for promise in plan.promises}
    return replace(
        plan,
        places=tuple(moved.values()),
        promises=[
            replace(
                promise,
                code=codes[promise.code],
                lines=tuple(
                    Line(line.cell._replace(place=moved[line.cell.place].code), line.quantity)
                    for line in promise.lines
                ),
            )
            for promise in plan.promises
        ],
        events=[
            event._replace(
                code=codes[event.code], place=moved[event.place].code if event.place else ""
            )
            for event in plan.events
        ],
    )


def _moved(place: Place, step: int) -> Place:
    """Return the place under the number of its copy."""
    if not place.is_area:
        head, serial = place.code[:-SERIAL_DIGITS], int(place.code[-SERIAL_DIGITS:])
        return replace(place, code=f"{head}{serial + step:02d}", name=f"{place.name} {step}")
    number = int(place.code[-RW_DIGITS:]) + step
    code = f"{place.village}.{number:03d}"
    name = place.name.replace(place.code[-RW_DIGITS:], f"{number:03d}", 1)
    return replace(place, code=code, region=code, name=name)
