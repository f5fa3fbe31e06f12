from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

import pytest
from django.utils import translation

import ksbb
from ksbb.audit.enums import Channel
from ksbb.audit.models import Entry
from ksbb.backoffice.wording import ACTIONS, in_words
from tests.factories.commitments import NOON

SOURCE: Final = Path(ksbb.__file__).parent


def told(**fields: Any) -> tuple[str, str, list[str]]:
    """Return what, who and the changes of one entry, in English."""
    entry = Entry(**{"at": NOON, "channel": Channel.WEB, "action": "x.y", "changes": {}} | fields)
    with translation.override("en"):
        row = in_words([entry])[0]
        return str(row.what), row.who, row.changes


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"state": ["SUBMITTED", "ACCEPTED"]}, "State: submitted → accepted"),
        (
            {"verification": ["PENDING", "REFUSED"]},
            "Verification: awaiting verification → refused",
        ),
        ({"planned_for": [None, "2020-05-03"]}, "Planned day: – → 3 May 2020"),
        ({"quantity": [1000, 1500]}, "Quantity: 1,000 → 1,500"),
        ({"freed": {"7": 1200, "9": 40}}, "Cancelled: 1,200 and 40"),
        ({"statement_accepted": [False, True]}, "Statement agreed to: no → yes"),
        ({"needs": 12}, "Needs: 12"),
        ({"state": ["READ", "WRITTEN"]}, "State: read, not written → written"),
        ({"role": "MEMBER"}, "Role: member"),
        ({"valid_until": "2020-12-31"}, "Valid until: 31 December 2020"),
        ({"unknown": ["a", "b"]}, "unknown: a → b"),
    ],
)
def test_a_change_is_told_in_words(changes: dict[str, Any], sentence: str) -> None:
    assert told(changes=changes)[2] == [sentence]


@pytest.mark.parametrize(
    ("channel", "who"),
    [
        (Channel.WEB, "Visitor"),
        (Channel.RECEIPT_LINK, "Receiver, by link"),
        (Channel.SYSTEM, "Scheduled work"),
    ],
)
def test_who_has_no_account_is_told_by_the_door(channel: Channel, who: str) -> None:
    assert told(channel=channel)[1] == who


def test_an_action_without_words_is_told_by_its_name() -> None:
    assert told(action="later.verb")[0] == "later.verb"


def test_a_new_row_of_a_bank_is_no_new_place() -> None:
    assert told(action="funds.take_in_statement", changes={"new": 2})[2] == ["New rows: 2"]
    assert told(action="batches.commit", changes={"new": 2})[2] == ["New places: 2"]


def test_every_action_the_code_records_has_words() -> None:
    source = "".join(path.read_text() for path in SOURCE.glob("*/actions/*.py"))
    recorded = set(re.findall(r'record\(\s*action="([a-z_]+\.[a-z_]+)"', source))

    assert sorted(recorded - ACTIONS.keys()) == []
