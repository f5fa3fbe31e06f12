"""The statement of a period through its three doors: all say the same figures."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from pytest_django import Settings
from python_calamine import load_workbook

from ksbb.collaborators.models import Collaborator
from ksbb.funds.models import Posting
from tests.factories.commitments import NOON
from tests.factories.funds import MILLION, make_aggregator, make_confirmed, make_lot
from tests.portal.member import Member, complaint, words

pytestmark = pytest.mark.django_db

BOOK = "agregator/baznas/"
MAY = "?dari=2020-05-01&sampai=2020-05-01"


@pytest.fixture(autouse=True)
def _at_noon(settings: Settings) -> None:
    settings.KSBB_CLOCK = NOON.isoformat()


@pytest.fixture
def baznas() -> Collaborator:
    aggregator = make_aggregator("BAZNAS", slug="baznas")
    make_confirmed(3 * MILLION, aggregator=aggregator)
    make_lot(10, 200_000, aggregator=aggregator, supplier="=CV Contoh")
    return aggregator


def content(answer: Any) -> BytesIO:
    return BytesIO(b"".join(answer.streaming_content) if answer.streaming else answer.content)


def test_the_page_says_every_figure_with_unit_stage_and_moment(baznas: Collaborator) -> None:
    shown = words(Member(baznas).open(f"{BOOK}laporan/{MAY}"))
    page = re.sub(r' data-name="[^"]*"', "", shown)

    for cells in (
        'Opening balance</th><td class="right number">IDR 0</td><td>not spent</td>',
        "<td>not spent</td><td>beginning of 1 May 2020",
        'Gifts received</th><td class="right number">IDR 3,000,000</td><td>confirmed',
        'Packages bought</th><td class="right number">-IDR 2,000,000</td><td>paid',
        'Closing balance</th><td class="right number">IDR 1,000,000</td>',
        'Closing stock</th><td class="right number">10 packages</td><td>in stock</td>',
        "<td>in stock</td><td>end of 1 May 2020",
        "the law allows at most 10%",
    ):
        assert cells in page


def test_the_workbook_holds_the_figures_and_every_entry(baznas: Collaborator) -> None:
    book = load_workbook(content(Member(baznas).open(f"{BOOK}laporan.xlsx{MAY}")))

    figures = book.get_sheet_by_name("Statement").to_python()
    entries = book.get_sheet_by_name("Entries").to_python()

    assert ["Closing balance", 1_000_000, "rupiah", "not spent", "end of 1 May 2020"] in figures
    assert [row[0] for row in entries[1:]] == list(
        Posting.objects.order_by("at", "pk").values_list("pk", flat=True)
    )
    assert "=CV Contoh" in {row[8] for row in entries}


def test_the_document_holds_the_figures(baznas: Collaborator) -> None:
    answer = Member(baznas).open(f"{BOOK}laporan.pdf{MAY}")

    text = " ".join(page.extract_text() for page in PdfReader(content(answer)).pages)

    assert answer["Content-Type"] == "application/pdf"
    assert "Statement of the book of BAZNAS" in text
    assert "1,000,000" in text
    assert "not closed" in text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?dari=2020-05-02&sampai=2020-05-01", "The last day lies before the first."),
        ("?dari=kapan&sampai=2020-05-01", "Write the day like 30/04/2020."),
        ("?dari=2020-05-01", "Write the day like 30/04/2020."),
        (
            "?dari=2020-05-01&sampai=2031-01-31",
            (
                "This day is still to come, and nothing is on the book for it. "
                "Choose 1 May 2020 at the latest."
            ),
        ),
        ("?dari=0001-01-01&sampai=9999-12-31", "Write the day like 30/04/2020."),
    ],
)
@pytest.mark.parametrize("door", ["laporan/", "laporan.xlsx", "laporan.pdf"])
def test_a_wrong_period_is_said_at_every_door(
    baznas: Collaborator, door: str, query: str, sentence: str
) -> None:
    page = Member(baznas).open(f"{BOOK}{door}{query}")

    assert page.status_code == 422
    assert complaint(page) == [sentence]


def test_without_days_the_month_before_is_shown(baznas: Collaborator) -> None:
    assert "From 1 April 2020 to 30 April 2020" in words(Member(baznas).open(f"{BOOK}laporan/"))
