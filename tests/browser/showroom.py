"""Browsers of several people, brought to where every page can be looked at."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

from tests.browser import book, gifts, giving, lists, mine, passkeys, plans
from tests.browser.readers import PHONE, reader
from tests.browser.sights import RAMADAN, Sight, Who

REPORTED = "RT 05 Contoh Laporan"


@dataclass(frozen=True, kw_only=True)
class Showroom:
    """One page for each of the people, and what their addresses speak of."""

    pages: dict[Who, Page]
    names: dict[str, str]
    complaints: list[str]

    def show(self, sight: Sight, language: str) -> tuple[Page, int]:
        """Bring the right person to the sight; return their page and the status of its answer."""
        page = self.pages[sight.who]
        # What programs use has its language at the end of the address.
        prefix = "/en" if language == "en" and "{language}" not in sight.address else ""
        page.set_viewport_size(PHONE)
        address = prefix + sight.address.format(language=language, **self.names)
        answer = page.goto(address)
        if sight.act:
            with page.expect_navigation() as navigation:
                sight.act(page)
            answer = navigation.value
        return page, answer.status if answer else 0


@contextmanager
def furnished(browser: Browser, site: str) -> Iterator[Showroom]:
    """Yield a showroom on a server with the demo, which gains a few commitments by it."""
    complaints: list[str] = []
    with ExitStack() as stack:
        # Browsers know passkeys of names, not of numbers.
        site = site.replace("127.0.0.1", "localhost")
        pages = {
            who: stack.enter_context(reader(browser, site, {"viewport": PHONE}, complaints))
            for who in Who
        }
        giving.log_in(pages[Who.OFFICER])
        giving.log_in(pages[Who.AREA], "kecamatan@contoh.example")
        giving.log_in(pages[Who.ADMIN], "admin@contoh.example")
        giving.log_in(pages[Who.MEMBER], "bbn@contoh.example")
        giving.log_in(pages[Who.GIVER], mine.ACCOUNT, "/saya/")
        giving.log_in(pages[Who.KEEPER], book.ACCOUNT, book.BOOK)
        giving.ask_for_code(pages[Who.PROVING])
        names = _names(pages) | mine.names(pages[Who.GIVER]) | book.names(pages[Who.KEEPER])
        choose(pages[Who.CHOOSING])
        choose(pages[Who.ANSWERED])
        giving.answer(pages[Who.ANSWERED])
        # The visitor knows nothing of what was done on the way here.
        pages[Who.VISITOR].context.clear_cookies()
        yield Showroom(pages=pages, names=names, complaints=complaints)


def _names(pages: dict[Who, Page]) -> dict[str, str]:
    """Bring three commitments to different ends and name what the addresses speak of."""
    visitor, officer = pages[Who.VISITOR], pages[Who.OFFICER]
    confirmed, used, _ = _hand_over(visitor, officer, "Warga Contoh Satu")
    giving.confirm(pages[Who.NEIGHBOUR], used, "20")
    _, link, delivery = _hand_over(visitor, officer, "Warga Contoh Dua")
    _, _, unconfirmed = _hand_over(visitor, officer, "Warga Contoh Tiga")
    place = choose(pages[Who.THANKED])
    giving.answer(pages[Who.THANKED], name="Warga Contoh Empat")
    code = giving.send(pages[Who.THANKED])
    officer.goto(f"/pokja/komitmen/{code}/")
    pages[Who.ADMIN].goto(RAMADAN)
    return {
        "code": code,
        "confirmed": confirmed,
        "place": place,
        "full": _full_place(visitor),
        "token": _last_part(link),
        "used": _last_part(used),
        "delivery": delivery,
        "unconfirmed": unconfirmed,
        "giver": _last_part(_link(officer, "/pokja/kolaborator/", "Warga")),
        "need": _link(officer, "/pokja/kebutuhan/"),
        "history": _link(officer, "/pokja/jejak/"),
        "rule": _link(pages[Who.ADMIN], f"{RAMADAN}aturan/", "Ubah"),
        "self": _own_membership(pages[Who.MEMBER]),
        "invitation": _invitation(pages[Who.MEMBER]),
        "plan": _plan(officer),
        "proposed": lists.send_of_area(pages[Who.AREA], lists.NEW, lists.OUTSIDE),
        "batch": lists.send(officer, lists.NEW, lists.UNKNOWN),
        "served": lists.send_served(officer, place),
        "report": _report(visitor),
        "suggestion": _suggestion(officer),
        "gift": gifts.declare(visitor),
        "correction": _correction(officer, confirmed),
        "approval": _approval(pages[Who.ADMIN]),
        "officer": _officer(pages[Who.ADMIN]),
        "passkey": passkeys.add(pages[Who.GIVER]),
    }


def _hand_over(visitor: Page, officer: Page, name: str) -> tuple[str, str, str]:
    """Bring a commitment to its receipt link; return code, link and the delivery's address."""
    choose(visitor)
    giving.answer(visitor, name=name)
    code = giving.send(visitor)
    giving.verify(officer, name)
    giving.accept_and_schedule(officer, code)
    link = giving.hand_over(officer)
    return code, link, urlsplit(officer.url).path.removesuffix("tautan/")


def choose(page: Page) -> str:
    """Put 25 packages for Kebayoran Lama into the package; return the place they go to."""
    page.goto("/sasaran/?wilayah=31.74.05&bantuan=sembako&fase=4&jenis=rw")
    return giving.have_places_proposed(page, "25")


def _plan(officer: Page) -> str:
    plans.offer(officer, "act", "5.000", "")
    return plans.publish(officer)


def _own_membership(member: Page) -> str:
    member.goto("/saya/organisasi/barisan-bangun-negeri/")
    return _link(member, "/saya/organisasi/barisan-bangun-negeri/anggota/")


def _invitation(member: Page) -> str:
    return _last_part(giving.invite(member, "barisan-bangun-negeri", "tamu@contoh.example"))


def _report(page: Page) -> str:
    """Report a need; return the address at which it is followed."""
    page.goto("/lapor/")
    typed = {
        "kelurahan": "31.74.05.1006",
        "nama": REPORTED,
        "isi": "Dua puluh keluarga belum dibantu (contoh)",
        "telepon": "0812 0000 0001",
    }
    for name, value in typed.items():
        page.locator(f"[name={name}]").fill(value)
    page.locator("[name=setuju]").check()
    page.locator("main .actions button").click()
    page.wait_for_url("**/lapor/*/")
    return page.evaluate("() => location.pathname")  # type: ignore[no-any-return]


def _correction(officer: Page, code: str) -> str:
    """Return where the difference of a confirmed delivery is settled."""
    officer.goto(f"/pokja/komitmen/{code}/")
    officer.goto(_link(officer, "/pokja/penyaluran/"))
    return officer.locator("main a[href*='/koreksi/']").last.get_attribute("href") or ""


def _approval(admin: Page) -> str:
    """Let publishing take two officers and ask to undo that; return what another one decides."""
    admin.goto(f"{RAMADAN}dua-petugas/")
    step = admin.locator("input[name=langkah][value=PUBLISH]")
    step.check()
    admin.locator("main .actions button").click()
    admin.goto(f"{RAMADAN}dua-petugas/")
    step.uncheck()
    admin.get_by_label("Mengapa?").fill("Satu petugas sudah cukup (contoh)")
    admin.locator("main .actions button").click()
    admin.goto("/pokja/persetujuan/")
    return _link(admin, "/pokja/persetujuan/")


def _officer(admin: Page) -> str:
    admin.goto("/pokja/akun/")
    return _link(admin, "/pokja/akun/", "Pokja")


def _suggestion(officer: Page) -> str:
    officer.goto("/pokja/usulan/")
    return _link(officer, "/pokja/usulan/", REPORTED)


def _full_place(page: Page) -> str:
    page.goto("/sasaran/?bantuan=sembako&urut=tercakup&hal=9999")
    full = page.get_by_role("main").get_by_role("listitem").filter(has_text="Terpenuhi").first
    return _last_part(full.get_by_role("link").first.get_attribute("href") or "")


def _link(page: Page, start: str, text: str = "") -> str:
    links = page.get_by_role("main").locator(f"a[href^='{start}']").filter(has_text=text)
    return links.last.get_attribute("href") or ""


def _last_part(address: str) -> str:
    return address.rstrip("/").rsplit("/", 1)[-1]
