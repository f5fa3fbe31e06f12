from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.factories.batches import make_ground


@pytest.fixture(autouse=True)
def _inbox_of_the_test(settings: Settings, tmp_path: Path) -> None:
    settings.BATCH_INBOX = tmp_path / "inbox"


@pytest.fixture
def _ground(db: None) -> None:  # noqa: ARG001 - the fixture of pytest-django opens the database
    make_ground()
