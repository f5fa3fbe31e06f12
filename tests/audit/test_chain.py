"""What was sealed is found when somebody changes it behind the back of the database's guards."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from ksbb.audit.actions.seal import seal
from ksbb.audit.chain import plain
from ksbb.audit.models import Digest, Entry, Seal
from ksbb.commitments.models import Movement
from ksbb.reports.integrity import differences
from ksbb.shared.append_only import drop, install, lifted
from tests.factories.commitments import NOON, make_commitment
from tests.factories.needs import make_need

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_sealed_book() -> None:
    """Write a need of 100 and two commitments of it, and seal them."""
    need = make_need(100)
    make_commitment({need: 40})
    make_commitment({need: 10})
    seal(now=NOON)


def tamper(statement: str) -> None:
    """Change a row as somebody would who owns the database: guards off, then on again."""
    with lifted(connection), connection.cursor() as cursor:
        cursor.execute(statement)


def found() -> list[tuple[str, int, str]]:
    chained = {"audit_entry", "commitments_movement", "needs_needadjustment", "audit_digest"}
    return [(one.table, one.key, one.what) for one in differences() if one.table in chained]


def test_a_book_nobody_touched_agrees() -> None:
    assert found() == []
    assert set(Seal.objects.values_list("table", flat=True)) == {
        "audit_entry",
        "commitments_movement",
        "needs_needadjustment",
    }


def test_a_changed_audit_row_is_named() -> None:
    old = Entry.objects.order_by("pk")[1]

    tamper(f"UPDATE audit_entry SET reason = 'lain' WHERE id = {old.pk}")

    assert found() == [("audit_entry", old.pk, "barisnya")]


def test_a_changed_movement_is_named_even_where_all_sums_agree() -> None:
    one = Movement.objects.order_by("pk").first()
    assert one

    tamper(f"UPDATE commitments_movement SET at = '2020-04-30 05:00:00+00:00' WHERE id = {one.pk}")

    assert found() == [("commitments_movement", one.pk, "barisnya")]


@pytest.mark.parametrize("table", ["audit_entry", "commitments_movement"])
def test_two_rows_that_change_places_are_found(table: str) -> None:
    column = "at" if table == "audit_entry" else "delta"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, {column} FROM {table} ORDER BY id")
        (one, first), (two, _second) = cursor.fetchall()[:2]
    values = {"at": "'2020-01-01 00:00:00+00:00'", "delta": f"{first} + 1"}

    tamper(f"UPDATE {table} SET {column} = {values[column]} WHERE id IN ({one}, {two})")

    assert [row[:2] for row in found()] == [(table, one), (table, two)]


def test_a_row_taken_away_is_counted() -> None:
    last = Movement.objects.order_by("pk").last()
    assert last

    tamper(f"DELETE FROM commitments_movement WHERE id = {last.pk}")

    assert ("commitments_movement", Movement.objects.order_by("pk")[0].pk, "baris") in found()


def test_a_row_slipped_in_below_a_seal_is_named() -> None:
    newest = Entry.objects.order_by("pk").last()
    assert newest
    tamper(f"UPDATE audit_entry SET id = id + 100 WHERE id = {newest.pk}")
    seal(now=NOON)
    copied = "at, channel, action, object_type, object_id, reason, changes, fingerprint"

    tamper(
        f"INSERT INTO audit_entry (id, {copied}) "
        f"SELECT id - 50, {copied} FROM audit_entry WHERE id = {newest.pk + 100}"
    )

    assert ("audit_entry", newest.pk + 50, "barisnya") in found()


def test_a_table_left_without_its_guard_is_told() -> None:
    drop(connection, "audit_entry")
    said = found()
    install(connection, "audit_entry")

    assert said == [("audit_entry", 0, "penjaganya")]


def test_a_seal_made_anew_over_the_change_is_found_by_what_was_published(tmp_path: Path) -> None:
    kept = tmp_path / "sidik.json"
    kept.write_bytes(Client().get("/sidik.json").content)
    old = Entry.objects.order_by("pk").first()
    assert old
    tamper(f"UPDATE audit_entry SET reason = 'lain' WHERE id = {old.pk}")
    for table in ("audit_seal", "audit_digest"):
        tamper(f"DELETE FROM {table}")
    seal(now=NOON)

    assert found() == []
    with pytest.raises(SystemExit) as end:
        call_command("verify_integrity", published=kept)
    assert end.value.code == 1


def test_a_published_line_that_was_rewritten_is_found() -> None:
    tamper(f"UPDATE audit_digest SET digest = '{'f' * 64}'")

    assert found() == [("audit_digest", 1, "sidik")]


def test_the_command_goes_on_where_it_stopped_and_says_when_nothing_is_new(
    capsys: pytest.CaptureFixture[str],
) -> None:
    call_command("seal_audit")
    make_commitment({make_need(5): 5})
    call_command("seal_audit")

    said = capsys.readouterr().out.splitlines()
    first, second = Digest.objects.order_by("number")
    assert said == [
        "Belum ada yang baru untuk disegel.",
        f"2 {plain(second.at)} {second.digest}",
    ]
    assert second.previous == first.digest
    assert found() == []


def test_many_rows_become_several_seals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ksbb.audit.actions.seal.ROWS_PER_SEAL", 2)
    for _one in range(3):
        make_commitment({make_need(5): 5})

    seal(now=NOON)

    assert Seal.objects.filter(table="commitments_movement").count() == 3
    assert found() == []


def test_everybody_reads_the_digests(client: Client) -> None:
    one = Digest.objects.get()

    page = client.get("/en/sidik/").content.decode()
    file = json.loads(client.get("/sidik.json").content)

    assert one.digest in page
    line = file["digests"][0]
    heads = json.dumps(line["heads"], separators=(",", ":"), sort_keys=True)
    said = f"{line['previous']} {line['at']} {heads}"
    assert sha256(said.encode()).hexdigest() == line["digest"]
    assert [(line["number"], line["digest"]) for line in file["digests"]] == [(1, one.digest)]
