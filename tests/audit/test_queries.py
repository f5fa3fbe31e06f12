from __future__ import annotations

import pytest

from ksbb.audit.actions.record import record
from ksbb.audit.actors import SYSTEM, Actor
from ksbb.audit.enums import Channel
from ksbb.audit.models import Entry
from ksbb.audit.queries import (
    ChangedMeanwhileError,
    KeyRefusedError,
    KeyReusedError,
    Request,
    check_unchanged,
    entries_about,
    find_replay,
    newest_entry_id,
    was_carried_out,
)
from ksbb.needs.models import Target
from tests.factories.commitments import NOON
from tests.factories.needs import make_target

pytestmark = pytest.mark.django_db


def write(target: Target, *, key: str = "", content: str = "satu") -> Entry:
    return record(
        action="tests.write",
        obj=target,
        actor=SYSTEM,
        now=NOON,
        request=Request(key=key, fingerprint=content),
    )


def test_a_repeat_finds_the_row_of_the_first_time() -> None:
    entry = write(make_target(), key="klik")

    assert find_replay(Request(key="klik", fingerprint="satu")) == entry


def test_an_unknown_key_is_no_repeat() -> None:
    write(make_target(), key="klik")

    assert find_replay(Request(key="klik-lain", fingerprint="satu")) is None


def test_without_a_key_nothing_is_a_repeat() -> None:
    write(make_target())
    write(make_target())

    assert find_replay(Request(key="", fingerprint="satu")) is None
    assert list(Entry.objects.values_list("idempotency_key", flat=True)) == [None, None]


def test_a_known_key_with_other_content_is_refused() -> None:
    write(make_target(), key="klik")

    with pytest.raises(KeyReusedError):
        find_replay(Request(key="klik", fingerprint="dua"))


def test_a_key_too_long_to_be_kept_is_refused() -> None:
    with pytest.raises(KeyRefusedError):
        Request(key="k" * 81, fingerprint="satu")


def test_a_key_is_known_once_its_request_was_carried_out() -> None:
    write(make_target(), key="klik")

    assert [was_carried_out(key) for key in ("klik", "klik-lain", "")] == [True, False, False]


def test_what_was_done_to_one_object_is_listed_newest_first() -> None:
    target, other = make_target(), make_target()
    first, _, second = write(target), write(other), write(target)

    assert list(entries_about(object_type="needs.target", object_id=str(target.pk))) == [
        second,
        first,
    ]


def test_nothing_has_changed_for_whoever_saw_the_newest_row() -> None:
    target = make_target()
    write(target)
    seen = newest_entry_id(target)
    write(make_target())

    check_unchanged(target, seen=seen)
    check_unchanged(target, seen=None)


def test_whoever_saw_an_older_row_is_told() -> None:
    target = make_target()
    seen = newest_entry_id(target)
    write(target)

    assert seen == 0
    with pytest.raises(ChangedMeanwhileError):
        check_unchanged(target, seen=seen)


def test_an_actor_without_an_account_is_known_by_the_door() -> None:
    entry = record(
        action="tests.write",
        obj=make_target(),
        actor=Actor(channel=Channel.RECEIPT_LINK),
        now=NOON,
    )

    assert (entry.actor, entry.channel) == (None, Channel.RECEIPT_LINK)
