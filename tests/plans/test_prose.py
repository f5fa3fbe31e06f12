from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation

from ksbb.plans.actions.offer import Where
from ksbb.plans.enums import Reach
from ksbb.plans.prose import paragraphs
from ksbb.shared.formats import gini, number, percent
from tests.factories.commitments import make_commitment
from tests.factories.plans import A, make_city, make_offer_of, make_published
from tests.factories.regions import make_region

pytestmark = pytest.mark.django_db

NUMBER = re.compile(r"\d[\d.,]*\d|\d")


def facts(value: Any) -> Iterator[float]:
    """Yield every number of a document, and how long its lists are."""
    if isinstance(value, bool):
        return
    if isinstance(value, int | float):
        yield value
    if isinstance(value, dict):
        for one in value.values():
            yield from facts(one)
    if isinstance(value, list):
        yield len(value)
        for one in value:
            yield from facts(one)


def shown(fact: float) -> set[str]:
    return {number(fact)} if isinstance(fact, int) else {percent(fact), gini(fact)}


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("packages", [[160, 50], [700], [210]])
def test_every_number_in_the_text_is_in_the_published_files(
    language: str, packages: list[int]
) -> None:
    needs = make_city()
    make_commitment({needs[0]: 7})
    for at, count in enumerate(packages):
        make_offer_of(
            count, Where(reach=Reach.AREA, area=make_region(A)) if len(packages) - at > 1 else None
        )
    plan = make_published()
    asked, told = json.loads(plan.input), json.loads(plan.output)

    with translation.override(language):
        written = set(NUMBER.findall(" ".join(paragraphs(asked, told))))
        fields = {"share": asked["share"], "least": asked["least"], "offers": asked["offers"]}
        left = sum(told["left"].values())
        said = {text for fact in (*facts(told), *facts(fields), left, 0) for text in shown(fact)}
        known = {found for text in said for found in NUMBER.findall(text)}

    assert written
    assert written - known == set()
