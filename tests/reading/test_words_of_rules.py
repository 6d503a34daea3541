"""The words that a rule needs are looked for before its pattern; nothing is lost by that."""

from pathlib import Path

import pytest

from analysis.reading import read_document
from analysis.reading.languages import LANGUAGES, in_small_letters, written_one_way
from analysis.reading.rules import patterns, words_needed

DRAFTS = Path(__file__).resolve().parents[2] / "benchmarks" / "drafts"


@pytest.mark.parametrize(
    ("expression", "needed"),
    [
        (r"(?i)\b(?:January|Feb)\.?\s+\d{1,2}", {"january", "feb"}),
        (r"\b\d{1,2} (?:years?|months) (?:ago|later)\b", {"year", "months"}),
        (r"(?:tel(?:ephone)?|fax)?\s*\+\d+", {"+"}),
        (r"(?:第)?\d+\s*(?:条|款)", set()),
        (r"covid[- ]19", {"covid"}),
        (r"(?:no|)\d+", set()),
    ],
)
def test_the_words_are_those_that_each_match_has_one_of(expression, needed):
    assert words_needed(expression) == needed


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_pattern_finds_anything_without_its_words(language):
    many = 0
    for path in sorted(DRAFTS.glob("unseen[3-5]/*.md")):
        for block in read_document(path).blocks:
            text = written_one_way(block.text)
            small = in_small_letters(text)
            for rule, pattern, words in patterns(language):
                if pattern.search(text):
                    many += 1
                    assert not words or any(word in small for word in words), (rule, text)
    assert many > 20
