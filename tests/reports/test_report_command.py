from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from ksbb.shared.errors import DomainError
from tests.factories.commitments import make_commitment
from tests.factories.needs import make_need

pytestmark = pytest.mark.django_db

ASKED = ("report", "--programme", "pangan-ramadan-1441", "--as-of", "2020-05-02T23:59:59+07:00")


@pytest.fixture(autouse=True)
def _one_gift() -> None:
    make_commitment({make_need(600): 600})


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_json_has_the_keys_of_the_contract_in_their_order() -> None:
    printed = json.loads(run(*ASKED, "--format", "json"))

    assert list(printed) == [
        "programme",
        "as_of",
        "edition",
        "committed",
        "delivered",
        "received",
        "reach",
        "collaborators",
        "phases",
        "donations",
    ]
    assert printed["as_of"] == "2020-05-02T23:59:59+07:00"
    assert printed["committed"] == {"sembako": 600}
    assert printed["reach"] == {"kota": 1, "kelurahan": 1, "rw": 1, "institutions": 0}
    assert printed["donations"] == []


def test_a_file_gets_what_would_have_been_printed(tmp_path: Path) -> None:
    file = tmp_path / "siaran.txt"

    assert run(*ASKED, "--out", str(file)) == ""

    assert file.read_text(encoding="utf-8") == run(*ASKED)
    assert [path.name for path in tmp_path.iterdir()] == ["siaran.txt"]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (["--format", "docx"], "“docx”"),
        (["--lang", "fr"], "“fr”"),
        (["--as-of", "kemarin"], "“kemarin”"),
        (["--programme", "pangan-1442"], "“pangan-1442”"),
        (["--date", "3 Mei"], "“3 Mei”"),
    ],
)
def test_a_word_it_does_not_know_is_named_and_nothing_printed(
    changed: list[str], sentence: str, tmp_path: Path
) -> None:
    file = tmp_path / "siaran.txt"

    with pytest.raises(DomainError) as refusal:
        run(*ASKED, *changed, "--out", str(file))

    assert sentence in str(refusal.value)
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    file = tmp_path / "tidak-ada" / "siaran.txt"

    with pytest.raises(DomainError) as refusal:
        run(*ASKED, "--out", str(file))

    assert str(file) in str(refusal.value)


def test_a_device_is_written_to_and_not_replaced() -> None:
    assert run(*ASKED, "--out", "/dev/null") == ""

    assert Path("/dev/null").is_char_device()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is full")
def test_a_full_disk_is_told_in_one_sentence() -> None:
    with pytest.raises(DomainError) as refusal:
        run(*ASKED, "--out", "/dev/full")

    assert "/dev/full" in str(refusal.value)


def test_a_moment_that_lies_ahead_is_refused(settings: Settings) -> None:
    settings.KSBB_CLOCK = "2020-05-22T12:00:00+07:00"

    with pytest.raises(DomainError) as refusal:
        run(*ASKED, "--as-of", "2020-05-23T00:00:00+07:00")

    assert "22 Mei 2020 pukul 12.00 WIB" in str(refusal.value)


def test_today_means_until_now(settings: Settings) -> None:
    settings.KSBB_CLOCK = "2020-05-22T12:00:00+07:00"

    printed = json.loads(run(*ASKED, "--as-of", "2020-05-22", "--format", "json"))

    assert printed["as_of"] == "2020-05-22T12:00:00+07:00"
