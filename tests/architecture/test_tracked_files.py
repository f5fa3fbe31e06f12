"""What must not stand in the repository: paths of one machine, download hosts, large files."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

ONE_MEGABYTE = 1 << 20
# Written with brackets so that this file does not find itself.
MACHINE_PATH = re.compile(r"(?<![\w.}/])/(?:wor[k]|roo[t]|tm[p]|hom[e])/\w")
DOWNLOAD_HOST = re.compile(
    r"https?://\S+\.(?:whl|tgz|tar\.gz)|pypi\.or[g]|files\.pythonhoste[d]|registry\.npmj[s]"
)


@pytest.fixture(scope="module")
def tracked() -> list[Path]:
    listing = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607 - whichever git the reader has
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    names = [ROOT / name for name in listing.stdout.split("\0") if name]
    return [path for path in names if path.is_file()]


def found(pattern: re.Pattern[str], files: list[Path]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in files
        for match in pattern.finditer(path.read_text(errors="ignore"))
    ]


def test_no_path_of_one_machine(tracked: list[Path]) -> None:
    assert found(MACHINE_PATH, tracked) == []


def test_no_download_host(tracked: list[Path]) -> None:
    assert found(DOWNLOAD_HOST, tracked) == []


def test_no_large_file(tracked: list[Path]) -> None:
    large = [path.name for path in tracked if path.stat().st_size > ONE_MEGABYTE]

    assert large == []
