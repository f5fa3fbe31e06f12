from __future__ import annotations

from dataclasses import dataclass

import pytest
from django import forms
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from ksbb.web.templatetags.parts import mistakes, share


@dataclass
class Counts:
    quantity: int
    committed: int
    delivered: int
    received: int


def drawn(source: str, **context: object) -> str:
    template = engines["django"].from_string("{% load parts formats %}" + source)
    request = RequestFactory().get("/sasaran/31.74/")
    with translation.override("en"):
        return " ".join(template.render(context, request).split())


@pytest.mark.parametrize(
    ("part", "whole", "width"),
    [(0, 40, "0.0%"), (15, 40, "37.5%"), (40, 40, "100.0%"), (50, 40, "100.0%"), (0, 0, "0.0%")],
)
def test_a_share_is_a_width_for_a_drawing(part: int, whole: int, width: str) -> None:
    with translation.override("id"):
        assert share(part, whole) == width


def test_a_bar_says_every_stage_in_words_and_numbers_not_by_colour_alone() -> None:
    bar = drawn("{% stage_bar counts %}", counts=Counts(1_200, 900, 600, 300))

    assert '<dt>Need</dt><dd class="number">1,200</dd>' in bar
    assert 'Committed</dt><dd class="number">900</dd>' in bar
    assert 'Delivered</dt><dd class="number">600</dd>' in bar
    assert 'Received</dt><dd class="number">300</dd>' in bar
    assert 'Still missing</dt><dd class="number">300</dd>' in bar
    assert '<rect class="received" width="25.0%" height="100%"/>' in bar


def test_a_short_bar_says_what_is_committed_and_what_is_missing() -> None:
    bar = drawn("{% stage_bar counts detailed=False %}", counts=Counts(100, 40, 0, 0))

    assert "Committed <strong>40</strong> of 100" in bar
    assert "60 missing" in bar


def test_a_full_bar_says_so_in_words() -> None:
    bar = drawn("{% stage_bar counts detailed=False %}", counts=Counts(40, 40, 0, 0))

    assert "✓ Full" in bar


def test_a_bar_needs_no_inline_style() -> None:
    assert "style=" not in drawn("{% stage_bar counts %}", counts=Counts(10, 5, 0, 0))


def test_the_page_one_is_on_is_marked_in_the_menu() -> None:
    menu = drawn('{% nav_link "portal:targets" "Places" %}{% nav_link "portal:guide" "Guide" %}')

    assert menu == ('<a href="/en/sasaran/">Places</a> <a href="/en/panduan/">Guide</a>')


def test_a_page_that_does_not_exist_has_no_link() -> None:
    assert drawn('{% nav_link "portal:nothing" "Nothing" %}') == ""


class Asked(forms.Form):
    first = forms.CharField(label="First day")
    last = forms.CharField(label="How many?", max_length=3)
    kind = forms.CharField(label="Kind", error_messages={"required": "Choose a kind."})


@pytest.mark.parametrize(
    ("typed", "sentences"),
    [
        (
            {"first": "", "last": "", "kind": ""},
            [
                "First day: This field is required.",
                "How many? This field is required.",
                "Choose a kind.",
            ],
        ),
        (
            {"first": "1", "last": "12345", "kind": "a"},
            ["How many? Ensure this value has at most 3 characters (it has 5)."],
        ),
    ],
)
def test_a_mistake_that_does_not_say_where_it_is_gets_the_name_of_its_field(
    typed: dict[str, str], sentences: list[str]
) -> None:
    with translation.override("en"):
        found = mistakes(Asked(typed))

    assert [one.sentence for one in found] == sentences


def test_the_same_mistake_in_two_fields_is_told_with_their_names() -> None:
    form = Asked({"first": "1", "last": "1", "kind": "1"})
    form.add_error("first", "Choose a day.")
    form.add_error("kind", "Choose a day.")

    assert [one.sentence for one in mistakes(form)] == [
        "First day: Choose a day.",
        "Kind: Choose a day.",
    ]
