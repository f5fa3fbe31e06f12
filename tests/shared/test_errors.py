from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from ksbb.shared.errors import DomainError, quoted


def test_an_error_speaks_the_language_of_whoever_reads_it() -> None:
    # "Monday" is translated by Django itself, in every language.
    error = DomainError(_("Monday"))

    with translation.override("id"):
        indonesian = str(error)
    with translation.override("en"):
        english = str(error)

    assert (indonesian, english) == ("Senin", "Monday")


def test_an_error_fills_its_parts_in_and_leaves_braces_that_were_typed() -> None:
    error = DomainError("“{typed}” is no number.", typed="{0} {secret}")

    assert str(error) == "“{0} {secret}” is no number."


def test_a_sentence_without_parts_may_hold_braces() -> None:
    assert str(DomainError("Write {like this}.")) == "Write {like this}."


def test_what_was_typed_is_quoted_on_one_line_and_cut_short() -> None:
    assert quoted("a\n b\x00c") == "a b c"
    assert quoted("x" * 10_000) == "x" * 59 + "…"
