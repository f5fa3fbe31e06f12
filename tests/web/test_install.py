"""What makes the pages installable."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image

pytestmark = pytest.mark.django_db


def test_the_manifest_is_in_the_language_it_was_installed_from(client: Client) -> None:
    indonesian = client.get("/manifest.webmanifest").json()
    english = client.get("/en/manifest.webmanifest").json()

    assert indonesian["name"] == "KSBB, Kolaborasi Sosial Berskala Besar"
    assert english["name"] == "KSBB, Large-Scale Social Collaboration"
    assert (indonesian["start_url"], english["start_url"]) == ("/", "/en/")
    assert (indonesian["lang"], english["lang"]) == ("id", "en")
    assert client.get("/manifest.webmanifest").headers["Content-Type"] == (
        "application/manifest+json"
    )


def test_every_icon_is_a_picture_of_the_size_it_says(client: Client) -> None:
    icons = client.get("/manifest.webmanifest").json()["icons"]

    sizes = {icon["src"]: icon["sizes"] for icon in icons}
    for source, size in sizes.items():
        found = finders.find(source.removeprefix("/static/"))
        assert isinstance(found, str)
        with Image.open(found) as picture:
            assert f"{picture.width}x{picture.height}" == size
    assert {icon["purpose"] for icon in icons} == {"any", "maskable"}


def test_the_worker_rules_over_all_pages_and_is_asked_for_each_time(client: Client) -> None:
    worker = client.get("/sw.js")

    assert worker.headers["Service-Worker-Allowed"] == "/"
    assert worker.headers["Cache-Control"] == "no-cache"
    assert worker.headers["Content-Type"] == "text/javascript"


def test_the_worker_keeps_only_files_that_exist(client: Client) -> None:
    first = client.get("/sw.js").content.decode().partition("\n")[0]
    told = json.loads(re.sub("^const KSBB = |;$", "", first))

    files = [str(finders.find(file.removeprefix("/static/"))) for file in told["files"]]
    assert [file for file in files if not Path(file).is_file()] == []
    assert told["offline"] == {"id": "/luring/", "en": "/en/luring/"}
    assert told["notes"]["id"].startswith("Anda sedang tanpa sambungan.")
    assert re.fullmatch("[0-9a-f]{12}", told["version"])


def test_logging_out_has_the_browser_forget_what_it_kept(client: Client) -> None:
    assert client.post("/keluar/").headers["Clear-Site-Data"] == '"cache", "storage"'
