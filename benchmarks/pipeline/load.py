"""Articles as feeds bring them: so many kilobytes, so many of a hundred about a meeting -> Articles, no two alike."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count, cycle
from typing import Final

from msgspec.structs import replace

from benchmarks.match.articles import PUBLISHED, Newsroom
from benchmarks.match.setting import named_topics
from streams.languages import Code
from streams.pipeline import Pipeline
from wire.records import Article

LETTERS: Final[dict[Code, int]] = {"kk": 500, "pl": 900, "ar": 520}
"""Of a title and a summary of about a kilobyte; a sentence more or less."""
LEMMAS: Final = 2_000


class Press:
    """Writes a stretch's articles: those about meetings are spread evenly among the others."""

    def __init__(self, pipeline: Pipeline, kilobytes: int, seed: int) -> None:
        self._pipeline, self._kilobytes = pipeline, kilobytes
        topics = named_topics(LEMMAS, seed)
        self._rooms = cycle([Newsroom(code, pipeline.lexicon, topics, seed) for code in LETTERS])
        self._numbers = count()

    def articles(self, many: int, of_a_hundred: float = 0) -> list[Article]:
        """Return so many articles; exactly that share of them reports a meeting."""
        reporting = round(many * of_a_hundred / 100)
        others, ours = self._written(ours=False), self._written(ours=True)
        due = [(at + 1) * reporting // many > at * reporting // many for at in range(many)]
        return [next(ours if each else others) for each in due]

    def _written(self, *, ours: bool) -> Iterator[Article]:
        for number, room in zip(self._numbers, self._rooms, strict=False):
            article = room.article(number, LETTERS[room.code] * self._kilobytes, ours=ours)
            article = replace(article, id=f"art-{number}", keys=(f"key-{number}",), seen=datetime.now(UTC))
            if bool(self._pipeline.read(article, 0, PUBLISHED).reports) is ours:
                yield article


def again(articles: list[Article], many: int) -> Iterator[Article]:
    """Yield so many articles, the same texts again under new ids when there are no more."""
    for number, article in zip(range(many), cycle(articles), strict=False):
        yield replace(article, id=f"{article.id}-{number}", keys=(f"{article.id}-{number}",), seen=datetime.now(UTC))
