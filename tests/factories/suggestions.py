"""What was suggested."""

from __future__ import annotations

from datetime import date

from ksbb.needs.models import Need, Target
from ksbb.overlap.actions.enter import Facts
from ksbb.overlap.enums import Source
from ksbb.suggestions.actions.suggest import Aid, Reach, Said, suggest
from ksbb.suggestions.enums import Kind
from ksbb.suggestions.models import Suggestion
from tests.factories.commitments import DESK, NOON
from tests.factories.needs import VILLAGE
from tests.factories.overlap import make_programme_take
from tests.factories.programmes import make_kind
from tests.factories.regions import make_region


def make_suggestion(target: Target, *, families: int = 120, phone: str = "") -> Suggestion:
    """Return a new suggestion of another count; with a phone it has a contact."""
    said = Said(name=target.name, words="Didata ulang RW (contoh)", families=families)
    return suggest(
        kind=Kind.COUNT,
        region=target.region,
        target=target,
        said=said,
        reach=Reach(phone=phone) if phone else None,
        actor=DESK,
        now=NOON,
    )


def make_new_place(name: str) -> Suggestion:
    """Return a new suggestion of an institution."""
    said = Said(name=name, words="Baru (contoh)", target_kind=make_kind("panti"), residents=40)
    return suggest(kind=Kind.PLACE, region=make_region(VILLAGE), said=said, actor=DESK, now=NOON)


def make_served_suggestion(need: Need, quantity: int = 30) -> Suggestion:
    """Return a new suggestion that others brought aid for a need."""
    make_programme_take(need)
    facts = Facts(
        quantity=quantity,
        kind=Source.GOVERNMENT,
        source="Bansos contoh",
        day=date(2020, 4, 30),
        document="Surat contoh",
    )
    return suggest(
        kind=Kind.SERVED,
        region=need.target.region,
        target=need.target,
        said=Said(name=need.target.name, words=facts.source),
        aid=Aid(phase=need.phase, aid_type=need.aid_type, facts=facts),
        actor=DESK,
        now=NOON,
    )
