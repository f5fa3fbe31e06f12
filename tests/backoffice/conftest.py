from __future__ import annotations

import pytest
from pytest_django import Settings

from tests.backoffice.desk import Officer
from tests.factories.accounts import make_pokja, make_user
from tests.factories.commitments import NOON


@pytest.fixture(autouse=True)
def _clock_stands_at_noon(settings: Settings) -> None:
    settings.KSBB_CLOCK = NOON.isoformat()


@pytest.fixture
def sari() -> Officer:
    """Return a member of the working group at the desk."""
    user = make_pokja("sari@example.org")
    user.name = "Sari"
    user.save()
    return Officer(user)


@pytest.fixture
def budi() -> Officer:
    """Return another member of the working group."""
    user = make_pokja("budi@example.org")
    user.name = "Budi"
    user.save()
    return Officer(user)


@pytest.fixture
def donor() -> Officer:
    """Return somebody with an account and no role."""
    return Officer(make_user("donor@example.org"))
