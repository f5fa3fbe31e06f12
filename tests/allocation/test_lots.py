from __future__ import annotations

from hashlib import sha256

import numpy as np
import pytest

from ksbb.allocation.errors import CannotAllocate
from ksbb.allocation.lots import named_lot, public_lot, splitmix64


def test_the_draw_is_the_published_generator() -> None:
    # The first three numbers of splitmix64 begun at 1234567, from the reference implementation.
    golden = 0x9E3779B97F4A7C15
    states = np.array([(1234567 + step * golden) % 2**64 for step in range(3)], np.uint64)

    assert splitmix64(states).tolist() == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
    ]


def test_each_place_draws_its_own_lot_whatever_the_order() -> None:
    ids = np.arange(10_000)

    lots = public_lot(ids, 20200503)

    assert len(np.unique(lots)) == len(ids)
    assert public_lot(ids[::-1], 20200503).tolist() == lots[::-1].tolist()
    assert public_lot(ids, 20200504).tolist() != lots.tolist()


def test_an_identifier_below_zero_is_refused() -> None:
    with pytest.raises(CannotAllocate, match=r"too_small ids\[1\]"):
        public_lot([3, -1], 1)


def test_a_public_name_draws_what_anybody_can_repeat() -> None:
    name = "31.74.05.1002.004/2/sembako"
    last = int(sha256(name.encode()).hexdigest()[-16:], 16) % 2**63

    lots = named_lot([name, "31.74.05.1002.005/2/sembako"], 20200503)

    assert lots[0] == public_lot([last], 20200503)[0]
    assert lots.tolist()[0] == 5731301007003249021
