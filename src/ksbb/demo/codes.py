"""Public codes of commitments, drawn so that none comes twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ksbb.commitments.actions.reserve import CODE_LETTERS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from random import Random


class Codes:
    """Draws codes such as `K7F3-9Q2M`."""

    def __init__(self, rng: Random, drawn: Iterable[str] = ()) -> None:
        self._rng = rng
        self._drawn = set(drawn)

    def draw(self) -> str:
        """Return a code that was not drawn before."""
        while True:
            letters = "".join(self._rng.choices(CODE_LETTERS, k=8))
            code = f"{letters[:4]}-{letters[4:]}"
            if code not in self._drawn:
                self._drawn.add(code)
                return code
