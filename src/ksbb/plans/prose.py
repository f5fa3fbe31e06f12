"""A published plan in sentences. Every number in them stands in the plan's result."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ksbb.plans.reckoning import Document
from ksbb.shared.formats import gini, number, percent


def paragraphs(asked: Document, told: Document) -> list[str]:
    """Return what a plan does and why, in the language that is active."""
    return [_summary(asked, told), _visits(asked, told), _fairness(told), *_pieces(told)]


def _summary(asked: Document, told: Document) -> str:
    chosen = told["figures"][str(asked["share"])]
    offers = len(asked["offers"])
    parts = [
        ngettext(
            "{packages} packages of {offers} offer go to {places} places.",
            "{packages} packages of {offers} offers go to {places} places.",
            offers,
        ).format(
            packages=number(chosen["placed"]),
            offers=number(offers),
            places=number(chosen["visited"]),
        )
    ]
    if left := sum(told["left"].values()):
        parts.append(
            _("{left} packages find no place where their givers allow.").format(left=number(left))
        )
    return " ".join(parts)


def _visits(asked: Document, told: Document) -> str:
    whole = told["figures"]["fair"]
    return _(
        "Each visit brings packages for at least {share} of the families of a place and not fewer"
        " than {least}, as long as there are enough; without this rule {places} places would get"
        " something, most of them little. Those who had least so far come first."
    ).format(
        share=percent(asked["share"] / 100),
        least=number(asked["least"]),
        places=number(whole["visited"]),
    )


def _fairness(told: Document) -> str:
    now, fair = told["figures"]["now"], told["figures"]["fair"]
    return _(
        "Before the plan {before} places had nothing; in the fair plan that lies behind it that is"
        " {after}. Inequality (Gini, 0 is equal) goes from {gini_before} to {gini_after}."
    ).format(
        before=number(now["never_served"]),
        after=number(fair["never_served"]),
        gini_before=gini(now["gini"]),
        gini_after=gini(fair["gini"]),
    )


def _pieces(told: Document) -> list[str]:
    if len(told["pieces"]) == 1 and told["pieces"][0]["level"] is not None:
        return [
            _("Wishes of givers keep no package from where it is due.")
            + " "
            + _level(told["pieces"][0])
        ]
    return [_piece(one, is_lowest=not at) for at, one in enumerate(told["pieces"][:MOST_PIECES])]


MOST_PIECES: int = 12
"""So many are told on a page; all stand in the result."""


def _level(piece: Document) -> str:
    return _("Whoever still misses something is covered to {level} or more.").format(
        level=percent(piece["level"])
    )


def _piece(one: Document, *, is_lowest: bool) -> str:
    serve = ngettext(
        "{offers} offer ({packages} packages) serves {places} places that the same wishes bind"
        " together.",
        "{offers} offers ({packages} packages) serve {places} places that the same wishes bind"
        " together.",
        one["offers"],
    ).format(
        offers=number(one["offers"]),
        packages=number(one["packages"]),
        places=number(one["places"]),
    )
    if one["level"] is None:
        return serve + " " + _("Nothing is missing there any more.")
    if is_lowest:
        return serve + " " + _level(one)
    return (
        serve
        + " "
        + _(
            "Whoever still misses something there is covered to {level} or more; these packages"
            " cannot go where less is, because their givers wish it so."
        ).format(level=percent(one["level"]))
    )
