"""Kazakh days told as a month's own: мамырдың 14-і, мамырдың 23-24-і, осы айдың 21-інде.

month in the genitive | number with an ending | another behind мен --> tokens, days, month, year
"""

import re
from typing import Final, NamedTuple

from streams.meetings.days import calendar
from streams.meetings.days.moments import YEAR
from streams.meetings.reading import Reading
from streams.meetings.wordlists import words

NUMBERED: Final = re.compile(r"^(\d{1,2})(?:-(\d{1,2}))?-\D+$")
MONTHS_OWN: Final = ("ның", "нің", "дың", "дің", "тың", "тің")
THIS: Final = words("осы ағымдағы")
AND: Final = words("мен пен бен және")


class OfMonth(NamedTuple):
    """Tokens first to last, the first and the last day, the month, and the year where it is told."""

    first: int
    last: int
    day: int
    until: int
    month: int
    year: int | None


def of_a_month(reading: Reading, at: int) -> OfMonth | None:
    """Return the days whose number stands behind their month in the genitive."""
    numbered = NUMBERED.match(reading.folded(at))
    if numbered is None or not 1 <= int(numbered[1]) <= 31:
        return None
    owner = reading.folded(at - 1)
    month = calendar.month("kk", owner) if owner.endswith(MONTHS_OWN) else 0
    first = at - 1
    if owner == "айдың" and reading.folded(at - 2) in THIS and reading.published is not None:
        month, first = reading.published.month, at - 2
    if not month:
        return None
    until, last = int(numbered[2] or numbered[1]), at
    second = NUMBERED.match(reading.folded(at + 2))
    if second is not None and reading.folded(at + 1) in AND:
        until, last = int(second[1]), at + 2
    said = (reading.folded(first - back) for back in (1, 2))  # 2024 жылғы мамырдың 14-і
    year = next((int(word) for word in said if YEAR.match(word)), None)
    return OfMonth(first, last, int(numbered[1]), until, month, year)
