"""Lists of places as an officer sends them in; what is in them is invented."""

from __future__ import annotations

from playwright.sync_api import FilePayload, Page

HEADING = "Kode Kelurahan,Kelurahan,RW,KK Rentan,NIK"
NEW = "31.74.05.1006,,41,120,3174051203800001"
UNKNOWN = ",Kebayoran Lama Seltan,42,33,3174051203800002"


OUTSIDE = "31.75.01.1001,,3,70,3174051203800003"


def send(page: Page, *lines: str, name: str = "rekap-contoh.csv") -> str:
    """Send a list in and return the address of its page."""
    _choose(page, name, *lines)
    page.get_by_label("Siapa pengirimnya?").fill("Kelurahan Contoh")
    return _read(page)


def send_of_area(page: Page, *lines: str) -> str:
    """Send a list in as an officer of an area, who is its sender; return its address."""
    _choose(page, "rekap-wilayah-contoh.csv", *lines)
    return _read(page)


def _choose(page: Page, name: str, *lines: str) -> None:
    page.goto("/pokja/impor/")
    content = "\n".join((HEADING, *lines, "")).encode()
    page.get_by_label("Berkas", exact=True).set_input_files(
        FilePayload(name=name, mimeType="text/csv", buffer=content)
    )


def _read(page: Page) -> str:
    page.get_by_role("button", name="Baca berkas").click()
    page.wait_for_url("**/pokja/impor/*/")
    return page.evaluate("() => location.pathname")  # type: ignore[no-any-return]


def send_served(page: Page, place: str) -> str:
    """Send a list of aid from others in and write it; return its address."""
    page.goto("/pokja/sudah-dilayani/")
    content = (
        "kode,fase,bantuan,jumlah,jenis_sumber,sumber,tanggal,dokumen,NIK\n"
        f"{place},4,sembako,15,pemerintah,Bansos contoh,2020-05-15,Surat contoh,3174051203800001\n"
        "31.99,4,sembako,15,pemerintah,Bansos contoh,2020-05-15,Surat contoh,\n"
    ).encode()
    page.get_by_label("Berkas", exact=True).set_input_files(
        FilePayload(name="bantuan-lain-contoh.csv", mimeType="text/csv", buffer=content)
    )
    page.get_by_role("button", name="Baca berkas").click()
    page.get_by_role("button", name="Tulis 1 catatan").click()
    page.get_by_text("Daftar sudah ditulis.").wait_for()
    return page.evaluate("() => location.pathname")  # type: ignore[no-any-return]
