"""Pure: an alert's evidence -> the sentences to quote, with the words that prove something marked.

spans of one article -> the widest | those that lie in it -> parts, bold or not
"""

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from wire.records import Alert, Evidence

QUOTES = 2


class Quote(NamedTuple):
    """Words of one article; `parts` are (text, proves something)."""

    article: str
    parts: tuple[tuple[str, bool], ...]


def quotes(alert: Alert) -> tuple[Quote, ...]:
    """Return at most one quote of an article, the one that holds most evidence first."""
    found = []
    for article, group in groupby(sorted(alert.evidence, key=lambda each: each.article), key=lambda each: each.article):
        spans = [each for each in group if len(each.quote) == each.end - each.start and each.quote.strip()]
        if not spans:
            continue
        inside = {id(each): [other for other in spans if _within(other, each)] for each in spans}
        widest = max(spans, key=lambda each: (len(inside[id(each)]), -each.start))
        found.append((len(inside[id(widest)]), article, Quote(article, marked(widest, inside[id(widest)]))))
    found.sort(key=lambda each: (-each[0], each[1] != alert.trigger))
    return tuple(quote for _, _, quote in found[:QUOTES])


def _within(inner: Evidence, outer: Evidence) -> bool:
    return inner is not outer and outer.start <= inner.start and inner.end <= outer.end and inner.quote != outer.quote


def marked(outer: Evidence, inner: Iterable[Evidence]) -> tuple[tuple[str, bool], ...]:
    """Return the outer quote in parts: bold where inner evidence stands; all plain when nothing does."""
    bold = [False] * len(outer.quote)
    for each in inner:
        start = each.start - outer.start
        bold[start : start + len(each.quote)] = [True] * len(each.quote)
    runs = groupby(zip(outer.quote, bold, strict=True), key=lambda pair: pair[1])
    return tuple(("".join(letter for letter, _ in run), strong) for strong, run in runs)
