"""KSBB UMKM is set up through the pages alone; a donor finds it and commits; results show it."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.browser import giving
from tests.browser.readers import PHONE, reader

LOKBIN: Final = """\
Kode Kelurahan,Jenis,Nama,Jumlah Pedagang
31.74.05.1006,lokbin,Lokbin Contoh Satu,300
31.74.05.1005,lokbin,Lokbin Contoh Dua,120
31.74.05.1002,lokbin,Lokbin Contoh Tiga,80
"""
UMKM: Final = "/pokja/program/umkm-contoh/"


def test_an_officer_sets_up_a_second_programme_and_a_donor_helps_it(
    browser: Browser, site: str, desktop: Page
) -> None:
    giving.log_in(desktop, "admin@contoh.example", "/pokja/program/")
    _begin(desktop)
    _add_aid(desktop, "fasilitas", "Fasilitas lapak", "Stall facilities", "STALL", bagi="10")
    _add_aid(desktop, "modal", "Modal pinjaman", "Capital loan", "RUPIAH", kali="2.000.000")
    _add_aid(desktop, "pelatihan", "Pelatihan", "Training", "PARTICIPANT")
    _import_places(desktop)
    desktop.goto(f"{UMKM}terbitkan/")
    expect(desktop.get_by_role("main")).to_contain_text("Rp1.000.000.000")
    desktop.get_by_label("Mengapa?").fill("Siap dijalankan")
    desktop.get_by_role("button", name="Terbitkan").click()
    expect(desktop.get_by_role("status").first).to_contain_text("Program diterbitkan.")

    with reader(browser, site, {"viewport": PHONE, "java_script_enabled": False}) as donor:
        donor.goto("/")
        donor.get_by_role("link", name="KSBB UMKM contoh").first.click()
        donor.get_by_role("link", name="Sasaran yang membutuhkan Modal pinjaman").click()
        here = donor.locator("main a", has_text="Bantu di sini")
        here.filter(has_text="Lokbin Contoh Satu").click()
        donor.get_by_label("Berapa rupiah?").fill("150.000.000")
        donor.get_by_role("button", name="Tambahkan ke daftar bantuan saya").click()
        giving.answer(donor, name="Koperasi Contoh")
        expect(donor.get_by_role("main")).to_contain_text("Rp150.000.000")
        giving.send(donor)
        donor.goto("/capaian/?programme=umkm-contoh&bantuan=modal")
        expect(donor.get_by_role("main")).to_contain_text("150.000.000")


def _begin(page: Page) -> None:
    """Make the kind of place, then the programme with its one phase."""
    page.get_by_role("link", name="Jenis sasaran baru").click()
    _fill(page, slug="lokbin", name_id="Lokbin", name_en="Lokbin", people_id="pedagang")
    page.get_by_role("button", name="Tambah jenis sasaran").click()
    page.get_by_role("link", name="Program baru").click()
    _fill(
        page,
        slug="umkm-contoh",
        name_id="KSBB UMKM contoh",
        name_en="KSBB small businesses (example)",
        organiser="Dinas PPKUKM",
        starts_on="2020-04-01",
        ends_on="2020-07-31",
        release_place="BALAIKOTA JAKARTA",
    )
    page.get_by_role("button", name="Mulai program").click()
    page.goto(f"{UMKM}jenis-tempat/")
    page.get_by_label("Lokbin").check()
    page.get_by_role("button", name="Simpan").click()
    page.get_by_role("link", name="Fase baru").click()
    _fill(page, starts_on="2020-04-01", ends_on="2020-07-31")
    page.get_by_role("button", name="Tambah fase").click()


def _add_aid(
    page: Page,
    slug: str,
    name_id: str,
    name_en: str,
    unit: str,
    *,
    kali: str = "1",
    bagi: str = "1",
) -> None:
    """Add a kind of aid and the rule for it."""
    page.get_by_role("link", name="Jenis bantuan baru").click()
    _fill(page, slug=slug, name_id=name_id, name_en=name_en)
    page.locator("[name=unit]").select_option(unit)
    page.locator("[name=frequency]").select_option("ONCE")
    page.locator("[name=counts_toward_fulfilment]").check()
    page.get_by_role("button", name="Tambah jenis bantuan").click()
    page.get_by_role("link", name="Aturan baru").click()
    page.locator("[name=bantuan]").select_option(slug)
    _fill(page, kali=kali, bagi=bagi)
    page.get_by_role("button", name="Tambah aturan").click()
    expect(page.get_by_role("status").first).to_contain_text("Aturan ditambahkan.")


def _import_places(page: Page) -> None:
    """Send in a list of three lokbin, write it, and verify each of them."""
    page.goto("/pokja/impor/")
    page.get_by_label("Berkas", exact=True).set_input_files(
        FilePayload(name="lokbin.csv", mimeType="text/csv", buffer=LOKBIN.encode())
    )
    page.get_by_label("Siapa pengirimnya?").fill("Dinas PPKUKM")
    page.locator("[name=program]").select_option("umkm-contoh")
    page.get_by_role("button", name="Baca berkas").click()
    page.get_by_role("button", name="Tulis 3 baris ke dalam buku").click()
    expect(page.get_by_role("status").first).to_contain_text("Berkas")
    for village in ("1006", "1005", "1002"):
        page.goto(f"/pokja/sasaran/31.74.05.{village}-LO01/")
        page.get_by_role("button", name="Verifikasi").click()
        expect(page.get_by_role("status").first).to_contain_text("sudah diverifikasi")


def _fill(page: Page, **typed: str) -> None:
    for name, text in typed.items():
        page.locator(f"main [name={name}]").fill(text)
