"""A question about a table or a chart is answered once for it, and anew for another that equals it."""

from dataclasses import dataclass

from analysis.printed import once
from analysis.printed.once import once_for_each


@dataclass(frozen=True)
class Thing:
    word: str


def asked(answers: list):
    @once_for_each
    def length(thing: Thing, times: int = 1) -> int:
        answers.append(thing)
        return len(thing.word) * times

    return length


def test_it_is_answered_once_for_each_thing_and_question():
    answers: list = []
    length, one, equal = asked(answers), Thing("abc"), Thing("abc")
    assert [length(one), length(one), length(equal), length(one, 2), length(one, times=3)] == [3, 3, 3, 6, 9]
    assert [id(thing) for thing in answers] == [id(one), id(equal), id(one), id(one)]


def test_a_thing_that_takes_the_place_of_another_is_asked_itself():
    length = asked([])
    assert [length(Thing("a" * number)) for number in range(200)] == list(range(200))


def test_no_more_than_some_answers_are_kept(monkeypatch):
    monkeypatch.setattr(once, "_MOST", 3)
    answers: list = []
    length, things = asked(answers), [Thing("a" * number) for number in range(9)]
    assert [length(thing) for thing in things + things] == [*range(9), *range(9)]
    assert len(answers) == 18
