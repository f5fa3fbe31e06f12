from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksbb.shared.clock import WIB
from ksbb.shared.fingerprint import fingerprint

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=8,
)


@dataclass(frozen=True)
class Line:
    need: int
    quantity: int


@given(st.dictionaries(st.sampled_from("abcdef"), PLAIN))
def test_the_order_of_the_parts_does_not_matter(parts: dict[str, object]) -> None:
    backwards = dict(reversed(parts.items()))

    assert fingerprint(**parts) == fingerprint(**backwards)


def test_another_content_has_another_fingerprint() -> None:
    first = fingerprint(need=1, quantity=600)

    assert len(first) == 64
    assert first != fingerprint(need=1, quantity=601)
    assert first != fingerprint(need=16, quantity=0)
    assert fingerprint(a="1") != fingerprint(a=1)


def test_the_same_moment_is_the_same_in_every_time_zone() -> None:
    moment = datetime(2020, 5, 2, 11, tzinfo=WIB)

    assert fingerprint(at=moment) == fingerprint(at=moment.astimezone(UTC))


def test_lines_dates_sets_and_decimals_can_be_parts() -> None:
    parts = {
        "lines": [Line(1, 600)],
        "on": date(2020, 5, 3),
        "tags": {"b", "a"},
        "amount": Decimal("1.50"),
    }

    assert fingerprint(**parts) == fingerprint(
        lines=[{"need": 1, "quantity": 600}], on="2020-05-03", tags=["a", "b"], amount="1.50"
    )


def test_a_thing_without_a_canonical_form_is_refused() -> None:
    with pytest.raises(TypeError, match="object"):
        fingerprint(thing=object())
