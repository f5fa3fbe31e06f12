"""Leaflet is served by ourselves, out of a wheel that is never imported."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from django.contrib.staticfiles import finders
from django.test import Client

from ksbb.config.leaflet_files import FILES
from tests.config.test_settings import KSBB, PRODUCTION


def test_leaflet_and_nothing_else_of_the_wheel_is_found() -> None:
    found = finders.find("leaflet/leaflet.js")

    assert isinstance(found, str)
    assert Path(found).name == "leaflet.js"
    assert finders.find("leaflet/leaflet-src.js") is None
    assert finders.find("leaflet.js") is None
    assert "leaflet" not in sys.modules


def test_the_demo_serves_it(client: Client) -> None:
    answer = client.get("/static/leaflet/leaflet.js")

    assert answer.status_code == 200
    assert b"Leaflet 1." in b"".join(answer)


def test_collected_files_are_named_by_their_content_also_within_each_other(tmp_path: Path) -> None:
    environment = PRODUCTION | {"STATIC_ROOT": str(tmp_path)}
    subprocess.run(  # noqa: S603 - our own command with our own words
        [KSBB, "collectstatic", "--noinput", "--verbosity", "0"], env=environment, check=True
    )

    names = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    script = (tmp_path / names["leaflet/leaflet.js"]).read_text()
    main = (tmp_path / names["portal/map/main.js"]).read_text()
    assert {name for name in names if name.startswith("leaflet/")} == {
        f"leaflet/{name}" for name in FILES
    }
    assert f"sourceMappingURL={Path(names['leaflet/leaflet.js.map']).name}" in script
    assert f'from "./{Path(names["portal/map/draw.js"]).name}"' in main
