"""Six hundred packages by recommendation, one place of it filled by somebody else meanwhile."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser import giving
from tests.browser.readers import Cast


def test_what_somebody_else_fills_meanwhile_is_proposed_anew_and_the_rest_is_kept(
    cast: Cast,
) -> None:
    bbn = cast.giver
    ask(bbn, "600")
    first, *others = quantities(bbn)
    code = first_code(bbn)
    bbn.get_by_role("button", name="Masukkan ke daftar bantuan saya").click()
    giving.answer(bbn)
    fill_up(cast.neighbour, code)

    bbn.get_by_role("button", name="Kirim komitmen").click()

    expect(bbn.get_by_role("alert")).to_contain_text("hanya 0 yang masih terbuka")
    lost = bbn.get_by_role("heading", name="Usulan baru untuk")
    assert giving.number(lost.inner_text()) == first[1]
    bbn.get_by_role("button", name="Simpan sisanya dan ambil usulan ini").click()
    now = dict(package(bbn))
    assert {name: now[name] for name, _ in others} == dict(others)
    assert first[0] not in now
    assert sum(now.values()) == 600
    giving.go_on(bbn)
    giving.send(bbn)
    for name in now:
        expect(bbn.get_by_role("main")).to_contain_text(name)


def ask(page: Page, count: str) -> None:
    """Ask for a proposal around Kebayoran Lama: five kilometres, four stops, at least fifty."""
    page.goto("/bantu/")
    page.get_by_label("Berapa paket?").fill(count)
    page.get_by_label("Dari mana Anda berangkat?").fill("kebayorn lma")
    page.get_by_label("Sampai berapa kilometer").fill("5")
    page.get_by_label("Paling banyak berapa titik?").fill("4")
    page.get_by_label("Paling sedikit per titik").fill("50")
    page.get_by_role("button", name="Usulkan sasaran").click()
    expect(page.get_by_role("heading", name="Usulan untuk 600 paket sembako")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("ini terbukti lewat perhitungan")
    assert len(quantities(page)) == 4


def quantities(page: Page) -> list[tuple[str, int]]:
    """Return the places of a proposal with what each is to get."""
    rows = page.locator("table.proposal tbody tr")
    return [
        (row.locator("th a").inner_text(), giving.number(row.locator("input").input_value()))
        for row in rows.all()
    ]


def package(page: Page) -> list[tuple[str, int]]:
    """Return the places of the package with what each is to get."""
    expect(page.get_by_role("heading", name="Sasaran dan jumlah", level=1)).to_be_visible()
    lines = page.locator("main ul.lines > li")
    return [
        (line.locator("h2 a").inner_text(), giving.number(line.locator("input").input_value()))
        for line in lines.all()
    ]


def first_code(page: Page) -> str:
    """Return the code of the first place of a proposal."""
    address = page.locator("table.proposal tbody th a").first.get_attribute("href") or ""
    return address.removeprefix("/sasaran/").removesuffix("/")


def fill_up(page: Page, code: str) -> None:
    """Give a place all it still lacks."""
    open_there = giving.figures_of_place(page, code)["Masih dibutuhkan"]
    page.goto(f"/bantu/?sasaran={code}&bantuan=sembako&fase=4")
    page.get_by_label("Berapa paket?").fill(str(open_there))
    page.get_by_role("button", name="Tambahkan ke daftar bantuan saya").click()
    giving.answer(page, name="Warga Contoh")
    giving.send(page)
