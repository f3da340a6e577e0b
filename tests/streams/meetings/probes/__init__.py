"""Short articles of our own with what each reports: one line a probe --read--> GoldArticle.

`expectation | title | text`; the expectation is `no` (no meeting), or partner, form, status and level, then what is
known of counterpart (=Name_Surname), city (@City) and day. A probe is published on Wednesday 2024-05-15 unless its
expectation ends in another day and a colon.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from streams.meetings.gold import GoldArticle, GoldMeeting

HERE: Final = Path(__file__).parent
PUBLISHED: Final = "2024-05-15"
DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")


def probes(code: str) -> Iterator[GoldArticle]:
    """Yield the probes of a language; an id is its line's number."""
    lines = (HERE / f"{code}.txt").read_text("utf-8").splitlines()
    return (_probe(code, number, line) for number, line in enumerate(lines, 1) if line and not line.startswith("#"))


def _probe(code: str, number: int, line: str) -> GoldArticle:
    expected, title, text = (part.strip() for part in line.split(" | ", 2)) if line.count(" | ") > 1 else (
        *(part.strip(" |") for part in line.split(" | ", 1)), "")  # fmt: skip
    words = expected.split()
    published = words.pop().rstrip(":") if words[-1].endswith(":") else PUBLISHED
    meetings = () if words == ["no"] else (_meeting(words),)
    return GoldArticle(
        id=f"{code}-{number}", lang=code, title=title, text=text, meetings=meetings,
        published=datetime.fromisoformat(published).replace(hour=9, tzinfo=UTC),
    )  # fmt: skip


def _meeting(words: list[str]) -> GoldMeeting:
    partner, form, status, level, *rest = words
    name, city, day = (
        next((word[1:].replace("_", " ") for word in rest if word[0] == "="), None),
        next((word[1:].replace("_", " ") for word in rest if word[0] == "@"), None),
        next((word for word in rest if DAY.fullmatch(word)), None),
    )
    return GoldMeeting(
        with_=partner, form=form, status=status, level=level, counterpart=name, place=city, date=day
    )  # fmt: skip
