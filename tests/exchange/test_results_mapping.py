import pytest
from hypothesis import given
from hypothesis import strategies as st
from odd_results import MAPPING

from analysis.exchange.codes import LONGEST, codes_of_texts, slug
from analysis.exchange.mapping import ResultsMappingError, read_mapping


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Refugees and asylum-seekers", "refugees_and_asylum_seekers"),
        ("Refugees and  asylum seekers", "refugees_and_asylum_seekers"),
        ("% of children enrolled", "percent_of_children_enrolled"),
        ("# of children enrolled", "number_of_children_enrolled"),
        ("Women's empowerment", "womens_empowerment"),
        ("Réfugiés", "refugies"),
        ("难民", "难民"),
    ],
)
def test_a_code_is_made_of_the_words(text, code):
    assert slug(text) == code


@pytest.mark.slow
@given(st.lists(st.text(min_size=1, max_size=120), max_size=30))
def test_each_text_has_a_code_of_its_own_and_of_limited_length(texts):
    codes = codes_of_texts(texts)
    assert set(codes) == set(texts)
    assert len(set(codes.values())) == len(codes)
    assert all(code and len(slug(text)) <= LONGEST for text, code in codes.items())


def test_long_texts_with_the_same_beginning_have_different_codes():
    first, second = (slug("the number of people who " * 5 + end) for end in ("stay", "leave"))
    assert first != second
    assert len(first) <= LONGEST


def test_what_is_wrong_with_a_mapping_is_said_at_once(tmp_path):
    path = tmp_path / "m.toml"
    path.write_text(
        MAPPING.replace('symbol = "RA {period}"', 'symbl = "RA"')
        .replace('activity = "activity"\n', "", 1)
        .replace("^(?P<number>", "^(?P<number"),
        encoding="utf-8",
    )
    with pytest.raises(ResultsMappingError) as raised:
        read_mapping(path)
    told = str(raised.value)
    assert "unknown key 'symbl'; did you mean 'symbol'?" in told
    assert "document: no symbol" in told
    assert "columns: no activity" in told
    assert "is no regular expression" in told


def test_a_code_that_asks_for_what_the_title_lacks_is_refused(tmp_path):
    path = tmp_path / "m.toml"
    path.write_text(MAPPING.replace('code = "t{number}"', 'code = "t{letter}"'), encoding="utf-8")
    with pytest.raises(
        ResultsMappingError, match=r"asks for 'letter', but the title '1. Water' gives only number"
    ):
        read_mapping(path).result.of("1. Water", "1_water")


def test_a_title_that_the_pattern_does_not_fit_is_coded_by_its_words(mapping):
    assert mapping.result.of("Health", "health") == "health"
    assert mapping.result.of("12. Water", "12_water") == "t12"
