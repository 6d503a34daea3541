"""Which period of a sentence is only what a number is compared with, came from, or is the year of a day."""

from __future__ import annotations

import re

from analysis.checking.candidates.belonging import PERIOD, comma_between, right_before
from analysis.checking.text.mentions import Mention, Sentence, first_phrase, is_own, phrases
from analysis.reading import PrintedNumber

_THAN = re.compile(
    r"[^,.;，；。]{0,56}?\b(?:compared (?:with|to)|than in|than|against|relative to|par rapport (?:à|au)|"
    r"qu'(?:en|au|à)|que|au|au-dessus d[eu]|por encima del?|"
    r"en comparación con|respecto (?:a|de|al|del)|que en|frente al?|à celui de|à celle de|al de|a la de|"
    r"short of|(?:short of|below|above|from) the(?: [\w-]+){0,2} (?:record|high|low|level|peak|figure)"
    r"(?: level)? (?:set |reached )?(?:of|in))"
    r"\s+(?:the |l'|la |le |el )?(?:trienio |triennat |bienio |año )?"
    r"(?:(?:[\w-]+ )?(?:level|record|peak|high|low|figure|total) (?:of|in) |"
    r"(?:nivel|cifra|total|récord|máximo|niveau|chiffre|record|sommet) (?:[\w-]+ )?(?:de |d'|en )|"
    r"(?:[\w-]+ )?(?:quarter|half|end|trimestre|semestre|mitad|fin|final) (?:of |de |d'|del ))?",
    re.I,
)
# "17 per cent report a better income than the year before": what is compared is no number.
_BETTER = re.compile(r"\bthan\b|\b(?:meilleure?s?|mieux|pires?|mejor(?:es)?|peor(?:es)?)\b", re.I)
# "A 15 per cent rise on the previous biennium", 比上个两年期增加15%.
_LEVEL_OF = (
    r"(?:the (?:[\w-]+ ){0,2}(?:record|high|low|level|peak|figure)(?: level)? (?:set |reached )?(?:of|in) )"
)
_ON = re.compile(
    r"[^,.;]{0,24}?\b(?:up )?(?:on|over|sur|sobre) "
    rf"(?:{_LEVEL_OF}|the |those of the |le |celui du |el |la )?",
    re.I,
)
# "17 million up on 2017-19", "15 per cent up on the record level of 2018-19": no day, no place;
# "más de 17 millones sobre 2017-2019".
_UP_ON = re.compile(rf"\b(?:(?:up|down) on {_LEVEL_OF}?|(?<!\w)sobre (?:el |los )?)$", re.I)
_THAN_ZH = re.compile(r"[比较]$")
# "48 per cent, as in 2018-19": what it was then is no more than compared with, and the same.
_AS_IN = re.compile(
    r"(?:\b(?:as|comme|como|igual que)\s+(?:in|en|during|durante|lors d[eu]|pendant|au|el)\s+"
    r"(?:the |l'|la |le |el )?|[与和同])$",
    re.I,
)
_SAME_ZH = re.compile(r"年?的?[^，。；\d]{0,4}(?:相同|持平|一样|一致|相当)")
_MOVED_ZH = re.compile(
    r"年?(?:的[^，。；\d]{0,6}(?:水平|[纪记]录|[高低]点|高峰|数字|总?额))?"
    r"(?:增加|增长|上升|提高|减少|下降|降低|[高低多少升降])了?"
)
# "Against 2019, when it was 5.4": what follows is of that time.
_WHEN = re.compile(
    r"\s*[,，]?\s*(?:(?:the|an?|une?|el|un) )?(?:when|where|year|lorsque|quand|où|année|cuando|donde|año)"
    r"(?!\w)|\s*[,，]\s*(?:当时|那时|当年)",
    re.I,
)
# "from 28 in 2018-19 to 54", "from the record of 2018-19 to 54": the period is of where it came from.
_FROM = re.compile(
    r"(?:\b(?:from|de|depuis|desde|del|du)\b(?:[^,.;:()]|(?<=\d)[.,](?=\d)){0,48}|[由从自][^，。；]{0,6})$",
    re.I,
)
_ON_TO = re.compile(
    r"\s*(?:to|à|au|aux|a|al)\s+(?:only |just |some |about |near(?:ly)? )?(?:US\$|\$|€)?\s*|"
    r"年?的?[^，。；]{0,4}[\d.%]+[^，。；\d]{0,8}[至到][^，。；\d]{0,4}",
    re.I,
)
# Within how many signs before a period it is said to be only compared with.
FAR_BEFORE = 44
# Between the day and the year of a date.
_MONTH = re.compile(r"(?:\s|[^\W\d_]+\.?\s?|,){1,6}|")
# "from 5 to 7", "de 5 à 7", 从5%到7%.
_ONWARD = re.compile(r"[^,.;:()，。；]{0,40}?(?:\s(?:to|à|au|aux|al?)\s|[至到])\D{0,16}\d", re.I)


def dates(read: Sentence, mention: Mention) -> bool:
    """Whether a period is only the year of a day: "12 June 2022"."""
    return any(
        number.rule == "date"
        and (
            number.start <= mention.start < number.end
            or _MONTH.fullmatch(read.text[number.end : mention.start]) is not None
        )
        for number in read.numbers
        if number.start <= mention.start
    )


def is_only_compared(read: Sentence, mention: Mention) -> bool:
    """Whether a period is only what something is compared with: "than in 2019", "from 2019"."""
    before = read.text[max(0, mention.start - FAR_BEFORE) : mention.start].lower()
    return bool(first_phrase(before, read.language, "from"))


def _is_against(read: Sentence, mention: Mention) -> bool:
    """Whether a period is what another is set against by the word before it: "against 346 in 2018-19".

    A word that also leads on to what is said does so only behind one that compares: "rappelons qu'en 2009".
    """
    before = read.text[max(0, mention.start - FAR_BEFORE) : mention.start].lower()
    phrase = first_phrase(before, read.language, "against")
    if phrase in phrases(read.language)["that"]:
        before = read.text[: mention.start].lower()
        moved = any(first_phrase(before, read.language, names) for names in ("rise", "fall"))
        return moved or bool(_BETTER.search(before))
    return bool(phrase)


def only_compared(read: Sentence, number: PrintedNumber, mention: Mention) -> bool:
    """Whether a period is only compared with: "15 per cent less than in 2019", 比上个两年期增加15%."""
    as_then = _AS_IN.search(read.text, 0, mention.start)
    if as_then and (read.language != "zh" or _SAME_ZH.match(read.text, mention.end)):
        return True
    if mention.end <= number.start:
        moved = _MOVED_ZH.fullmatch(read.text[mention.end : number.start])
        return bool(moved and _THAN_ZH.search(read.text[: mention.start]))
    if mention.start >= number.end and _THAN_ZH.search(read.text[: mention.start]):
        return True
    if mention.start < number.end:
        return False
    between = read.text[number.end : mention.start]
    if not (_BETTER.search(between) or read.near(number, "rise", 48) or read.near(number, "fall", 48)):
        return False
    return bool(
        _THAN.fullmatch(between) or ((mention.relative or _UP_ON.search(between)) and _ON.fullmatch(between))
    )


def left_behind(read: Sentence, number: PrintedNumber, mention: Mention) -> bool:
    """Whether a difference sets a number before it against a period: "200 days, 52 less than in 2017"."""
    if mention.start < number.end:
        return False
    if _THAN_ZH.search(read.text[: mention.start]):
        return True
    ends = [
        one.end
        for one in read.numbers
        if number.end <= one.start and one.end <= mention.start and not one.rule
    ]
    return bool(ends) and bool(
        first_phrase(read.text[ends[-1] : mention.start].lower(), read.language, "against")
    )


def set_against(read: Sentence, number: PrintedNumber, mention: Mention) -> bool:
    """Whether another is set against a period before a number: "in 2020 against 2019, which is 259 million".

    The other period stands before it, or a comma parts it from the number; a number right after it is its
    own: 比2019年的5.4%.
    """
    between = read.text[mention.end : number.start]
    if mention.end > number.start or right_before(read, mention, number) or is_own(between):
        return False
    if _WHEN.match(between) and not any(mention.end <= one.start < number.start for one in read.numbers):
        return False
    others = (other for other in read.mentions if other.axis == PERIOD and other.end <= mention.start)
    first = next((other for other in others if not is_only_compared(read, other)), None)
    if first is None:
        return comma_between(read, mention, number) and _is_against(read, mention)
    if not is_only_compared(read, mention):
        return False
    return not any(first.end <= other.start < mention.start and not other.rule for other in read.numbers)


def came_from(read: Sentence, number: PrintedNumber, mention: Mention) -> bool:
    """Whether a period before a number is of what it came from: "from 28 in 2018-19 to 54"."""
    if mention.end > number.start or not _ON_TO.fullmatch(read.text[mention.end : number.start]):
        return False
    return bool(_FROM.search(read.text[: mention.start]))


def moved_from(read: Sentence, number: PrintedNumber) -> bool:
    """Whether a number is the one that another is compared with: "rose from 5", "against 28", 高于5.4%.

    A word that only means "of" or "out of" says so where something moves, and none that is a qualifier's; one
    that also means "by" only where it is said to what: "a progressé de 5 %", "est passé de 5 à 7 %".
    """
    phrase = read.before(number, "from")
    if not phrase or number.qualifier in ("more_than", "less_than", "at_least", "up_to"):
        return False
    if phrase not in phrases(read.language)["out_of"] or goes_on(read, number):
        return True
    if phrase in phrases(read.language)["by"]:
        return False
    before = read.text[: number.start].lower()
    return any(first_phrase(before, read.language, names) for names in ("rose", "fell"))


def goes_on(read: Sentence, number: PrintedNumber) -> bool:
    """Whether it is said to what something moved from a number: "from 5 to 7"."""
    return bool(_ONWARD.match(read.text, number.end))


def strength_of(read: Sentence, period: Mention, number: PrintedNumber) -> float:
    """Return how clearly a period is said of a number: less beyond another, and beyond a semicolon.

    "In 2016–17 it took 200 days; it takes 148": the second number is hardly of that time.
    """
    if not read.crossed(number, period):
        return 1.0
    return 0.4 if any(sign in read.text[period.end : number.start] for sign in ";；") else 0.6
