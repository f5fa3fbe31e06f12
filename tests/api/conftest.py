"""The API on 1 May 2020 at noon, the first day of phase 2."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from ksbb.programmes.models import Programme
from tests.factories.programmes import make_aid_type, make_kind, make_phase, make_programme

NOON = "2020-05-01T12:00:00+07:00"


@pytest.fixture(autouse=True)
def programme(db: None, settings: Settings) -> Programme:  # noqa: ARG001 - opens the database
    """Return the open programme, with RW and children's homes as kinds of places."""
    settings.KSBB_CLOCK = NOON
    made = make_programme()
    made.target_kinds.set([make_kind(), make_kind("panti")])
    make_aid_type()
    make_phase()
    return made
