"""KSBB Pangan Ramadan 1441 H as rows: nothing of it stands in code elsewhere.

Dates, aid types, prices, contents, organiser and letterhead are published (press release
1255/SP-HMS/05/2020 and the programme's presentation of April 2020).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from ksbb.demo.places import INSTITUTION_KINDS
from ksbb.demo.setting import (
    AREA_RULES,
    FIRST_DAY,
    INSTITUTION_RULES,
    LAST_DAY,
    LEBARAN,
    MEALS,
    PERSONS_PER_FAMILY,
    PHASES,
    RW,
    SEMBAKO,
    THR,
    Rule,
)
from ksbb.programmes.enums import Basis, Frequency, ProgrammeState, Stage, Unit
from ksbb.programmes.models import AidType, NeedRule, Phase, Programme, TargetKind

SLUG: Final = "pangan-ramadan-1441"

LETTERHEAD: Final = """\
PEMERINTAH PROVINSI DAERAH KHUSUS IBUKOTA JAKARTA
DINAS KOMUNIKASI, INFORMATIKA DAN STATISTIK
Jalan Merdeka Selatan 8-9 Blok G Lt. 13 dan 3 serta Blok E Lt. 3
Telp. (021) 3823355 Fax. (021) 3848850 dan Fax. (021) 3823253
J A K A R T A 10110"""

ENGLISH_KINDS: Final = {
    "pesantren": "Islamic boarding school",
    "panti-asuhan": "Children’s home",
    "panti-jompo": "Home for the elderly",
    "panti-disabilitas": "Home for people with disabilities",
}


class Aid(NamedTuple):
    """One aid type as published; the price is in rupiah."""

    slug: str
    name_id: str
    name_en: str
    counted_id: str
    counted_en: str
    unit: Unit
    frequency: Frequency
    price: int
    contents_id: str
    contents_en: str


AID_TYPES: Final = (
    Aid(
        SEMBAKO,
        "Paket sembako",
        "Staple food package",
        "paket sembako",
        "staple food packages",
        Unit.FAMILY_WEEK,
        Frequency.WEEKLY,
        200_000,
        "Beras 5 kg, minyak goreng 2 l, tepung terigu 1 kg, susu kental manis, gula pasir 1 kg, "
        "teh dan kopi, sarden, mi instan 5 bungkus, margarin 200 g, kurma 500 g, atau yang setara.",
        "Rice 5 kg, cooking oil 2 l, flour 1 kg, condensed milk, sugar 1 kg, tea and coffee, "
        "sardines, 5 instant noodles, margarine 200 g, dates 500 g, or the like.",
    ),
    Aid(
        MEALS,
        "Makanan siap saji",
        "Ready meals",
        "paket makanan siap saji",
        "ready meals",
        Unit.PERSON_DAY,
        Frequency.DAILY,
        45_000,
        "Sahur dan buka puasa untuk satu orang: nasi, sayur, lauk, minuman segar, dan takjil.",
        "Pre-dawn and fast-breaking meal for one person: rice, vegetables, a side dish, a fresh "
        "drink and a snack.",
    ),
    Aid(
        LEBARAN,
        "Paket Lebaran",
        "Lebaran package",
        "paket Lebaran",
        "Lebaran packages",
        Unit.FAMILY_ONCE,
        Frequency.ONCE,
        85_000,
        "Sirop 580 ml, biskuit, gula, teh, dan nata de coco, atau yang setara.",
        "Syrup 580 ml, biscuits, sugar, tea and nata de coco, or the like.",
    ),
    Aid(
        THR,
        "Paket THR",
        "Holiday allowance (THR)",
        "paket THR",
        "holiday allowances (THR)",
        Unit.PERSON_ONCE,
        Frequency.ONCE,
        50_000,
        "Uang tunai Rp50.000 per orang, atau Rp200.000 per keluarga.",
        "Cash, Rp 50,000 per person or Rp 200,000 per family.",
    ),
)


@dataclass(frozen=True, kw_only=True)
class ProgrammeRows:
    """The programme with what belongs to it, by number or slug."""

    programme: Programme
    phases: dict[int, Phase]
    aid_types: dict[str, AidType]
    kinds: dict[str, TargetKind]


def write_programme() -> ProgrammeRows:
    """Create the programme with its phases, aid types, kinds of target and need rules."""
    programme = Programme.objects.create(
        slug=SLUG,
        name_id="KSBB Pangan Ramadan 1441 H",
        name_en="KSBB Food, Ramadan 1441 H",
        organiser="Pemerintah Provinsi DKI Jakarta",
        agency="Biro Kerja Sama Daerah",
        root_region_id="31",
        starts_on=FIRST_DAY,
        ends_on=LAST_DAY,
        state=ProgrammeState.OPEN,
        persons_per_family=PERSONS_PER_FAMILY,
        fulfilment_stage=Stage.COMMITTED,
        letterhead=LETTERHEAD,
        release_place="BALAIKOTA JAKARTA",
        website="https://corona.jakarta.go.id/kolaborasi",
    )
    rows = ProgrammeRows(
        programme=programme,
        phases={
            number: programme.phases.create(number=number, **span._asdict())
            for number, span in PHASES.items()
        },
        aid_types={
            aid.slug: _aid_type(programme, position, aid) for position, aid in enumerate(AID_TYPES)
        },
        kinds=_kinds(),
    )
    programme.target_kinds.set(rows.kinds.values())
    NeedRule.objects.bulk_create(
        _rule(rows, kind, rule)
        for kind in rows.kinds
        for rule in (AREA_RULES if kind == RW else INSTITUTION_RULES)
    )
    return rows


def _aid_type(programme: Programme, position: int, aid: Aid) -> AidType:
    fields = aid._asdict()
    return AidType.objects.create(
        programme=programme,
        reference_price=fields.pop("price"),
        counts_toward_fulfilment=aid.slug == SEMBAKO,
        position=position,
        **fields,
    )


def _kinds() -> dict[str, TargetKind]:
    """Return the kinds of target; another programme may have brought them already."""
    names = {RW: ("RW", "RW (neighbourhood)")} | {
        kind.slug: (kind.label, ENGLISH_KINDS[kind.slug]) for kind in INSTITUTION_KINDS
    }
    return {
        slug: TargetKind.objects.get_or_create(
            slug=slug,
            defaults={
                "name_id": indonesian,
                "name_en": english,
                "is_area": slug == RW,
                "position": position,
            },
        )[0]
        for position, (slug, (indonesian, english)) in enumerate(names.items())
    }


def _rule(rows: ProgrammeRows, kind: str, rule: Rule) -> NeedRule:
    return NeedRule(
        programme=rows.programme,
        target_kind=rows.kinds[kind],
        aid_type=rows.aid_types[rule.aid],
        basis=Basis.FAMILIES if kind == RW else Basis.RESIDENTS,
        multiplier=rule.multiplier,
        divisor=rule.divisor,
        per_day=rule.per_day,
        phase=rows.phases[rule.phase] if rule.phase else None,
    )
