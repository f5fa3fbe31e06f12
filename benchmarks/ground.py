"""Places and needs of any number in a programme: what the measured code reads and writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from django.core.management import call_command

from benchmarks import setting
from benchmarks.bulk import Table, fill
from benchmarks.history import History
from ksbb.collaborators.models import Collaborator
from ksbb.needs.enums import Verification
from ksbb.needs.models import Need, NeedAdjustment, Target
from ksbb.needs.totals import recount
from ksbb.programmes.models import Programme
from ksbb.regions.models import Region
from ksbb.shared.codes import ancestors_of, level_of, parent_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ksbb.audit.models import Entry

SLOTS: Final = ((1, 1), (1, 2), (2, 1), (2, 2), (3, 1), (3, 2), (4, 1), (4, 2), (4, 3), (4, 4))
"""What each place needs, as keys of phase and aid type. Needs are numbered slot by slot."""

OPEN_SLOTS: Final = range(6, 10)
"""The slots of the last phase, which is not over yet."""

PER_KOTA, PER_KECAMATAN, PER_KELURAHAN = 1_200, 60, 10
INSTITUTION: Final = 20
"""One target in so many is an institution."""

FULL: Final = 10
"""One need in so many has nothing open, where the history has touched it."""


class Ground(NamedTuple):
    """What the measured calls are made with; `needs` are keys of the last phase."""

    programme: Programme
    collaborator: Collaborator
    needs: range


class _Place(NamedTuple):
    key: int
    code: str
    region: str


def lay(*, targets: int, movements: int = 0) -> Ground:
    """Fill an empty database with tables, places, needs, and a history with so many movements."""
    call_command("migrate", verbosity=0)
    programme, entry = setting.programme(), setting.entry()
    collaborators = setting.collaborators()
    places = [_place(key) for key in range(1, targets + 1)]
    history = History(needs=targets * len(SLOTS), movements=movements)
    needs = list(_needs(targets, history))
    fill(
        Table(
            Region,
            "code, name, level, parent_id, lat, lon, postal_code, is_official, is_example",
            _regions(places),
        ),
        Table(
            Target,
            "id, code, kind_id, name, region_id, address, lat, lon, families, source, "
            "verification, is_example",
            _targets(places),
        ),
        Table(
            Need,
            "id, target_id, phase_id, aid_type_id, quantity, committed, delivered, received",
            needs,
        ),
        Table(NeedAdjustment, "need_id, delta, at, reason, entry_id", _adjustments(needs, entry)),
        *history.tables(programme=programme, collaborators=collaborators, entry=entry),
    )
    recount()
    return ground_of(targets)


def ground_of(targets: int) -> Ground:
    """Return what calls are made with in a book that was filled."""
    return Ground(
        Programme.objects.get(),
        Collaborator.objects.order_by("pk")[0],
        range(targets * OPEN_SLOTS.start + 1, targets * OPEN_SLOTS.stop + 1),
    )


def _place(key: int) -> _Place:
    number = key - 1
    kota, kecamatan = number // PER_KOTA, number % PER_KOTA // PER_KECAMATAN
    village = number % PER_KECAMATAN // PER_KELURAHAN
    kelurahan = f"{setting.PROVINCE}.{kota + 1:02d}.{kecamatan + 1:02d}.{village + 1001}"
    if key % INSTITUTION:
        code = f"{kelurahan}.{number % PER_KELURAHAN + 1:03d}"
        return _Place(key, code, code)
    return _Place(key, f"{kelurahan}-PS01", kelurahan)


def _regions(places: list[_Place]) -> Iterator[tuple[object, ...]]:
    known = {code for place in places for code in (*ancestors_of(place.region), place.region)}
    for code in sorted(known - {setting.PROVINCE}):
        yield code, f"Contoh {code}", level_of(code), parent_of(code), -6.15, 106.8, "", True, True


def _targets(places: list[_Place]) -> Iterator[tuple[object, ...]]:
    for place in places:
        yield (
            place.key,
            place.code,
            1 if place.code == place.region else 2,
            f"Contoh {place.key}",
            place.region,
            "",
            -6.1 - place.key % 991 / 9_910,
            106.7 + place.key % 997 / 4_985,
            80 + place.key * 37 % 400,
            "contoh",
            Verification.VERIFIED,
            True,
        )


def _needs(targets: int, history: History) -> Iterator[tuple[int, ...]]:
    committed, delivered = history.committed(), history.delivered()
    for slot, (phase, aid_type) in enumerate(SLOTS):
        for place in range(1, targets + 1):
            key = slot * targets + place
            promised = committed[key]
            full = promised and key % FULL == 0
            quantity = promised if full else promised + 80 + key * 37 % 4_000
            yield key, place, phase, aid_type, quantity, promised, delivered[key], 0


def _adjustments(needs: list[tuple[int, ...]], entry: Entry) -> Iterator[tuple[object, ...]]:
    for need in needs:
        yield need[0], need[4], setting.BEGUN, "rule", entry.pk
