"""Checking a draft: every number in a text, against the record.

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
