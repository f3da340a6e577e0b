"""Cities that tell where something else is: what is still to be there, a thing that lies there.

mention of a city --day, verb of its clause, noun before it--> elsewhere or not
"""

from collections.abc import Iterator
from typing import Final

from streams.lexicon import Mention
from streams.meetings import tenses
from streams.meetings.days.dates import dates
from streams.meetings.reading import Reading


def still_to_be(reading: Reading, mention: Mention) -> bool:
    """Whether a city is where something is still to be: its day is to come, or the verb of its clause says so."""
    return _of_a_day_ahead(reading, mention) or any(tenses.will(reading.language, w) for w in _clause(reading, mention))


CLAUSE_KK: Final = 4  # tokens from a city to its participle: Астанада жаңа елшілік ашылатынын
CLAUSE_AR: Final = 5  # and from a verb to its city
STOPS: Final = ",.;:–—!?،؛"


def _clause(reading: Reading, mention: Mention) -> Iterator[str]:
    """Yield the words among which the verb of a city's clause may be: behind it, before it, or on both sides."""
    line, language = reading.line_of(mention.first), reading.language
    behind = min(line.end, mention.last + 1 + CLAUSE_KK) if language == "kk" else line.end
    before = max(line.first, mention.first - CLAUSE_AR) if language == "ar" else line.first
    for at in range(mention.last + 1, behind) if language != "ar" else ():
        if any(mark in reading.gap(at - 1, at) for mark in STOPS):
            break
        yield reading.folded(at)
    for at in range(mention.first - 1, before - 1, -1) if language != "kk" else ():
        if any(mark in reading.gap(at, at + 1) for mark in STOPS):
            break
        yield reading.folded(at)


DAY_REACH: Final = 5  # tokens


def _of_a_day_ahead(reading: Reading, mention: Mention) -> bool:
    """Whether a day to come stands by a city, and none of the past: 17 maja otworzy w Turkiestanie forum."""
    day, line = reading.published, reading.line_of(mention.first)
    beside = [w.day for w in dates(reading, line) if w.day and abs(w.first - mention.first) <= DAY_REACH]
    return day is not None and bool(beside) and all(each > day for each in beside)


WITH_PL: Final = ("em", "im", "ym", "ą", "mi")  # the endings of with whom one is: z doradcami


def of_a_thing(reading: Reading, mention: Mention) -> bool:
    """Whether a Polish city only tells where a thing lies, through which or from which something comes."""
    if reading.language != "pl":
        return False
    thing = mention.first - 2
    before, word, line = reading.folded(thing - 1), reading.folded(thing), reading.line_of(mention.first)
    if (
        reading.folded(thing + 1) not in ("w", "we")
        or before not in ("przez", "z", "ze")
        or reading.capital(thing)
        or (before != "przez" and word.endswith(WITH_PL))
    ):
        return False
    return not any(m.first <= thing <= m.last for m in line.mentions)
