"""Write every numeral of the source texts, its line and the rule that sets it aside, to data/transcriptions.

    python tests/sources/extract_numerals.py FOLDER_OF_TEXTS

Facts only: line, numeral, the one character after it (the measure word), the rule; no sentence of a document.
"""

import csv
import hashlib
import io
import re
import sys
from pathlib import Path

from numerals import DOCUMENTS, PATTERNS, WORDS, numerals, set_aside, unwrapped

COLUMNS = ["line", "printed", "next", "rule"]
FOLDER = Path(__file__).parents[2] / "data" / "transcriptions"
WORD = "word"


def extracted(document: str, content: str) -> list[dict[str, str]]:
    """Return a text's numerals and the words that stand for a number, in the order of its lines."""
    _, gap, blank_groups = DOCUMENTS[document]
    text, lines = unwrapped(content, gap)
    found = numerals(text, lines, blank_groups)
    aside = set_aside(text, found, PATTERNS)
    rows = [
        (each.line, each.printed, text[each.end : each.end + 1].strip(), aside.get(each, ""))
        for each in found
    ]
    for number, line in enumerate(content.split("\n"), 1):
        for word in WORDS:
            pattern = r"(?<!\S)-(?!\S)" if word == "-" else re.escape(word)
            rows += [(number, word, "", WORD)] * len(re.findall(pattern, line))
    ordered = sorted(rows, key=lambda row: row[0])
    return [dict(zip(COLUMNS, map(str, row), strict=True)) for row in ordered]


def as_csv(rows: list[dict[str, str]]) -> str:
    """Return rows as the text of a CSV file."""
    file = io.StringIO()
    writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def main(folder: Path) -> None:
    """Write a file of numerals for each document, and the texts' checksums."""
    texts = ["document,text,bytes,lines,numerals,sha256"]
    for document, (name, *_) in DOCUMENTS.items():
        content = (folder / name).read_bytes()
        text = content.decode("utf-8")
        rows = extracted(document, text)
        FOLDER.mkdir(parents=True, exist_ok=True)
        (FOLDER / f"{document}.csv").write_text(as_csv(rows), encoding="utf-8")
        number = sum(row["rule"] != WORD for row in rows)
        digest = hashlib.sha256(content).hexdigest()
        texts.append(f"{document},{name},{len(content)},{len(text.splitlines())},{number},{digest}")
    (FOLDER / "texts.csv").write_text("\n".join(texts) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
