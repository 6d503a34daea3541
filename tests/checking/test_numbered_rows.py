"""Rows of a table whose label is nothing but the number of a node: 7, below "Outcome"."""

import pytest

HEADS = {
    "en": ("Outcome", "Strategic budget (US$ million)", "Actual expenditure (US$ million)"),
    "fr": ("Résultat", "Budget stratégique (millions de dollars)", "Dépenses (millions de dollars)"),
    "es": ("Resultado", "Presupuesto estratégico (millones de dólares)", "Gasto (millones de dólares)"),
    "zh": ("成果目标", "战略预算(百万美元)", "实际支出(百万美元)"),
}
SPENT = [("2", "67.7", "72.5"), ("3", "196.5", "225.1"), ("8", "80.7", "98.5")]


def of_table(check_text, heads, rows, language):
    lines = [" | ".join(row) for row in [heads, ["---"] * len(heads), *rows]]
    return {
        judged.number.text: judged.verdict
        for judged in check_text("\n".join(f"| {line} |" for line in lines), language)
    }


@pytest.mark.slow
@pytest.mark.sampled(2)
@pytest.mark.parametrize("language", HEADS)
def test_the_number_of_a_node_is_no_datum_and_says_the_node(check_text, language):
    comma = language in ("fr", "es")
    rows = [[cell.replace(".", ",") if comma else cell for cell in row] for row in SPENT]
    verdicts = of_table(check_text, HEADS[language], rows, language)
    for label, *printed in rows:
        assert verdicts[label].verdict == "not a statement about data"
        wrong = printed[1].startswith("98")
        assert [verdicts[cell].verdict for cell in printed] == ["agrees", "disagrees" if wrong else "agrees"]
        assert verdicts[printed[0]].candidate.axes["outcome"] == label


def test_a_number_below_another_header_is_no_node(check_text):
    verdicts = of_table(check_text, ("Year", "Expenditure"), [("7", "280.6")], "en")
    assert verdicts["7"].verdict != "not a statement about data"
    verdicts = of_table(check_text, ("Outcome", "Expenditure"), [("77", "280.6")], "en")
    assert verdicts["77"].verdict != "not a statement about data"
