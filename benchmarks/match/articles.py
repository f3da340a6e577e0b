"""Invented articles of a given length, no two alike: (language, length, about Kazakhstan or not) -> Article.

Of the invented words some come again and again and most come once, as in a newspaper (Zipf); every third
article repeats a topic, the others name a few in passing.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import accumulate
from random import Random
from typing import Final

from benchmarks.match import sentences
from benchmarks.match.topics import Term, Topic
from benchmarks.match.words import Word, word
from streams.languages import Code
from streams.lexicon import Lexicon
from wire.records import Article, Quality

PUBLISHED: Final = datetime(2024, 6, 12, 9, 0, tzinfo=UTC)
ORDINARY: Final = 30_000
"""Invented words in each language that no topic asks for."""
OURS: Final = ("tokayev", "tokayev", "bektenov", "nurtleu")
OFFICES: Final = ("head-of-state", "head-of-government", "foreign-minister")
PASSING: Final = 5
"""Topics that an article names besides its own."""
_HOLE: Final = re.compile(r"\{(t\.)?(\w+)\}")


class Newsroom:
    """Writes articles of one language."""

    def __init__(self, code: Code, lexicon: Lexicon, topics: Sequence[Topic], seed: int) -> None:
        self.code = code
        self.random = Random(f"{seed}-{code}")
        special = {part for topic in topics for term in topic.terms[code] for part in term.lemma.split()}
        drawn = {each.lemma: each for each in (word(code, self.random) for _ in range(ORDINARY))}
        self._words = [each for lemma, each in drawn.items() if lemma not in special]
        self._word_weights = _zipf(len(self._words))
        self._topics = topics
        self._topic_weights = _zipf(len(topics))
        self._ours = [_name(lexicon, id, code) for id in OURS]
        self._theirs = [_name(lexicon, id, code) for id in _counterparts(lexicon)]
        self._cities = [_city(lexicon, id, code) for id in lexicon.cities]

    def article(self, number: int, letters: int, *, ours: bool = True) -> Article:
        """Return an article of about so many letters, about a meeting of Kazakhstan or about anything else."""
        draw = self.random
        main = draw.random() < 1 / 3
        topics = draw.choices(self._topics, cum_weights=self._topic_weights, k=1 + PASSING)
        terms = [draw.choice(topic.terms[self.code]) for topic in topics]
        people = (draw.choice(self._ours), draw.choice(self._theirs))
        shape = (sentences.TITLES if ours else sentences.OTHER_TITLES)[self.code]
        title = self._filled(draw.choice(shape), people, terms[:1] if main else terms)
        lines = [self._filled(draw.choice(sentences.LEADS[self.code]), people, terms)] if ours else []
        passing = self._passing(people, terms[:1] * 2 if main else terms)
        while sum(map(len, lines)) + len(title) < letters:
            on_topic = passing.pop() if passing and draw.random() < 0.3 else ""
            lines.append(on_topic or self._filled(draw.choice(sentences.SENTENCES[self.code]), people, terms))
        return Article(
            id=f"{self.code}-{number}", keys=(), feed="bench", outlet="bench", language=self.code, seen=PUBLISHED,
            published=PUBLISHED, quality=Quality.EXACT, title=title, text=self._paragraphs(lines),
        )  # fmt: skip

    def _passing(self, people: tuple[str, str], terms: Sequence[Term]) -> list[str]:
        shapes = sentences.ON_TOPIC[self.code]
        return [self._filled(self.random.choice(shapes), people, [term]) for term in terms]

    def _paragraphs(self, lines: Sequence[str]) -> str:
        return "".join(line + ("\n" if self.random.random() < 0.3 else " ") for line in lines).strip()

    def _filled(self, shape: str, people: tuple[str, str], terms: Sequence[Term]) -> str:
        def fill(hole: re.Match[str]) -> str:
            topic, name = hole.groups()
            if topic:
                return self.random.choice(terms).form(name)
            if name == "n":
                return str(self.random.randrange(2, 990))
            if name == "day":
                return self.random.choice(sentences.DAYS[self.code])
            if name == "city":
                return self.random.choice(self._cities)
            if name in ("a", "b"):
                return people[name == "b"]
            return self._word().forms[name]

        text = _HOLE.sub(fill, shape)
        return text[0].upper() + text[1:]

    def _word(self) -> Word:
        return self.random.choices(self._words, cum_weights=self._word_weights)[0]


def _zipf(count: int) -> list[float]:
    return list(accumulate(1 / (rank + 20) for rank in range(count)))


def _name(lexicon: Lexicon, id: str, code: Code) -> str:
    return str(getattr(lexicon.person_names(id), code))


def _city(lexicon: Lexicon, id: str, code: Code) -> str:
    return str(getattr(lexicon.city_names(id), code))


def _counterparts(lexicon: Lexicon) -> list[str]:
    """Return who leads a country or its diplomacy on the day of the articles."""
    day = PUBLISHED.date()
    found = {lexicon.holder(country, office, day) for country in lexicon.countries for office in OFFICES}
    return sorted(id for id in found if id and lexicon.people[id] != "KZ")


def articles(lexicon: Lexicon, topics: Sequence[Topic], count: int, seed: int, *, ours: bool = True) -> list[Article]:
    """Return so many articles of 3,000 to 4,000 letters, the three languages in turn."""
    rooms = [Newsroom(code, lexicon, topics, seed) for code in ("kk", "pl", "ar")]
    length = Random(seed)
    return [rooms[at % 3].article(at, length.randrange(3_000, 4_001), ours=ours) for at in range(count)]
