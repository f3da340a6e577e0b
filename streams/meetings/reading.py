"""A recognised text as the rest of the package reads it: lines (sentences) with their mentions and their weight.

recognised --by sentence--> lines: title, lead, body, tail
"""

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from itertools import compress
from typing import Any, Final, NamedTuple

from streams.languages import Text
from streams.lexicon import Lexicon, Mention, Recognised
from wire.records import Evidence

LEAD_TOKENS: Final = 110  # of the body, datelines and bylines included
BODY_TOKENS: Final = 260
LONGEST: Final = 240  # tokens of a line: a longer "sentence" is none, and pairs are looked for within one


class Line(NamedTuple):
    """One sentence: tokens [first, end), what stands in it, and how much it is news."""

    number: int
    first: int
    end: int
    mentions: tuple[Mention, ...]
    weight: float
    title: bool
    present: frozenset[str] = frozenset()  # the kinds of its mentions, and the ids of its signs

    def signs(self, *ids: str) -> list[Mention]:
        """Return the mentions of these signs."""
        if not self.present or self.present.isdisjoint(ids):
            return []
        return [m for m in self.mentions if m.kind == "sign" and m.id in ids]

    def of(self, *kinds: str) -> list[Mention]:
        """Return the mentions of these kinds."""
        if not self.present or self.present.isdisjoint(kinds):
            return []
        return [m for m in self.mentions if m.kind in kinds]


class Reading:
    """One article, read: its lines, the day it was published (None when unknown), the lexicon."""

    def __init__(  # noqa: PLR0917
        self,
        article: str,
        recognised: Recognised,
        lexicon: Lexicon,
        published: date | None,
        title_end: int,
        outlet_country: str | None = None,
    ) -> None:
        self.article = article
        self.text: Text = recognised.text
        self.language = recognised.text.language
        self.words = self.text.folded
        self.bounds = self.text.bounds
        self.size = len(self.words)
        self.lexicon = lexicon
        self.published = published
        self.title_end = title_end
        self.outlet_country = outlet_country or _outlet_country(recognised, lexicon)
        mentions = [m for m in recognised.mentions if m.kind != "city" or self._is_city(m)]
        named = {(m.first, m.last) for m in mentions if m.kind in ("city", "person")}
        kept = tuple([m for m in mentions if m.kind != "office" or (m.first, m.last) not in named])
        recognised = recognised._replace(mentions=kept)  # Nur-Sułtan is no sultan
        self.mentions = recognised.mentions
        self.memo: dict[object, Any] = {}  # what is asked of a line again and again
        self.lines = _lines(recognised, title_end)
        self._starts = [line.first for line in self.lines]

    def _is_city(self, mention: Mention) -> bool:
        return not ((self.language == "kk" and self._small_city(mention)) or self._given_name(mention))

    def _small_city(self, mention: Mention) -> bool:
        """Whether a Kazakh city's name is a word: астанасында is in the capital of, not in Astana."""
        small = mention.note == "city" and not self.capital(mention.first)
        return small and not self.folded(mention.first).startswith("елорда")

    def _given_name(self, mention: Mention) -> bool:
        """Whether a city's name is a person's: Santiago Peña, behind his office."""
        if mention.id not in GIVEN_TOO:
            return False
        behind = self.surface(mention.last + 1)
        return bool(behind) and not self.gap(mention.last, mention.last + 1).strip() and behind[0] == behind[0].upper()

    def line_of(self, token: int) -> Line:
        """Return the line that holds a token."""
        return self.lines[max(bisect_right(self._starts, token) - 1, 0)]

    def folded(self, token: int) -> str:
        """Return a token's folded form; empty outside the text."""
        return self.words[token] if 0 <= token < self.size else ""

    def surface(self, token: int) -> str:
        """Return a token as written; empty outside the text."""
        return self.text.original[slice(*self.text.span(token, token))] if 0 <= token < self.size else ""

    def capital(self, token: int) -> bool:
        """Whether a token begins with a capital."""
        return 0 <= token < self.size and self.text.capital_at(token)

    def gap(self, left: int, right: int) -> str:
        """Return what stands between two neighbouring tokens: space and punctuation."""
        if not (0 <= left < right < self.size):
            return ""
        return self.text.original[self.bounds[2 * left + 1] : self.bounds[2 * right]]

    def told(self, line: Line, words: Mapping[str, bool]) -> list[int]:
        """Return where in a line the words stand of which a table says yes."""
        return self.told_in(range(line.first, line.end), words)

    def told_in(self, tokens: range, words: Mapping[str, bool]) -> list[int]:
        """The same among some tokens, none of them outside the text."""
        return list(compress(tokens, map(words.__getitem__, self.words[tokens.start : tokens.stop])))

    def evidence(self, first: int, last: int, about: str) -> Evidence:
        """Return tokens first to last as evidence."""
        start, end = self.text.span(first, last)
        return Evidence(article=self.article, start=start, end=end, quote=self.text.original[start:end], about=about)

    def line_evidence(self, line: Line, about: str) -> Evidence:
        """Return a whole line as evidence."""
        return self.evidence(line.first, line.end - 1, about)

    @cached_property
    def title_numbers(self) -> list[int]:
        """The numbers of the title's lines."""
        return [line.number for line in self.lines if line.title]

    @cached_property
    def headed(self) -> frozenset[str]:
        """The other country of a headline that names Kazakhstan and one more."""
        named = {m.id for number in self.title_numbers for m in self.lines[number].of("country")}
        return frozenset(named - {"KZ"}) if "KZ" in named and len(named) == TWO else frozenset()

    @cached_property
    def body_lines(self) -> list[Line]:
        """The lines behind the title."""
        return [line for line in self.lines if not line.title]

    def opening(self, lines: int) -> list[Line]:
        """Return the title's lines and so many of the body."""
        return self.lines[: len(self.title_numbers) + lines]


NOTHING: Final[frozenset[str]] = frozenset()
GIVEN_TOO: Final = frozenset({"santiago", "san-jose", "florence"})  # cities and given names
OWN: Final = {"pl": "PL", "kk": "KZ"}
DATELINE_TOKENS: Final = 14
TWO: Final = 2
DASHES: Final = ("-", "–", "—", "ـ", "/", "(")


def _outlet_country(recognised: Recognised, lexicon: Lexicon) -> str | None:
    """Return whose newsroom speaks: by the agency it credits, by language, else by its dateline."""
    text, mentions = recognised
    if text.language in OWN:
        return OWN[text.language]
    for mention in mentions:
        if mention.kind == "source" and mention.id in lexicon.source_countries:
            return lexicon.source_countries[mention.id]
    body = next((first for first, _ in text.sentences if first > 0), 0)
    early = (m for m in mentions if m.kind == "city" and m.first < body + DATELINE_TOKENS and m.note != "adj")
    cities = [m for m in early if m.first >= body or not _inside(text, m.first)]
    named = [m for m in mentions if m.kind == "country" and m.first == body and m.note == "name"]
    if named and text.original[text.bounds[2 * named[0].last + 1] :].lstrip()[:1] in DASHES:
        return named[0].id if named[0].id != "KZ" else None
    of = [lexicon.cities[m.id] for m in sorted(cities, key=lambda m: m.first < body)]
    return of[0] if of and of[0] != "KZ" else None


def _inside(text: Text, token: int) -> bool:
    """Whether a city is where something is: يلتقي نظيره في عشق آباد tells not who writes."""
    return token > 0 and text.tokens[token - 1][2] in ("في", "الى", "الي", "من")


def _lines(recognised: Recognised, title_end: int) -> list[Line]:
    text, mentions = recognised
    bounds = text.bounds
    found: list[Line] = []
    at = 0
    body_tokens = 0
    pieces = ((at, min(at + LONGEST, end)) for first, end in text.sentences for at in range(first, end, LONGEST))
    for number, (first, end) in enumerate(pieces):
        start = at
        while at < len(mentions) and mentions[at].first < end:
            at += 1
        title = bounds[2 * first] < title_end
        weight = 1.0 if title or body_tokens < LEAD_TOKENS else 0.7 if body_tokens < BODY_TOKENS else 0.4
        body_tokens += 0 if title else end - first
        there = mentions[start:at]
        present = frozenset([m.id if m.kind == "sign" else m.kind for m in there]) if there else NOTHING
        found.append(Line(number, first, end, there, weight, title, present))
    return found
