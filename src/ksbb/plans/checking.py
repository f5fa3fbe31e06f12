"""The audit of a published plan from its two files alone: no database, no other knowledge.

Twice, in two ways. The certificate asks of the result as it stands whether a package could move to
where it is due before; it does not know how the result was found. Then everything is reckoned again
and compared figure by figure.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import numpy as np
from django.utils.translation import gettext as _

from ksbb.allocation.audit import Audit
from ksbb.allocation.audit_plan import audit_plan
from ksbb.allocation.cells import Cells
from ksbb.allocation.errors import CannotAllocate
from ksbb.allocation.shipments import Shipments
from ksbb.plans.reckoning import (
    FORMAT_IN,
    FORMAT_OUT,
    Columns,
    Document,
    cells_of,
    columns_of,
    lots_of,
    reckon,
)
from ksbb.shared.errors import DomainError, quoted
from ksbb.shared.fingerprint import digest_of
from ksbb.shared.formats import number

_SAME: Final = 2e-6
"""Coverages are published with six decimals."""


class PlanFileError(DomainError):
    """A file is not one of the two of a plan."""


class Check(NamedTuple):
    """One promise of a plan: whether it holds, and the sentence that says so or why not."""

    holds: bool
    sentence: str


def read_files(texts: list[str]) -> tuple[str, str]:
    """Return the text of the input and of the result, in whatever order they come."""
    found: dict[str, str] = {}
    for text in texts:
        found[_format(text)] = text
    if set(found) != {FORMAT_IN, FORMAT_OUT}:
        raise PlanFileError(
            _("Name the two files of one plan: its input and its result, as they were published.")
        )
    return found[FORMAT_IN], found[FORMAT_OUT]


def _format(text: str) -> str:
    try:
        document = json.loads(text)
    except ValueError as error:
        raise PlanFileError(_("A file is not JSON: {why}."), why=quoted(error)) from error
    if not isinstance(document, dict):
        raise PlanFileError(_("A file is JSON, but not one of a plan."))
    return str(document.get("format"))


def check(input_text: str, output_text: str) -> list[Check]:
    """Return every promise with whether it holds. Raises PlanFileError for what is no plan."""
    try:
        asked, told = json.loads(input_text), json.loads(output_text)
        return list(_checks(input_text, asked, told))
    except (CannotAllocate, KeyError, TypeError, ValueError, IndexError, OverflowError) as error:
        raise PlanFileError(
            _("The files cannot be read as a plan ({what}). Download both again."),
            what=quoted(repr(error)),
        ) from error


def _checks(text: str, asked: Document, told: Document) -> Iterator[Check]:
    same = digest_of(text) == told["input_sha256"]
    yield Check(
        same,
        _("The result names this very input.")
        if same
        else _("The result was made from another input than this file."),
    )
    columns = columns_of(asked)
    if [row[0] for row in told["places"]] != [place.code for place in columns.places]:
        yield Check(holds=False, sentence=_("Input and result do not list the same places."))
        return
    joined = cells_of(columns, asked)
    yield from _certificate(asked, told, columns, joined)
    yield from _again(asked, told)


def _certificate(
    asked: Document, told: Document, columns: Columns, joined: Cells
) -> Iterator[Check]:
    given = np.array([row[1] for row in told["places"]], np.int64)
    visit = np.array([row[2] for row in told["places"]], np.int64)
    found = audit_plan(
        columns.need,
        columns.committed,
        joined,
        given,
        _shipments(asked, told, columns, joined),
        lot=lots_of(columns, asked),
    )
    yield Check(
        found.feasible,
        _("Needs, stocks and wishes are kept, and each package has a giver.")
        if found.feasible
        else _("A need, a stock or a wish is not kept, or a package has no giver."),
    )
    yield Check(
        found.wasteless,
        _("No further package could be placed.")
        if found.wasteless
        else _("More packages could have been placed."),
    )
    yield Check(found.fair, _fair(found, columns))
    kept = _visits_fit(columns, joined, given, visit)
    yield Check(
        kept,
        _("Visits bring each group of places what the fair plan gives it, and nobody too much.")
        if kept
        else _("Visits do not bring each group of places what the fair plan gives it."),
    )


def _fair(found: Audit, columns: Columns) -> str:
    if found.fair:
        return _("No package could move to where it is due before.")
    if found.worst is None:
        return _("It was not asked whether the plan is fair, for it cannot be carried out.")
    taker, giver = (columns.places[row].code for row in reversed(found.worst))
    return _("A package of {giver} is due at {taker} before.").format(giver=giver, taker=taker)


def _shipments(asked: Document, told: Document, columns: Columns, joined: Cells) -> Shipments:
    """Return what each offer brings to each cell, added up over its places."""
    offer = {one["code"]: at for at, one in enumerate(asked["offers"])}
    row = columns.row
    pairs = [(offer[one], int(joined.cell[row[place]]), count) for one, place, count in _sent(told)]
    sums: dict[tuple[int, int], int] = {}
    for one, cell, count in pairs:
        sums[one, cell] = sums.get((one, cell), 0) + count
    keys = np.array(list(sums), np.int64).reshape(-1, 2)
    return Shipments(keys[:, 0], keys[:, 1], np.array(list(sums.values()), np.int64))


def _sent(told: Document) -> list[tuple[str, str, int]]:
    return [(offer, place, int(count)) for offer, place, count in told["shipments"]]


def _visits_fit(columns: Columns, joined: Cells, given: Any, visit: Any) -> bool:
    gap = np.maximum(columns.need - columns.committed, 0)
    within = bool(((visit >= 0) & (visit <= gap)).all())
    sums = [np.bincount(joined.cell, one, joined.count).astype(np.int64) for one in (given, visit)]
    return within and bool((sums[0] == sums[1]).all())


def _again(asked: Document, told: Document) -> Iterator[Check]:
    repeated = reckon(asked).output
    wrong = [sentence for name in repeated for sentence in _differences(name, repeated, told)]
    for sentence in wrong:
        yield Check(holds=False, sentence=sentence)
    if not wrong:
        yield Check(
            holds=True,
            sentence=_("Reckoned again, {places} places and all figures are the same.").format(
                places=number(len(repeated["places"]))
            ),
        )


def _differences(name: str, repeated: Document, told: Document) -> Iterator[str]:
    """Yield the first place in a part of the result where it is not what comes out."""
    right, stands = repeated[name], told.get(name)
    if name == "input_sha256" or _alike(right, stands):
        return
    if isinstance(right, list) and isinstance(stands, list):
        pairs = zip(right, stands, strict=False)
        at = next((at for at, (one, two) in enumerate(pairs) if not _alike(one, two)), None)
        if at is not None:
            yield _("“{part}”, row {row}: {stands} is written, {right} comes out.").format(
                part=name, row=at + 1, stands=quoted(stands[at]), right=quoted(right[at])
            )
            return
    if isinstance(right, dict) and isinstance(stands, dict):
        for key in right:
            if not _alike(right[key], stands.get(key)):
                yield _("“{part}”, {row}: {stands} is written, {right} comes out.").format(
                    part=name,
                    row=key,
                    stands=quoted(stands.get(key), limit=200),
                    right=quoted(right[key], limit=200),
                )
                return
    yield _("“{part}” is not what comes out.").format(part=name)


def _alike(one: Any, two: Any) -> bool:
    if isinstance(one, float) or isinstance(two, float):
        numbers = isinstance(one, int | float) and isinstance(two, int | float)
        return numbers and abs(one - two) <= _SAME
    if isinstance(one, dict) and isinstance(two, dict):
        return one.keys() == two.keys() and all(_alike(one[key], two[key]) for key in one)
    if isinstance(one, list) and isinstance(two, list):
        return len(one) == len(two) and all(map(_alike, one, two))
    return type(one) is type(two) and bool(one == two)
