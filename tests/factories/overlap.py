"""Aid of other sources."""

from __future__ import annotations

from datetime import date

from ksbb.needs.models import Need
from ksbb.overlap.actions.enter import Facts, enter
from ksbb.overlap.actions.files import receive_list
from ksbb.overlap.enums import Source
from ksbb.overlap.listed import Listed
from ksbb.overlap.models import Served, ServedFile
from tests.factories.commitments import DESK, NOON


def make_served(need: Need, quantity: int = 30, *, day: date = date(2020, 4, 30)) -> Served:
    """Return a new entry of government aid beside a need."""
    make_programme_take(need)
    facts = Facts(
        quantity=quantity,
        kind=Source.GOVERNMENT,
        source=f"Bansos contoh {Served.objects.count()}",
        day=day,
        document="Surat contoh",
    )
    return enter(
        target=need.target,
        phase=need.phase,
        aid_type=need.aid_type,
        facts=facts,
        actor=DESK,
        now=NOON,
    )


def make_served_file(need: Need) -> ServedFile:
    """Return a new list with one row that can be written and one that cannot."""
    make_programme_take(need)
    row = {
        "line": "2",
        "code": need.target.code,
        "phase": str(need.phase.number),
        "aid": need.aid_type.slug,
        "quantity": "7",
        "kind": "lembaga",
        "source": "Dapur umum contoh",
        "day": "2020-04-30",
        "document": "Surat contoh",
    }
    return receive_list(
        programme=need.phase.programme,
        listed=Listed([row, row | {"line": "3", "code": "31.99"}], ["nama penerima"]),
        name="daftar contoh.csv",
        digest=f"{ServedFile.objects.count():064d}",
        actor=DESK,
        now=NOON,
    )


def make_programme_take(need: Need) -> None:
    """Let the programme have places of this kind."""
    need.phase.programme.target_kinds.add(need.target.kind)
