"""The working group publishes a plan; an aggregator splits a stock. On the Indonesian pages."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from ksbb.collaborators.enums import MemberRole
from tests.browser import giving, mine, plans

AUDIT: Final = "from ksbb.config.cli import main; main()"


def audited(folder: Path) -> tuple[int, str]:
    """Audit the two files in a folder, with a database that is not there."""
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", AUDIT, "audit_plan", "masukan.json", "hasil.json"],
        cwd=folder,
        env={"DATABASE_URL": f"sqlite:///{folder}/tidak-ada.sqlite3", "KSBB_DEMO": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert not (folder / "tidak-ada.sqlite3").exists()
    return done.returncode, done.stdout


def test_a_published_plan_is_audited_from_its_files_alone(plain: Page, tmp_path: Path) -> None:
    giving.log_in(plain, "pokja@contoh.example", "/pokja/rencana/")
    plans.offer(plain, "act", "5.000", "")
    plans.offer(plain, "pmi-dki", "2.000", "31.74.05")
    plain.goto("/pokja/rencana/?bantuan=sembako&porsi=25")
    expect(plain.get_by_role("row").filter(has_text="25% keluarga")).to_contain_text("dipilih")

    plans.publish(plain)
    for name in ("Masukan (JSON)", "Hasil (JSON)"):
        with plain.expect_download() as found:
            plain.get_by_role("link", name=name).click()
        file = "masukan.json" if "Masukan" in name else "hasil.json"
        found.value.save_as(tmp_path / file)

    code, printed = audited(tmp_path)
    assert (code, "✗" in printed, printed.count("✓")) == (0, False, 6)

    told = json.loads((tmp_path / "hasil.json").read_text())
    told["shipments"][0][2] += 1
    (tmp_path / "hasil.json").write_text(json.dumps(told))
    code, printed = audited(tmp_path)
    assert code != 0
    assert "✗" in printed


@pytest.fixture
def aggregator(plain: Page, tmp_path: Path) -> Page:
    """Return the phone of somebody who acts for ACT."""
    with sqlite3.connect(tmp_path / "demo.sqlite3") as book:
        book.execute(
            "INSERT INTO collaborators_membership (user_id, collaborator_id, role)"
            " SELECT u.id, c.id, ? FROM accounts_user u, collaborators_collaborator c"
            " WHERE u.email = ? AND c.slug = 'act'",
            [MemberRole.OWNER, mine.ACCOUNT],
        )
    giving.log_in(plain, mine.ACCOUNT, "/saya/organisasi/act/")
    return plain


def test_an_aggregator_splits_five_thousand_over_hundreds_of_places(aggregator: Page) -> None:
    page = aggregator
    page.get_by_role("link", name="Bagi persediaan atau anggaran ke banyak sasaran").click()
    page.get_by_label("Jenis bantuan").select_option("sembako")
    page.get_by_label("paket dalam persediaan").check()
    page.get_by_label("Berapa seluruhnya?").fill("5.000")
    page.locator("summary", has_text="Bagian yang terikat").click()
    page.get_by_label("Dari jumlah itu").first.fill("1.000")
    page.get_by_label("hanya untuk", exact=True).first.select_option("31.74.05")
    page.get_by_role("button", name="Usulkan pembagian").click()
    commit = page.get_by_role("button", name=re.compile("Komitmenkan 5.000 paket"))
    places = re.search(r"untuk ([\d.]+) sasaran", commit.inner_text())
    assert places
    assert int(places[1].replace(".", "")) > 100

    page.get_by_label("Pada hari apa Anda berencana mengantarnya?").fill("2020-05-23")
    page.get_by_label("Saya sudah membaca aturan barang").check()
    commit.click()

    expect(page.get_by_role("status").first).to_contain_text("Dikomitmenkan: ")
    said = page.get_by_role("status").first.inner_text()
    codes = re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}", said)
    assert len(codes) == -(-int(places[1].replace(".", "")) // 200)
    page.goto(f"/komitmen/{codes[0]}/")
    expect(page.get_by_role("main")).to_contain_text("Dijanjikan")
