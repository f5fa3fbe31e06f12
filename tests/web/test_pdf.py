"""Documents as readers of PDF see them."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from django.utils import translation
from pypdf import PdfReader

from ksbb.web.pdf import Column, Document, readable

MADE = datetime(2020, 5, 3, 4, tzinfo=UTC)


def read(paper: Document) -> PdfReader:
    return PdfReader(io.BytesIO(paper.content()))


def test_a_document_holds_its_words_and_says_its_language_and_the_number_of_each_page() -> None:
    with translation.override("id"):
        paper = Document("Laporan", made=MADE, foot="KSBB")
        paper.facts([("Penghimpun", "BAZNAS (BAZIS) DKI"), ("Kosong", "")])
        paper.heading("Pemberian")
        rows = [(f"Baris {at}", f"Rp{at}.000") for at in range(60)]
        paper.table([Column("Uraian", 3), Column("Jumlah", 1, is_number=True)], rows)
        paper.qr("https://contoh.example/pemberian/ABCD-EFGHJ/", "Pindai kode ini.")
        file = read(paper)
    pages = [page.extract_text() for page in file.pages]

    assert len(pages) == 2
    assert "Penghimpun BAZNAS (BAZIS) DKI" in pages[0]
    assert [page.count("Uraian Jumlah") for page in pages] == [1, 1]
    assert "Halaman 2 dari 2" in pages[1]
    assert "https://contoh.example/pemberian/ABCD-EFGHJ/" in pages[1]
    assert str(file.root_object["/Lang"]) == "id"
    assert file.metadata is not None
    assert (file.metadata.title, file.metadata.creation_date) == ("Laporan", MADE)
    assert [page.mediabox[2:] for page in file.pages] == [[595.28, 841.89]] * 2


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [
        ("Ny. Siti Nurḥaliza – “Bu RW” é ş ŋ", "Ny. Siti Nurḥaliza – “Bu RW” é ş ŋ"),
        ("e\u0301", "é"),
        ("北京 مسجد", "?? ????"),
        ("\U0001d40f\U0001d413 \ufb01", "PT \ufb01"),
        ("a\x00\u200bb\tc\ud800", "ab c"),
    ],
)
def test_no_letter_breaks_a_document(typed: str, drawn: str) -> None:
    assert readable(typed) == drawn

    paper = Document(typed, made=MADE)
    paper.text(typed)
    paper.facts([(typed, typed)])

    assert len(read(paper).pages) == 1


@pytest.mark.parametrize("typed", ["W" * 5000, "kata\n" * 1000])
def test_what_would_fill_a_page_is_cut_and_says_so(typed: str) -> None:
    paper = Document("Laporan", made=MADE)
    paper.table([Column("A"), Column("B", 5)], [(typed, typed)])

    assert sum(page.extract_text().count("…") for page in read(paper).pages) == 2
