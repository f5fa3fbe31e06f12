"""What was suggested."""

from __future__ import annotations

from ksbb.needs.models import Target
from ksbb.suggestions.actions.suggest import Reach, Said, suggest
from ksbb.suggestions.enums import Kind
from ksbb.suggestions.models import Suggestion
from tests.factories.commitments import DESK, NOON


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
