"""The reader of spreadsheets speaks through codes, and every code has its sentence."""

from __future__ import annotations

import re

import pytest
from django.utils import translation

from ksbb.intake.errors import UnreadableError
from ksbb.intake.reasons import WEIGHT, Code, Refusal, because
from ksbb.intake.rows import Choice, Question, QuestionKind
from ksbb.needs.intake_words import (
    QUESTIONS,
    REASONS,
    REFUSALS,
    choice_text,
    question_text,
    reason_text,
    reasons_text,
    refusal,
)


def test_every_code_has_a_weight_and_a_sentence() -> None:
    assert set(WEIGHT) == set(REASONS) == set(Code)
    assert set(REFUSALS) == set(Refusal)
    assert set(QUESTIONS) == set(QuestionKind)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("code", Code)
def test_a_sentence_is_whole_with_the_values_of_its_code(code: Code, language: str) -> None:
    wanted = re.findall(r"%\((\w+)\)s", str(REASONS[code]))
    with translation.override(language):
        said = reason_text(because(code, **dict.fromkeys(wanted, "kk")))

    assert said.endswith((".", "?"))
    assert "%" not in said


def test_numbers_and_fields_are_said_in_the_readers_language() -> None:
    reason = because(Code.THOUSANDS, field="kk", typed="1.234", value=1234)
    dropped = because(Code.DROPPED, what="nik,phone")

    with translation.override("id"):
        assert "seluruh KK" in reason_text(reason)
        assert "1.234." in reason_text(reason)
        assert reasons_text([dropped]).endswith("(NIK), nomor telepon.")
    with translation.override("en"):
        assert "1,234." in reason_text(reason)


def test_a_question_and_its_answers_are_sentences_or_names() -> None:
    choices = (Choice("31.75.07.1001", "Duren Sawit"), Choice("none"))
    question = Question("k", QuestionKind.KELURAHAN, "Duren Sawi", choices)

    with translation.override("en"):
        assert question_text(question) == "Which kelurahan is “Duren Sawi”?"
        assert [choice_text(question, choice) for choice in choices] == [
            "Duren Sawit",
            "none of these: leave these rows out",
        ]


def test_a_refused_file_is_one_sentence() -> None:
    error = UnreadableError(Refusal.TOO_LARGE, size=50, most=25)

    with translation.override("en"):
        assert str(refusal(error, "a.xlsx")).startswith("a.xlsx has 50 MB; at most 25 MB")
