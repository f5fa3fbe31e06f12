"""The pages of the guide, in the order somebody would want them."""

from __future__ import annotations

from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class GuidePage(NamedTuple):
    """One page: its address, the name of its template, its heading and what it is about."""

    slug: str
    name: str
    title: Promise
    about: Promise

    @property
    def template(self) -> str:
        """The template below `portal/guide/`."""
        return f"portal/guide/{self.name}.html"


HINDSIGHT: Final = GuidePage(
    "seandainya",
    "hindsight",
    _("If a plan had shared it out"),
    _("The same packages beside a fair plan: who would have been reached."),
)

PRIORITY: Final = GuidePage(
    "prioritas",
    "priority",
    _("Who comes first"),
    _("The priority rule in plain words, with its numbers and versions."),
)

PAGES: Final = (
    GuidePage(
        "donatur", "donors", _("For donors"), _("From looking to the receipt in five steps.")
    ),
    GuidePage(
        "agregator",
        "aggregators",
        _("For aggregators"),
        _("Gathering the gifts of many, and showing what became of them."),
    ),
    GuidePage(
        "ketua-rw",
        "rw",
        _("For heads of RW"),
        _("The number of your RW, receiving, and confirming what arrived."),
    ),
    GuidePage(
        "lembaga",
        "institutions",
        _("For institutions"),
        _("Orphanages, homes and pesantren: being listed, and protecting who lives there."),
    ),
    GuidePage(
        "lapor-kebutuhan",
        "report",
        _("Reporting a need"),
        _("How a need comes onto this site, and how you report one."),
    ),
    GuidePage(
        "barang",
        "goods",
        _("Rules on goods"),
        _("Condition, hygiene, halal, shelf life, and what a package must not say."),
    ),
    GuidePage(
        "tanpa-pungutan",
        "no_levies",
        _("No levies"),
        _("Nobody may ask receivers for anything. What to do if it happens."),
    ),
    GuidePage(
        "angka",
        "numbers",
        _("What the numbers mean"),
        _("Need, committed, delivered, received, as of, and why a number can fall."),
    ),
    PRIORITY,
    HINDSIGHT,
    GuidePage(
        "tanya-jawab",
        "answers",
        _("Questions and answers"),
        _("Account, money, names, changes of plan."),
    ),
)


def find_page(slug: str) -> GuidePage | None:
    """Return the page of an address, or None."""
    return next((page for page in PAGES if page.slug == slug), None)
