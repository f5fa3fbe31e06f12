"""A wrong or missing setting stops the start with one sentence, told by the command itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

KSBB = Path(sys.executable).with_name("ksbb")
PRODUCTION = {
    "DATABASE_URL": "postgres://ksbb:secret@localhost/ksbb",
    "SECRET_KEY": "a key of fifty characters or more, which nobody else may know",
    "ALLOWED_HOSTS": "ksbb.example.id",
}

UNREADABLE = (
    "DATABASE_URL cannot be read. Write it like postgres://user:password@host:5432/name "
    "or sqlite:///path/to/file.sqlite3."
)
NO_ZONE = (
    "KSBB_CLOCK “2020-05-22T12:00:00” has no time zone. Write it like 2020-05-22T12:00:00+07:00."
)


def no_tiles(url: str) -> str:
    return (
        f"KSBB_TILE_URL is “{url}”. Write it like https://tiles.example.id/{{z}}/{{x}}/{{y}}.png."
    )


def start(tmp_path: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    path = {"PATH": os.environ["PATH"]}
    return subprocess.run(  # noqa: S603 - our own command with our own words
        [KSBB, *(command or ["check"])],
        cwd=tmp_path,
        env=path | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_starts_when_all_is_said(tmp_path: Path) -> None:
    done = start(tmp_path, **PRODUCTION)

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_production_does_not_start_without(name: str, tmp_path: Path) -> None:
    done = start(tmp_path, **(PRODUCTION | {name: ""}))

    assert done.returncode == 2
    assert done.stderr.startswith(f"{name} is missing. Set it, for instance ")
    assert done.stderr.count("\n") == 1


def test_production_does_not_start_with_a_key_that_could_be_guessed(tmp_path: Path) -> None:
    done = start(tmp_path, **(PRODUCTION | {"SECRET_KEY": "rahasia"}))

    assert (done.returncode, done.stderr) == (
        2,
        (
            "SECRET_KEY has 7 characters and could be guessed. Set at least 50, for instance the "
            "output of: openssl rand -base64 48.\n"
        ),
    )


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        (
            {"SECRET_KEY": "meant for production"},
            "SECRET_KEY is set but DATABASE_URL is missing. Set it too, or set KSBB_DEMO=1.",
        ),
        (
            {"KSBB_DEMO": "0"},
            "DATABASE_URL is missing. Set it, for instance postgres://ksbb@localhost/ksbb.",
        ),
        (
            {"KSBB_DEMO": "perhaps"},
            "KSBB_DEMO is “perhaps”. Set it to 1 or 0, or leave it out.",
        ),
        (
            {"DATABASE_URL": "mysql://localhost/ksbb"},
            UNREADABLE,
        ),
        (
            PRODUCTION | {"DATABASE_URL": "postgres://localhost"},
            "DATABASE_URL names no database: postgres://user:password@host:5432/name.",
        ),
        (
            {"DATABASE_URL": "sqlite:///"},
            "DATABASE_URL names no file. Write it like sqlite:///path/to/file.sqlite3.",
        ),
        (
            {"CACHE_URL": "memory"},
            "CACHE_URL cannot be read. Write it like redis://localhost:6379/0, or leave it out.",
        ),
        (
            {"KSBB_CLOCK": "noon"},
            "KSBB_CLOCK is “noon”. Write a moment like 2020-05-22T12:00:00+07:00.",
        ),
        (
            {"KSBB_CLOCK": "2020-05-22T12:00:00"},
            NO_ZONE,
        ),
        (
            {"KSBB_TILE_URL": "https://tiles.example.id/{z}/{x}.png"},
            no_tiles("https://tiles.example.id/{z}/{x}.png"),
        ),
        (
            {"KSBB_TILE_URL": "https://{s}.example.id/{z}/{x}/{y}.png"},
            no_tiles("https://{s}.example.id/{z}/{x}/{y}.png"),
        ),
        (
            {"KSBB_TILE_URL": "https://a.id; script-src */{z}/{x}/{y}.png"},
            no_tiles("https://a.id; script-src */{z}/{x}/{y}.png"),
        ),
        (
            {"KSBB_TILE_URL": "https://[a/{z}/{x}/{y}.png"},
            no_tiles("https://[a/{z}/{x}/{y}.png"),
        ),
        (
            {"KSBB_TILE_URL": "https://tiles.example.id/{z}/{x}/{y}.png"},
            "KSBB_TILE_ATTRIBUTION is missing: say whose streets KSBB_TILE_URL shows.",
        ),
        (
            PRODUCTION | {"KSBB_CLOCK": "2020-05-22T12:00:00+07:00"},
            "KSBB_CLOCK stops the clock and is meant for the demo only. Leave it out.",
        ),
    ],
)
def test_a_wrong_value_is_told_in_one_sentence(
    environment: dict[str, str], sentence: str, tmp_path: Path
) -> None:
    done = start(tmp_path, **environment)

    assert (done.returncode, done.stderr) == (2, f"{sentence}\n")


def test_a_missing_directory_is_named(tmp_path: Path) -> None:
    done = start(tmp_path, DATABASE_URL="sqlite:///nowhere/book.sqlite3", KSBB_DEMO="1")

    expected = f"DATABASE_URL: there is no directory {tmp_path}/nowhere. Make it first.\n"
    assert (done.returncode, done.stderr) == (2, expected)


def test_a_database_in_memory_leaves_no_file(tmp_path: Path) -> None:
    done = start(tmp_path, "migrate", "--plan", DATABASE_URL="sqlite://:memory:", KSBB_DEMO="1")

    assert (done.returncode, done.stderr) == (0, "")
    assert list(tmp_path.iterdir()) == []


def test_streets_open_the_policy_for_pictures_of_their_host_and_for_nothing_else(
    tmp_path: Path,
) -> None:
    told = "print(settings.CONTENT_SECURITY_POLICY['DIRECTIVES'])"
    tiles = {
        "KSBB_TILE_URL": "https://tiles.example.id:8443/a/{z}/{y}/{x}.png?key=1",
        "KSBB_TILE_ATTRIBUTION": "© Contoh",
    }

    def policy(**environment: str) -> str:
        return subprocess.run(  # noqa: S603 - our own interpreter with our own words
            [sys.executable, "-c", f"from ksbb.config import settings; {told}"],
            cwd=tmp_path,
            env={"PATH": os.environ["PATH"], "KSBB_DEMO": "1"} | environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    assert policy(**tiles) == policy().replace(
        "'data:']", "'data:', 'https://tiles.example.id:8443']"
    )


@pytest.mark.parametrize(
    ("environment", "required"),
    [(PRODUCTION, "True"), ({}, "False"), ({"KSBB_DEMO": "1"}, "False")],
)
def test_only_the_demo_asks_officers_for_no_second_factor(
    environment: dict[str, str], required: str, tmp_path: Path
) -> None:
    said = "from ksbb.config.settings import SECOND_FACTOR_REQUIRED as it; print(it)"

    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", said],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"]} | environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.stdout.strip(), done.stderr) == (required, "")
