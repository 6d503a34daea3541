"""A block of a draft, read sentence by sentence, with what is said of each of its numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from analysis.checking.candidates.candidate_index import CandidateIndex
from analysis.checking.candidates.columns import (
    NO_HEADER,
    header_of_number,
    headers_of,
    in_table,
    node_of_label,
)
from analysis.checking.candidates.labels import label_rows
from analysis.checking.candidates.running import Running
from analysis.checking.judging.runs import runs
from analysis.checking.text.context import Context
from analysis.checking.text.mentions import Sentence
from analysis.checking.text.sentence_reading import sentence_of
from analysis.reading import Block, PrintedNumber, find_numbers
from analysis.reading.joining import scales_carried


@lru_cache(maxsize=1024)
def _is_money(catalogue: CandidateIndex, axis: str, codes: str) -> bool:
    """Return what a header's codes are to every row below it (see :meth:`CandidateIndex.all_money`)."""
    return catalogue.all_money(axis, codes)


class OpenedBlock:
    """A block whose headings and headers are read, sentence by sentence."""

    def __init__(self, block: Block, catalogue: CandidateIndex, language: str, running: Running):
        running.open_block(block.headings, block.place.partition(",")[0] if block.kind == "row" else "")
        self.block, self.language, self.running = block, language, running
        self.node = node_of_label(block, catalogue, language) if block.kind == "row" else None
        self.in_row = block.kind == "row"
        self.cells = block.cells()
        self._headers = headers_of(block.columns, catalogue, language)
        self._paid = [
            any(_is_money(catalogue, mention.axis, mention.code) for mention in head.mentions)
            for head in self._headers
        ]
        self.stub = self._headers[0] if self._headers else self._label()

    def _label(self) -> Sentence | None:
        """Return what stands above numbers whose table is lost: its caption and the label of their row."""
        if self.block.kind != "cells" or not self.block.headings:
            return None
        told = self.block.headings[-1]
        return sentence_of(told, find_numbers(told, self.language), self.language, self.running.lexicon, "")

    def sentences(self) -> Iterator[tuple[int, int, Sentence]]:
        """Yield each sentence with its place; what it says is kept for the next once that is asked."""
        for start, end in self.block.sentences():
            text = self.block.text[start:end]
            numbers = find_numbers(text, self.language)
            if self.in_row:
                numbers = [in_table(own, self.cells, self.block, self._paid, self.running) for own in numbers]
            else:
                numbers = scales_carried(numbers, text, self.language)
            if self.node is not None:
                named = (own.start < self.node.end for own in numbers)
                numbers = [
                    replace(own, rule="name") if name else own
                    for own, name in zip(numbers, named, strict=True)
                ]
            sentence = self.running.sentence(text, numbers)
            sentence.mentions += [self.node] if self.node else []
            yield start, end, sentence
            if not self.in_row:
                self.running.close_sentence(sentence)

    def contexts(self, sentence: Sentence) -> dict[int, Context]:
        """Return what is said of each number of a sentence that is a datum, by its place among them."""
        contexts = {
            at: self.running.context(number, sentence, self._header(number), self.stub)
            for at, number in enumerate(sentence.numbers)
            if not number.rule
        }
        if self.in_row:
            label_rows(contexts, sentence, self.cells)
        return contexts

    def lost_rows(self, sentence: Sentence) -> list[list[int]]:
        """Return the places of numbers that were a table's row where the text no longer has it as one."""
        return [] if self.in_row else runs(sentence.text, sentence.numbers)

    def read(self) -> None:
        """Read the block and judge nothing: what the text has said goes on as if each number were judged."""
        for _, _, sentence in self.sentences():
            for number in sentence.numbers:
                if not number.rule:
                    self.running.called_by(sentence, self._header(number), self.stub)
            for _ in self.lost_rows(sentence):
                self.running.called_by(sentence, NO_HEADER, self.stub)

    def _header(self, number: PrintedNumber) -> Sentence | None:
        return header_of_number(number, self.cells, self._headers, self.block)
