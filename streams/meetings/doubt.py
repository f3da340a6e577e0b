"""Whether an article only supposes a meeting: a question as headline, a rumour told around it.

telling, lines of the lead --questions, words of rumour--> doubtful or not
"""

from typing import Final

from streams.meetings import tenses
from streams.meetings.reading import Line, Reading
from streams.meetings.telling import Telling
from streams.meetings.wordlists import words

BESIDE: Final = 1  # lines
LEAD: Final = 3  # lines of the body
QUESTIONS: Final = "?؟"


LABELS: Final = words("رأي راي مقال تحليل пікір сараптама көзқарас opinia komentarz felieton analiza")


def doubt(reading: Reading, telling: Telling) -> str:
    """Return what makes a telling doubtful, rumour or opinion; nothing when it is not."""
    if _labelled(reading) and not any(f.explicit and tenses.is_past(reading, f.trigger) for f in telling.frames):
        return "opinion"
    return "rumour" if _supposed(reading, telling) else ""


def _labelled(reading: Reading) -> bool:
    """Whether the headline begins with who only thinks so, or with what it is: Пікір: ..., Felieton. ..."""
    if any(_bracketed(reading, at) for number in reading.title_numbers for at in _tokens(reading.lines[number])):
        return True
    thinks = [m.last for m in reading.lines[0].signs("opinion") if m.first <= 1]
    ends = [0] if reading.folded(0) in LABELS else thinks
    return any(mark in reading.gap(at, at + 1) for at in ends for mark in ":.|/")


def _tokens(line: Line) -> range:
    return range(line.first, line.end)


def _bracketed(reading: Reading, at: int) -> bool:
    """Whether a label stands in brackets or behind a stroke: ... не берді? (пікір), ... | Komentarz."""
    if reading.folded(at) not in LABELS:
        return False
    return any(mark in reading.gap(at - 1, at) for mark in "([|")


def _supposed(reading: Reading, telling: Telling) -> bool:
    """Whether nothing but questions and lines beside a rumour tell of a meeting that nobody denies."""
    lead = reading.opening(LEAD)
    if any(line.signs("denied", "cancelled", "postponed") for line in lead):
        return False
    rumours = [line.number for line in lead if line.signs("rumour")]
    told = [frame.line for frame in telling.frames if frame.explicit] or [frame.line for frame in telling.frames]
    answered = any(
        not (f.line.title or f.ahead or f.line.signs("opinion") or _asks(reading, f.line)) for f in telling.frames
    )
    asked = [line for line in told if _asks(reading, line) and not answered]
    sure = {f.line.number for f in telling.frames if not f.line.title and tenses.is_past(reading, f.trigger)}
    near = [
        line
        for line in told
        if line.number in rumours
        or (line.number not in sure and any(abs(line.number - number) <= BESIDE for number in rumours))
    ]
    return len({line.number for line in (*asked, *near)}) == len({line.number for line in told})


def _asks(reading: Reading, line: Line) -> bool:
    """Whether a line is a question: of a headline, or of an interview."""
    return any(mark in reading.gap(line.end - 1, line.end) for mark in QUESTIONS)
