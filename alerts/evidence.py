"""Pure: an alert's evidence -> the sentences to quote, what decided first, with the words that prove something marked.

sentence of the meeting, by the article that decided | sentences of the facts to prove | each once -> parts, bold or not
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from wire.records import Alert, Evidence, Fact

SENTENCE = 40
"""Letters from which a fact's evidence can stand alone."""


class Quote(NamedTuple):
    """Words of one article; `parts` are (text, proves something)."""

    article: str
    parts: tuple[tuple[str, bool], ...]


def quotes(alert: Alert, facts: Sequence[Fact], most: int, *, newest: bool = False) -> tuple[Quote, ...]:
    """Return at most `most` sentences: what the deciding article says of the meeting, and what proves the facts.

    `newest`: what is new comes before what decided.
    """
    deciding = list(reversed(_deciding(alert))) if newest else _deciding(alert)
    order = [next(_meeting(alert, [article]), None) for article in deciding]
    meeting = [each for each in order if each][:1] or list(_meeting(alert, _by_weight(alert)))[:1]
    proofs = [each for fact in facts if (each := _proof(fact, deciding))]
    chosen: list[Evidence] = []
    for each in (*proofs, *meeting) if newest else (*meeting, *proofs):
        if not any(_overlap(each, other) for other in chosen):
            chosen.append(each)
    return tuple(Quote(each.article, marked(each, _inside(alert, each))) for each in chosen[:most])


def _deciding(alert: Alert) -> list[str]:
    """Return the articles that matter most now: who gave it its status, if that is new, then who made the alert."""
    latest = alert.status_history[-1:] if len(alert.status_history) > 1 else ()
    return list(dict.fromkeys((*(change.source for change in latest), alert.trigger)))


def _by_weight(alert: Alert) -> list[str]:
    counted = [each.article for each in alert.evidence]
    return sorted(dict.fromkeys(counted), key=lambda article: -counted.count(article))


def _meeting(alert: Alert, articles: Iterable[str]) -> Iterator[Evidence]:
    """Yield of each article the span that holds most of the others."""
    for article in articles:
        spans = [each for each in alert.evidence if each.article == article and _sound(each)]
        if spans:
            yield max(spans, key=lambda each: (len(_inside(alert, each)), len(each.quote), -each.start))


def _proof(fact: Fact, deciding: Sequence[str]) -> Evidence | None:
    """Return the sentence that proves a fact, the deciding articles' first."""
    found = [each for each in fact.evidence if _sound(each) and len(each.quote) >= SENTENCE]
    return min(found, key=lambda each: each.article not in deciding, default=None)


def _sound(each: Evidence) -> bool:
    return len(each.quote) == each.end - each.start and bool(each.quote.strip())


def _inside(alert: Alert, outer: Evidence) -> list[Evidence]:
    return [each for each in alert.evidence if each.article == outer.article and _sound(each) and _within(each, outer)]


def _within(inner: Evidence, outer: Evidence) -> bool:
    return inner is not outer and outer.start <= inner.start and inner.end <= outer.end and inner.quote != outer.quote


def _overlap(one: Evidence, other: Evidence) -> bool:
    return one.article == other.article and one.start < other.end and other.start < one.end


def marked(outer: Evidence, inner: Iterable[Evidence]) -> tuple[tuple[str, bool], ...]:
    """Return the outer quote in parts: bold where inner evidence stands; all plain when nothing does."""
    bold = [False] * len(outer.quote)
    for each in inner:
        start = each.start - outer.start
        bold[start : start + len(each.quote)] = [True] * len(each.quote)
    runs = groupby(zip(outer.quote, bold, strict=True), key=lambda pair: pair[1])
    return tuple(("".join(letter for letter, _ in run), strong) for strong, run in runs)
