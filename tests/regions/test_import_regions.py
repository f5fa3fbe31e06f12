"""`ksbb import_regions` as an operator runs it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.core.management import call_command

from ksbb.regions.actions.load import DKI_ALIASES, DKI_REGIONS
from ksbb.regions.models import Region
from ksbb.shared.errors import DomainError

pytestmark = pytest.mark.django_db

NATIONAL = Path(os.environ.get("KSBB_NATIONAL_REGIONS", "none"))


def test_the_operator_reads_how_much_was_loaded(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_regions", str(DKI_REGIONS), "--aliases", str(DKI_ALIASES))

    assert Region.objects.count() == 318
    assert {"318", "34"} <= set(capsys.readouterr().out.split())


def test_a_bad_file_is_one_answer_and_nothing_is_written(tmp_path: Path) -> None:
    file = tmp_path / "regions.csv"
    file.write_text("code,name,level,parent_code\n31,DKI,provinsi,\nx,A,kota,31\n", "utf-8")

    with pytest.raises(DomainError, match=r"(?s)regions\.csv.*3.*“x”"):
        call_command("import_regions", str(file))

    assert Region.objects.count() == 0


@pytest.mark.skipif(
    not NATIONAL.is_file(), reason="KSBB_NATIONAL_REGIONS names no file of all regions"
)
def test_all_of_indonesia_can_be_loaded() -> None:
    call_command("import_regions", str(NATIONAL))

    assert Region.objects.count() > 90_000
    assert Region.objects.get(code="91.71").name == "Kota Jayapura"
