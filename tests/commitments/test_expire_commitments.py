from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import translation
from pytest_django import Settings

from ksbb.audit.enums import Channel
from ksbb.audit.models import Entry
from tests.factories.commitments import NOON, make_commitment, make_draft

pytestmark = pytest.mark.django_db


def printed() -> str:
    out = StringIO()
    with translation.override("en"):
        call_command("expire_commitments", stdout=out)
    return out.getvalue()


def test_the_command_frees_what_is_overdue_and_names_it(settings: Settings) -> None:
    settings.KSBB_CLOCK = (NOON + timedelta(hours=1)).isoformat()
    draft = make_draft(now=NOON)
    make_commitment(now=NOON)

    assert printed() == f"{draft.code}\n1 commitments expired.\n"
    assert Entry.objects.get(action="commitments.expire").channel == Channel.COMMAND


def test_where_nothing_is_overdue_the_command_says_so(settings: Settings) -> None:
    settings.KSBB_CLOCK = NOON.isoformat()
    make_draft(now=NOON)

    assert printed() == "0 commitments expired.\n"
