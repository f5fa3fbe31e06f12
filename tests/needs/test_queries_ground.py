from __future__ import annotations

import pytest

from ksbb.intake.ground import Count, Ground, Institution
from ksbb.needs.queries_ground import ground_of
from ksbb.regions.models import Region
from tests.factories.needs import VILLAGE, make_target
from tests.factories.programmes import make_programme

pytestmark = pytest.mark.django_db


def _ground() -> Ground:
    programme = make_programme()
    programme.target_kinds.set([make_target().kind, make_target("pesantren", name="A").kind])
    return ground_of(programme)


def test_the_reader_knows_the_regions_the_rw_and_the_institutions_of_the_programme() -> None:
    ground = _ground()

    assert VILLAGE in {place.code for place in ground.places}
    assert ground.rws == {VILLAGE: {1: Count(kk_rentan=100, residents=400)}}
    assert ground.institutions == [Institution(VILLAGE, "A")]
    assert ground.kinds == {"pesantren": ("pesantren", "pesantren (English)")}


def test_invented_rw_measure_no_real_file() -> None:
    programme = make_programme()
    make_target(is_example=True)
    Region.objects.filter(level="RW").update(is_example=True)

    assert ground_of(programme).rws == {}
