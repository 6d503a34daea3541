"""Checking a draft: every number in a text, against the record.

Its rooms, none of which imports a later one: ``text``, what a text says beside its numbers; ``candidates``,
the quantities that a number may be, and how well each meets what is said of it; ``judging``, the verdict on
one number, and what takes an alarm back; ``together``, numbers judged by one another; ``computed``, what a
text computes; ``tables``, columns and rows; ``likelihood``, what fitted weights tell. ``drafts`` leads a
draft through all of these, ``across_sentences`` judges what only a whole draft tells. ``answers`` tells the
verdicts, ``bound`` ties numbers to the record and prints them anew.

What a parameter is called means one thing in all of these modules, and is said here once.

Of the record: ``catalogue`` holds all quantities that a number may be, a ``candidate`` is one of them,
``likes`` are those that differ in one column, ``counts`` how many nodes reached what was planned,
``labels`` its words.

Of the draft: ``block`` is a paragraph or a row, ``read`` a sentence with what it says, ``number`` one of
its numbers, ``context`` what is said of it, ``contexts`` those of all numbers of a sentence, by place.
``running`` is what the text has said before, ``spoken`` of what quantities, the latest last.

What is found out: ``matches`` are the quantities that a number may be, the best first, ``ranked`` those of
each number of a sentence, ``firsts`` the verdicts on them as recorded quantities, ``likely`` what a number
may mean, each with its likelihood, the likeliest first. ``checked`` are the numbers of a draft in their
order, each with its verdict so far; ``contested`` is what the audit of the record contradicts. A
``matcher`` ranks.
"""
