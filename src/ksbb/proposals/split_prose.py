"""A split in sentences. Every number in them is a field of it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ksbb.proposals.split import ALL_THAT_IS_MISSING, LEAST_PER_PLACE, Line, Split
from ksbb.shared.formats import number, percent, rupiah


def paragraphs(split: Split) -> list[str]:
    """Return what a split does and why, in the language that is active."""
    return [_summary(split), _why(split)]


def because(line: Line) -> str:
    """Return why a place gets so many."""
    if line.because == ALL_THAT_IS_MISSING:
        return _("all it still misses")
    if line.because == LEAST_PER_PLACE:
        return _("the least per place")
    return _("its fair share")


def _summary(split: Split) -> str:
    parts = [
        ngettext(
            "{placed} packages for {places} place.",
            "{placed} packages for {places} places.",
            len(split.lines),
        ).format(placed=number(split.placed), places=number(len(split.lines)))
    ]
    if split.left:
        parts.append(
            _("{left} packages find no place where they may go.").format(left=number(split.left))
        )
    if split.rupiah_left:
        parts.append(_("{rupiah} of the budget is left.").format(rupiah=rupiah(split.rupiah_left)))
    return " ".join(parts)


def _why(split: Split) -> str:
    parts = [
        _(
            "Of {pool} places that miss something and may be reached, the least covered stands at"
            " {before}. One package after the other goes to whoever has least for its families."
        ).format(pool=number(split.pool), before=percent(split.lowest_before))
    ]
    if split.least > 1:
        parts.append(
            _(
                "So that the way is worth it a place gets {least} or more where it misses as many;"
                " whoever has least comes first, and {untouched} places wait."
            ).format(least=number(split.least), untouched=number(split.untouched))
        )
    else:
        parts.append(
            _("Afterwards the least covered of them stands at {level}.").format(
                level=percent(split.level)
            )
        )
    parts.append(
        _("Where all else is alike the public draw with seed {seed} decides.").format(
            seed=split.seed
        )
    )
    return " ".join(parts)
