"""What somebody types into the giving form, page after page."""

from __future__ import annotations

from typing import Any, Final

from django.test import Client

from ksbb.needs.models import Need
from ksbb.portal.forms.choice import Stop

GIVER: Final = {
    "nama": "Barisan Bangun Negeri",
    "jenis": "COMMUNITY",
    "kontak": "Contoh Kontak",
    "surel": "kontak@example.org",
    "telepon": "",
}
TERMS: Final = {"bantuan": "sembako", "fase": "2", "wilayah": "31.74.05"}
SCHEDULE: Final = {"tanggal": "2020-05-03", "waktu": "AFTERNOON", "catatan": ""}


def place_url(need: Need) -> str:
    """Return the address of the giving form for one need."""
    place, aid, phase = need.target.code, need.aid_type.slug, need.phase.number
    return f"/bantu/?sasaran={place}&bantuan={aid}&fase={phase}"


def choose(client: Client, need: Need, quantity: int | str = 40) -> Any:
    """Put a need into the package."""
    return client.post(place_url(need), {"jumlah": str(quantity)})


def propose(client: Client, *, language: str = "", **terms: Any) -> Any:
    """Ask for a proposal of sembako in Kebayoran Lama; return the page that answers."""
    return client.post(f"{language}/bantu/", TERMS | terms, follow=True)


def take(client: Client, page: Any, **typed: Any) -> Any:
    """Put the proposal of a page into the package, with what was changed by hand."""
    shown = {stop.field.html_name: stop.field.value() for stop in stops_of(page)}
    return client.post(address_of(page), shown | typed)


def stops_of(page: Any) -> list[Stop]:
    """Return the places a proposal shows."""
    return [row.stop for row in page.context["rows"]]


def address_of(page: Any) -> str:
    """Return the address of a page with its query."""
    return f"{page.request['PATH_INFO']}?{page.request['QUERY_STRING']}"


def answer_all(client: Client, need: Need, quantity: int | str = 40, **giver: str) -> str:
    """Answer every page for one need; return the key the last page would send."""
    choose(client, need, quantity)
    return answer_rest(client, GIVER | giver)


def answer_rest(client: Client, giver: dict[str, str]) -> str:
    """Answer every page behind the package; return the key the last page would send."""
    client.post("/bantu/pemberi/", giver)
    client.post("/bantu/jadwal/", SCHEDULE)
    client.post("/bantu/pernyataan/", {"setuju": "on"})
    return key_of(client.get("/bantu/periksa/"))


def key_of(page: Any) -> str:
    """Return the key in the form of the page that checks the answers."""
    return str(page.context["key"])


def send(client: Client, key: str) -> Any:
    """Press the last button."""
    return client.post("/bantu/periksa/", {"kunci": key})


def text_of(response: Any) -> str:
    """Return the page as text with single spaces."""
    return " ".join(response.content.decode().split())


def package(client: Client) -> dict[Need, str]:
    """Return what stands in the fields of the package, by need; nothing without a package."""
    context = client.get("/bantu/paket/").context or {"rows": []}
    return {row.line.need: row.line.field.value() for row in context["rows"]}
